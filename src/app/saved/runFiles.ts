// Run files: one file with everything that a run needs to go on. Written by Export, opened by drop or by choosing, and
// read by the command line (lab train --resume FILE).

import { create } from "zustand";
import { version } from "../../../package.json";
import { domains } from "../../domains/list";
import type { DomainSpec } from "../../engine/domain";
import { asLabError, LabError, type LabErrorData } from "../../engine/errors";
import { defaultsOf } from "../../engine/options";
import { labelRunFile, type RunFileHead, readRunHead } from "../../engine/run/runFile";
import { readLabLink, tableOf } from "../router/labLink";
import { runName } from "../router/variant";
import { downloadFile } from "./downloadFile";
import { savedLink, startLink } from "./savedLinks";
import type { SavedCheckpoint, SavedRun } from "./savedRun";
import { keepRun, listSavedRuns, newRunId, readSavedRun } from "./savedRuns";
import { fileStem } from "./savedText";

export const RUN_FILE_EXTENSION = ".wsl";
/** Larger files are not run files of this lab: the engine refuses runs of more than 1 GB. */
const MOST_BYTES = 1e9;

type RunFileProblem = { readonly name: string; readonly error: LabErrorData };

/** The file that could not be opened, until the dialog about it is closed. */
export const useRunFileProblem = create<{ readonly problem: RunFileProblem | null }>()(() => ({ problem: null }));

/** The run file of a saved run. */
export function runFileOf({ run, checkpoint }: SavedCheckpoint): { readonly name: string; readonly bytes: Uint8Array } {
  const { domain, options, step } = run;
  const stem = run.isNamed ? [domain, run.name] : [domain, String(options["algorithm"]), `k${options["particles"]}`];
  const { name, note, link, appVersion, savedAt } = run;
  return {
    name: `${fileStem([...stem, `seed${options["seed"]}`, `step${step}`])}${RUN_FILE_EXTENSION}`,
    bytes: labelRunFile(checkpoint, { name, note, link, appVersion, savedAt }),
  };
}

/** Downloads a saved run as a run file; false if it is gone. */
export async function exportSavedRun(id: string): Promise<boolean> {
  const saved = await readSavedRun(id);
  if (!saved) return false;
  const file = runFileOf(saved);
  downloadFile(file.name, file.bytes);
  return true;
}

/** True for a file that looks like a run file by its name. */
export function isRunFile(file: File): boolean {
  return file.name.toLowerCase().endsWith(RUN_FILE_EXTENSION);
}

/** Keeps a run file among the saved runs and opens it on its workbench. What is wrong with it becomes a dialog. */
export async function openRunFile(file: File): Promise<void> {
  try {
    const run = await importRunFile(file);
    window.location.hash = savedLink(run);
  } catch (thrown) {
    useRunFileProblem.setState({ problem: { name: file.name, error: asLabError(thrown).toData() } });
  }
}

/** Keeps a run file among the saved runs. @throws LabError("checkpoint" | "unknown-name") with one sentence */
export async function importRunFile(file: File): Promise<SavedRun> {
  if (file.size > MOST_BYTES) {
    const message = `the file has ${Math.round(file.size / 1e6)} MB; run files have at most ${MOST_BYTES / 1e6} MB.`;
    throw new LabError("checkpoint", { message, help: "Choose a file that was saved by Wake-Sleep Lab." });
  }
  const checkpoint = new Uint8Array(await file.arrayBuffer());
  const head = readRunHead(checkpoint);
  const spec = domains.find((domain) => domain.id === head.domain);
  if (!spec) throw unknownDomain(head.domain);
  const run = recordOfFile(spec, head, file.name, checkpoint.byteLength);
  const twin = (await listSavedRuns()).find((other) => isTwin(other, run));
  if (twin) return twin;
  await keepRun({ run, checkpoint });
  return run;
}

/** The same state of the same run is there already. */
function isTwin(a: SavedRun, b: SavedRun): boolean {
  return a.link === b.link && a.step === b.step && a.name === b.name && a.ownData === b.ownData;
}

function recordOfFile(spec: DomainSpec, head: RunFileHead, fileName: string, bytes: number): SavedRun {
  const { about, step, userData } = head;
  const { preset } = readLabLink(spec, about?.link.split("?")[1] ?? "");
  const options = { ...defaultsOf(tableOf(spec, preset)), ...head.options };
  const now = Date.now();
  const plainName = `${runName(options)}, seed ${options["seed"]}`;
  // A checkpoint of the command line has no name: the file's own is the best there is.
  const name = about?.name ?? (/^checkpoint/i.test(fileName) ? plainName : fileName.replace(/\.wsl$/i, ""));
  return {
    id: newRunId(),
    name,
    isNamed: name !== plainName,
    note: about?.note ?? "",
    domain: spec.id,
    preset,
    options,
    link: startLink(spec, options, preset),
    observation: 0,
    step,
    iterations: Number(options["iterations"] ?? 0),
    createdAt: now,
    savedAt: now,
    bytes,
    pinned: false,
    // What happened to its options on the way is not in the file.
    isPlain: false,
    picture: null,
    ownData: userData?.name ?? null,
    appVersion: about?.appVersion ?? version,
  };
}

function unknownDomain(domain: string): LabError {
  const names = domains.map((each) => each.id).join(", ");
  const message = `the run belongs to the domain "${domain}"; this lab has ${names}.`;
  return new LabError("unknown-name", { message, help: "Reload the page to get the newest lab." }, { name: "domain" });
}
