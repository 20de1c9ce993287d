// The lines that `--json` prints: one schema per kind of record, version 1 (docs/cli.md describes them).
// Fields may be added within a version; those here stay. A non-finite number is null. Tests read every line with these.

import { z } from "zod";

export const RECORD_VERSION = 1;

/** A number, or null where it was not finite or is not known. */
const value = z.number().nullable();
const metrics = z.record(z.string(), value);
const count = z.number().int().nonnegative();

function record<K extends string, S extends z.ZodRawShape>(kind: K, shape: S) {
  return z.object({ v: z.literal(RECORD_VERSION), kind: z.literal(kind), ...shape });
}

export const progressRecord = record("progress", { step: count, wallMs: value, evaluations: count, metrics });

export const finalRecord = record("final", {
  domain: z.string(),
  algorithm: z.string(),
  particles: count,
  seed: count,
  backend: z.string(),
  steps: count,
  wallMs: value,
  evaluations: count,
  /** The rule that ended the run: iterations, seconds, patience or stopped. */
  stopped: z.enum(["iterations", "seconds", "patience", "stopped"]),
  /** The same in words. */
  reason: z.string(),
  metrics,
  /** The folder of the run, null if nothing was written. */
  out: z.string().nullable(),
});

export const evaluationRecord = record("evaluation", {
  logMarginal: value,
  stderr: value,
  samples: count,
  ess: value,
  count,
  metrics,
  /** The same in bits per part of an observation, where the domain counts parts, and what it is called. */
  bits: value.optional(),
  bitsUnit: z.string().optional(),
  /** With --fresh: the budget of the network that proposed. */
  fresh: z
    .object({
      sleep: count,
      wake: count,
      batch: count,
      particles: count,
      learningRate: z.number(),
      samples: count,
    })
    .optional(),
});

export const inferenceRecord = record("inference", {
  input: z.string(),
  programs: z.array(
    z.object({
      program: z.string(),
      explanation: z.array(z.string()),
      logPrior: value,
      logLikelihood: value,
      logJoint: value,
      weight: value,
      /** How often the search proposed this program. */
      samples: count,
      /** Where it was first found. */
      origin: z.string(),
      /** What the program says beyond its scores; time series: parameters and forecast. */
      fit: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  seconds: z.number(),
});

export const exportRecord = record("export", {
  out: z.string(),
  domain: z.string(),
  steps: count,
  parameters: count,
  bytes: count,
  metrics,
});

/** A program as an expression of a programming language. */
export const translationRecord = record("translation", {
  domain: z.string(),
  program: z.string(),
  language: z.enum(["javascript", "python"]),
  expression: z.string(),
});

export const sampleRecord = record("sample", { program: z.string(), observation: z.unknown() });

export const benchRecord = record("bench", {
  name: z.string(),
  rate: value,
  unit: z.string(),
  referenceRate: value,
  ratio: value,
  runs: count,
});

const named = z.object({ name: z.string(), summary: z.string() });
export const catalogueRecord = record("catalogue", {
  domains: z.array(z.object({ id: z.string(), title: z.string(), summary: z.string(), options: z.array(z.string()) })),
  algorithms: z.array(z.object({ id: z.string(), title: z.string(), summary: z.string() })),
  datasets: z.array(named.extend({ domain: z.string() })),
  models: z.array(named.extend({ domain: z.string() })),
  backends: z.array(z.object({ name: z.string(), available: z.boolean(), reason: z.string() })),
});

/** A data set: what `lab datasets` lists, brings or writes. */
export const datasetRecord = record("dataset", {
  name: z.string(),
  domain: z.string(),
  summary: z.string(),
  /** Null for the lab's own. */
  owner: z.string().nullable(),
  licence: z.string().nullable(),
  /** False for a set of others that has not been brought here. */
  isHere: z.boolean(),
  /** Of the file, of all files written; null where there is none. */
  bytes: value,
  /** About how much --download fetches; null for the lab's own. */
  downloadBytes: value,
  /** Pictures brought or written, null in a list. */
  count: count.nullable(),
  out: z.string().nullable(),
});

/** One line of a sweep: a job's key and options beside the fields of its `final` record. */
export const jobRecord = finalRecord.extend({
  kind: z.literal("job"),
  key: z.string(),
  options: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
});

export const failedJobRecord = record("failed", { key: z.string(), message: z.string() });

export const sweepRecord = record("sweep", {
  jobs: count,
  done: count,
  skipped: count,
  failed: count,
  out: z.string(),
});

export const anyRecord = z.discriminatedUnion("kind", [
  progressRecord,
  finalRecord,
  evaluationRecord,
  inferenceRecord,
  exportRecord,
  translationRecord,
  sampleRecord,
  benchRecord,
  catalogueRecord,
  datasetRecord,
  jobRecord,
  failedJobRecord,
  sweepRecord,
]);

export type CliRecord = z.infer<typeof anyRecord>;
