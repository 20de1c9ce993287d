// One-file checkpoints: everything that a run needs to go on bit for bit (docs/decisions/0003-checkpoint-format.md).
// Opening validates the container, the version, the checksum and every field before anything is used. runFile.ts reads
// the same files lightly, for the page.

import { z } from "zod";
import type { OptionValues } from "../options";
import { packContainer } from "./container";
import type { RunRecord } from "./records";
import { CHECKPOINT_VERSION, malformed, openContent, type RunAbout } from "./runFile";
import type { RunState } from "./state";

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

/** What people can look back at: absent in older files. */
const pastSchema = z.object({
  moments: z.object({
    since: count.default(0),
    rows: z.instanceof(Int32Array),
    steps: z.instanceof(Float64Array),
    sizes: z.instanceof(Int32Array),
    values: z.instanceof(Float64Array),
  }),
  galleries: z.array(
    z.object({
      step: count,
      dreams: z.array(z.object({ program: z.array(z.number()), printed: z.string(), observation: z.unknown() })),
    }),
  ),
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
  past: pastSchema.nullable().default(null),
});

type History = z.infer<typeof historySchema>;

/** The checkpoint file of a captured state; `about` is what people call it, where it has a name. */
export function writeCheckpoint(state: RunState, about: RunAbout | null = null): Uint8Array {
  return packContainer({ ...state, history: packHistory(state.history), about }, CHECKPOINT_VERSION);
}

/**
 * Reads a checkpoint file. Sizes of parameters and memory are checked later, against the model (restoreState).
 * @throws LabError("checkpoint") with one sentence for every malformed file
 */
export function readCheckpoint(file: Uint8Array): CheckpointContent {
  const parsed = checkpointSchema.safeParse(openContent(file));
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
