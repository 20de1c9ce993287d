// The data sets of the strokes domain by name: what the lab makes itself, and what a person has imported.

export type DatasetRecipe = {
  readonly summary: string;
  /** Characters to learn from unless an option says otherwise. */
  readonly images: number;
  /** Made by the lab from a seed; else a file under public/datasets that a person imports. */
  readonly isGenerated: boolean;
};

export const DATASETS: Readonly<Record<string, DatasetRecipe>> = {
  handwriting: {
    summary: "Characters of made-up alphabets, drawn by the lab with shared strokes and a hand of its own each.",
    images: 200,
    isGenerated: true,
  },
  bank12: {
    summary: "Characters drawn with a hidden bank of 12 strokes: does the lab find it again?",
    images: 200,
    isGenerated: true,
  },
  omniglot: { summary: "Omniglot: 50 real alphabets, once imported.", images: 500, isGenerated: false },
  mnist: { summary: "MNIST: handwritten digits, once imported.", images: 500, isGenerated: false },
  kmnist: { summary: "KMNIST: cursive Japanese characters, once imported.", images: 500, isGenerated: false },
  quickdraw: { summary: "Quick, Draw: doodles, once imported.", images: 500, isGenerated: false },
};

export const DEFAULT_DATASET = "handwriting";

/** Name and one sentence for each data set. */
export const DATASET_LIST = Object.entries(DATASETS).map(([name, { summary, isGenerated }]) =>
  isGenerated ? { name, summary } : { name, summary, isImported: true as const },
);

/** Where an imported data set lies, for readAsset. */
export const datasetFile = (name: string): string => `datasets/${name}.images`;
