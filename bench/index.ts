// The measured hot paths by name. Each file beside this one measures one thing and reports `BenchResult`s; it is loaded
// only when asked for.

import type { BenchResult } from "./result";

export type { BenchResult } from "./result";

const BENCHES: Readonly<Record<string, () => Promise<readonly BenchResult[]>>> = {
  kernels: async () => (await import("./kernels")).benchKernels(),
  automata: async () => (await import("./automata")).benchAutomata(),
  clusters: async () => (await import("./clusters")).benchClusters(),
  sequence: async () => (await import("./sequence")).benchSequence(),
  factorSequence: async () => (await import("./factorSequence")).benchFactorSequence(),
  recurrent: async () => (await import("./recurrent")).benchRecurrent(),
  strings: async () => (await import("./strings")).benchStrings(),
  strokes: async () => (await import("./strokes")).benchStrokes(),
  strokesRenderer: async () => (await import("./strokesRenderer")).benchStrokesRenderer(),
  timeseries: async () => (await import("./timeseries")).benchTimeseries(),
  gaussianProcess: async () => (await import("./gaussianProcess")).benchGaussianProcess(),
  blocks: async () => (await import("./blocks")).benchBlocks(),
  cuboidRenderer: async () => (await import("./cuboidRenderer")).benchCuboidRenderer(),
};

export const benchNames: readonly string[] = Object.keys(BENCHES);

/** Runs one bench. @throws RangeError for an unknown name. */
export async function runBench(name: string): Promise<readonly BenchResult[]> {
  const bench = BENCHES[name];
  if (!bench) throw new RangeError(`unknown bench: ${name} (expected one of ${benchNames.join(", ")})`);
  return bench();
}
