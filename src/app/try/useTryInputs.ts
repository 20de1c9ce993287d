// The ways in: files dropped anywhere on the page or chosen, and what is pasted. Each leads to the preview.

import { useEffect } from "react";
import type { DomainSpec } from "../../engine/domain";
import { badInput, type NewItem, type ReadOutcome, type TryOwn } from "../../views/try/tryOwn";
import { dropWork } from "./trySearch";
import { patchTry, takeItems, tryOf } from "./tryStore";

/** Listens for drops and pastes while mounted. */
export function useTryInputs(spec: DomainSpec, tryOwn: TryOwn): void {
  useEffect(() => {
    const onDragOver = (event: DragEvent) => event.preventDefault();
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      const text = event.dataTransfer?.getData("text/plain") ?? "";
      if (files.length > 0) void takeFiles(spec, tryOwn, files);
      else if (text !== "") takeText(spec, tryOwn, text);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isField(event.target)) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (files.length === 0 && text === "") return;
      event.preventDefault();
      if (files.length > 0) void takeFiles(spec, tryOwn, files);
      else takeText(spec, tryOwn, text);
    };
    window.addEventListener("dragover", onDragOver);
    window.addEventListener("drop", onDrop);
    window.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("dragover", onDragOver);
      window.removeEventListener("drop", onDrop);
      window.removeEventListener("paste", onPaste);
    };
  }, [spec, tryOwn]);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

/** Grows with every input: files that are still being read when another one comes are given up. */
let reading = 0;

/** Reads files one after the other: the good ones become inputs, each bad one a sentence. */
export async function takeFiles(spec: DomainSpec, tryOwn: TryOwn, files: readonly File[]): Promise<void> {
  dropWork(spec.id);
  reading += 1;
  const mine = reading;
  patchTry(spec.id, { work: "reading", problems: [], rest: null });
  const read: ReadOutcome[] = [];
  for (const file of files.slice(0, tryOwn.limits.files)) {
    read.push(await tryOwn.readFile(file, spec).catch((error: unknown) => unreadable(file, error)));
    if (mine !== reading) return;
  }
  const problems = read.flatMap((outcome) => outcome.problems);
  if (files.length > tryOwn.limits.files) {
    problems.push(
      `${files.length} files were given; the first ${tryOwn.limits.files} are used, which is the most at once.`,
    );
  }
  const rest = read.find((outcome) => outcome.rest)?.rest ?? null;
  finish(spec, tryOwn, { items: read.flatMap((outcome) => outcome.items), problems, rest });
}

/** A file that went away or was locked between the drop and its reading. */
function unreadable(file: File, error: unknown): ReadOutcome {
  console.info(`${file.name}:`, error);
  return badInput(`${file.name} could not be read; is it still in its place? Drop it again.`);
}

/** Reads pasted or typed text. */
export function takeText(spec: DomainSpec, tryOwn: TryOwn, text: string): void {
  dropWork(spec.id);
  reading += 1;
  finish(spec, tryOwn, tryOwn.readText(text, spec));
}

/** Takes inputs that need no reading: an example, an empty drawing, the rest of a table. */
export function takeNew(spec: DomainSpec, items: readonly NewItem[]): void {
  dropWork(spec.id);
  reading += 1;
  patchTry(spec.id, { problems: [], rest: null });
  takeItems(spec.id, items);
}

function finish(spec: DomainSpec, tryOwn: TryOwn, { items, problems, rest }: ReadOutcome): void {
  const kept = items.slice(0, tryOwn.limits.items);
  const said = [...problems];
  if (items.length > kept.length) {
    said.push(
      `There are ${items.length} ${tryOwn.many}; the first ${kept.length} are used, which is the most at once.`,
    );
  }
  if (kept.length > 0 && problems.length > 0) {
    said.push(`The other ${kept.length === 1 ? tryOwn.one : `${kept.length} ${tryOwn.many}`} can be used.`);
  }
  patchTry(spec.id, { work: "idle", problems: said, rest });
  if (kept.length > 0) takeItems(spec.id, kept);
  else if (tryOf(spec.id).work === "reading") patchTry(spec.id, { work: "idle" });
}
