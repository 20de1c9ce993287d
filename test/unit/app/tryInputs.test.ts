// Files given to "Try your own": what is read last counts, and reading always ends.

import { describe, expect, it } from "vitest";
import { entryOf, tryOf } from "../../../src/app/try/tryStore";
import { takeFiles, takeNew, takeText } from "../../../src/app/try/useTryInputs";
import { domains } from "../../../src/domains/list";
import type { ReadOutcome, TryOwn } from "../../../src/views/try/tryOwn";

const spec = domains[0]!;
const itemOf = (name: string) => ({ name, source: null });

/** What a domain brings, as far as reading goes: the test decides when each file has been read. */
function pending() {
  const waiting = new Map<string, { resolve: (read: ReadOutcome) => void; reject: (error: Error) => void }>();
  const tryOwn = {
    one: "thing",
    many: "things",
    limits: { items: 5, files: 5 },
    readFile: (file: File) => new Promise((resolve, reject) => waiting.set(file.name, { resolve, reject })),
    readText: (text: string) => ({ items: [itemOf(text)], problems: [], rest: null }),
  } as unknown as TryOwn; // the part that reading uses
  const arrive = (name: string) => waiting.get(name)?.resolve({ items: [itemOf(name)], problems: [], rest: null });
  return { tryOwn, arrive, fail: (name: string) => waiting.get(name)?.reject(new Error("gone")) };
}

const names = () => entryOf(tryOf(spec.id)).items.map((item) => item.name);

describe("two drops in a row", () => {
  it("leave the second one, whichever is read first", async () => {
    const { tryOwn, arrive } = pending();
    const first = takeFiles(spec, tryOwn, [new File(["a"], "first.txt")]);
    const second = takeFiles(spec, tryOwn, [new File(["b"], "second.txt")]);
    arrive("second.txt");
    await second;
    arrive("first.txt");
    await first;
    expect(names()).toEqual(["second.txt"]);
    expect(tryOf(spec.id).work).toBe("idle");
  });

  it("text that comes while a file is read replaces it", async () => {
    const { tryOwn, arrive } = pending();
    const file = takeFiles(spec, tryOwn, [new File(["a"], "slow.txt")]);
    takeText(spec, tryOwn, "typed");
    arrive("slow.txt");
    await file;
    expect(names()).toEqual(["typed"]);
    takeNew(spec, [itemOf("example")]);
    expect(names()).toEqual(["example"]);
  });

  it("a file that cannot be read is said, the others count, and reading ends", async () => {
    const { tryOwn, arrive, fail } = pending();
    const both = takeFiles(spec, tryOwn, [new File(["a"], "gone.txt"), new File(["b"], "here.txt")]);
    fail("gone.txt");
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 0));
    arrive("here.txt");
    await both;
    expect(names()).toEqual(["here.txt"]);
    expect(tryOf(spec.id).work).toBe("idle");
    expect(tryOf(spec.id).problems[0]).toBe("gone.txt could not be read; is it still in its place? Drop it again.");
  });
});
