// How much memory a run would take, estimated before anything large is allocated, and a smaller suggestion if it is too much.

import { LabError, type LabErrorFields } from "../errors";

/** What the size of a run depends on. */
export type RunSizes = {
  /** N */
  readonly numObservations: number;
  /** M; 0 without memory. */
  readonly memorySize: number;
  /** K, or R proposals where there is a memory. */
  readonly particles: number;
  readonly batchSize: number;
  /** L */
  readonly programLength: number;
  readonly numParameters: number;
};

/** Bytes a run may take before it is refused: leaves room in a tab of 2 GB. */
export const MEMORY_LIMIT_BYTES = 1024 ** 3;

/** Estimated bytes: the memory twice (rows, and as it was before the latest visit), a step's programs and scores, parameters. */
export function estimateRunBytes(sizes: RunSizes): number {
  const { numObservations, memorySize, particles, programLength, numParameters } = sizes;
  const batchSize = Math.min(sizes.batchSize, numObservations);
  const rows = numObservations * memorySize * (2 * 4 * programLength + 12);
  // Programs drawn, concatenated, gathered and kept; six float64 per score.
  const step = (memorySize + particles) * batchSize * (4 * 4 * programLength + 6 * 8);
  // Values, gradient and two moments, and as much again in the automatic checkpoint.
  return rows + step + numParameters * 8 * 8;
}

/**
 * @throws LabError("memory-limit") that names the estimate, the limit and, where halving K and M helps, sizes that fit
 */
export function requireFits(sizes: RunSizes, limit = MEMORY_LIMIT_BYTES): void {
  const bytes = estimateRunBytes(sizes);
  if (bytes <= limit) return;
  const mega = (value: number) => Math.ceil(value / 1024 ** 2);
  const smaller = suggest(sizes, limit);
  const fields: LabErrorFields = { megabytes: mega(bytes), limit: mega(limit) };
  const message = `the run would take about ${mega(bytes)} MB; the limit is ${mega(limit)} MB.`;
  const help = smaller
    ? `Choose at most ${smaller.particles} particles${smaller.memorySize > 0 ? ` and ${smaller.memorySize} remembered programs` : ""}.`
    : "Choose a smaller data set.";
  const suggested = smaller ? { particles: smaller.particles, memory: smaller.memorySize } : {};
  throw new LabError("memory-limit", { message, help }, { ...fields, ...suggested });
}

function suggest(sizes: RunSizes, limit: number): RunSizes | null {
  let smaller = sizes;
  while (estimateRunBytes(smaller) > limit) {
    if (smaller.particles <= 2 && smaller.memorySize <= 1) return null;
    const halved = Math.max(2, Math.floor(smaller.particles / 2));
    const memorySize = sizes.memorySize > 0 ? Math.max(1, Math.floor(smaller.memorySize / 2)) : 0;
    smaller = { ...smaller, particles: halved, memorySize };
  }
  return smaller;
}

/** A failed allocation as LabError("memory-limit"), or null for any other error. */
export function asAllocationFailure(thrown: unknown, options: { particles: number; memory: number }): LabError | null {
  const isAllocation = thrown instanceof RangeError && /allocat|memory|array (buffer )?length/i.test(thrown.message);
  if (!isAllocation) return null;
  const particles = Math.max(1, Math.floor(options.particles / 2));
  const message = `memory ran out: ${thrown.message}`;
  const help = `Start again with ${particles} particles, or a smaller memory or data set.`;
  return new LabError("memory-limit", { message, help }, { particles }, { cause: thrown });
}
