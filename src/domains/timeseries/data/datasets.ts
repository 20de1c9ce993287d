// The data sets of the domain by name. The lab makes both itself.

export type DatasetRecipe = {
  readonly summary: string;
  /** Strings of fewer symbols are rejected. */
  readonly leastSymbols: number;
};

export const DATASETS: Readonly<Record<string, DatasetRecipe>> = {
  pcfg: {
    summary: "Series of random expressions from a grammar; four in five have one kernel.",
    leastSymbols: 1,
  },
  compositional: {
    summary: "The same grammar without strings of one symbol; three in four are sums or products.",
    leastSymbols: 3,
  },
};

export const DEFAULT_DATASET = "pcfg";

/** Name and one sentence for each data set. */
export const DATASET_LIST = Object.entries(DATASETS).map(([name, { summary }]) => ({ name, summary }));
