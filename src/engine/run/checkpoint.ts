// One-file checkpoints: everything that a run needs to go on bit for bit (docs/decisions/0003-checkpoint-format.md).
// Opening validates the container, the version, the checksum and every field before anything is used.

import { z } from "zod";
import { LabError } from "../errors";
import type { OptionValues } from "../options";
import { packContainer, unpackContainer } from "./container";
import type { RunRecord } from "./records";
import type { RunState } from "./state";

/** Version that this lab writes; it reads this one and all older ones. */
export const CHECKPOINT_VERSION = 1;

/** A checkpoint's content before its options have been checked against the domain's table. */
export type CheckpointContent = Omit<RunState, "options"> & { readonly options: OptionValues };

const count = z.number().int().nonnegative();
const floats = z.union([z.instanceof(Float64Array), z.instanceof(Float32Array)]);
const real = z.custom<number>((value) => typeof value === "number");

const memorySchema = z.object({
  numObservations: count,
  memorySize: count,
  programLength: count,
  programs: z.instanceof(Int32Array),
  counts: z.instanceof(Int32Array),
  bornAt: z.instanceof(Int32Array),
  logJoint: z.instanceof(Float64Array),
});

const historySchema = z.object({
  names: z.array(z.string()),
  step: z.instanceof(Float64Array),
  wallMs: z.instanceof(Float64Array),
  evaluations: z.instanceof(Float64Array),
  /** [records, names]; `present` is 0 where a record lacks the metric. */
  values: z.instanceof(Float64Array),
  present: z.instanceof(Uint8Array),
});

const checkpointSchema = z.object({
  domain: z.string(),
  options: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  backend: z.enum(["webgpu", "wasm", "cpu"]),
  userData: z.object({ name: z.string(), payload: z.unknown() }).nullable(),
  step: count,
  wallMs: z.number().nonnegative(),
  evaluations: count,
  evaluatedAt: z.number().int().min(-1),
  selected: count,
  blocks: z.array(z.object({ name: z.string(), values: floats, moment1: floats, moment2: floats })),
  memory: memorySchema.nullable(),
  open: z.object({ sums: z.instanceof(Float64Array), count }),
  bound: z.object({ sum: real, count, best: real, bestStep: count }),
  history: historySchema,
});

type History = z.infer<typeof historySchema>;

/** The checkpoint file of a captured state. */
export function writeCheckpoint(state: RunState): Uint8Array {
  return packContainer({ ...state, history: packHistory(state.history) }, CHECKPOINT_VERSION);
}

/**
 * Reads a checkpoint file. Sizes of parameters and memory are checked later, against the model (restoreState).
 * @throws LabError("checkpoint") with one sentence for every malformed file
 */
export function readCheckpoint(file: Uint8Array): CheckpointContent {
  const unpacked = unpackContainer(file, CHECKPOINT_VERSION);
  if (!unpacked.ok) {
    if (unpacked.kind === "version") throw wrongVersion(unpacked.version);
    throw unreadable(unpacked.kind);
  }
  const parsed = checkpointSchema.safeParse(unpacked.value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw malformed(issue?.path.map(String).join(".") ?? "content");
  }
  const { data } = parsed;
  return { ...data, userData: data.userData && { ...data.userData }, history: unpackHistory(data.history) };
}

function packHistory(records: readonly RunRecord[]): History {
  const names = [...new Set(records.flatMap((record) => Object.keys(record.metrics)))];
  const values = new Float64Array(records.length * names.length);
  const present = new Uint8Array(records.length * names.length);
  for (const [r, record] of records.entries()) {
    for (const [n, name] of names.entries()) {
      const value = record.metrics[name];
      if (value === undefined) continue;
      values[r * names.length + n] = value;
      present[r * names.length + n] = 1;
    }
  }
  const column = (of: (record: RunRecord) => number) => Float64Array.from(records, of);
  return {
    names,
    step: column((record) => record.step),
    wallMs: column((record) => record.wallMs),
    evaluations: column((record) => record.evaluations),
    values,
    present,
  };
}

function unpackHistory(history: History): readonly RunRecord[] {
  const { names, step, wallMs, evaluations, values, present } = history;
  const rows = step.length;
  const isWhole = wallMs.length === rows && evaluations.length === rows;
  if (!isWhole || values.length !== rows * names.length || present.length !== values.length) throw malformed("history");
  return Array.from({ length: rows }, (_, r) => {
    const metrics: Record<string, number> = {};
    for (const [n, name] of names.entries()) {
      if (present[r * names.length + n] === 1) metrics[name] = values[r * names.length + n]!;
    }
    return { step: step[r]!, wallMs: wallMs[r]!, evaluations: evaluations[r]!, metrics };
  });
}

const SENTENCES = {
  magic: "this is not a Wake-Sleep Lab checkpoint: its first bytes are others.",
  truncated: "the checkpoint is cut off: the file is shorter than its header says.",
  damaged: "the checkpoint is damaged: its checksum does not fit its content.",
} as const;

function unreadable(kind: keyof typeof SENTENCES): LabError {
  const help = "Choose a file that was saved by Wake-Sleep Lab, or another copy of this one.";
  return new LabError("checkpoint", { message: SENTENCES[kind], help }, { problem: kind });
}

function wrongVersion(version: number): LabError {
  return new LabError(
    "checkpoint",
    {
      message: `the checkpoint has format ${version}; this lab reads formats 1 to ${CHECKPOINT_VERSION}.`,
      help: "Reload the page to get the newest lab, then open the file again.",
    },
    { problem: "version", version, newest: CHECKPOINT_VERSION },
  );
}

function malformed(field: string): LabError {
  return new LabError(
    "checkpoint",
    {
      message: `the checkpoint's ${field} is missing or malformed.`,
      help: "Choose a file that was saved by Wake-Sleep Lab, or another copy of this one.",
    },
    { problem: "malformed", field },
  );
}
