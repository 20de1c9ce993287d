// Every algorithm in every variant that changes what a step computes: the rows of the law tests. A new algorithm is one
// row by itself; one with variants of its own gets a line here.

import type { Algorithm } from "../../src/engine/algorithms/algorithm";
import { algorithms } from "../../src/engine/algorithms/list";
import type { OptionValues } from "../../src/engine/options";

export type Variant = { readonly name: string; readonly algorithm: Algorithm; readonly options: OptionValues };

const sleeps = ["replay", "fantasy", "mix"] as const;

const OWN: Readonly<Record<string, readonly OptionValues[]>> = {
  mws: sleeps.flatMap((sleep) => (["sampled", "weighted"] as const).map((replayBy) => ({ sleep, replayBy }))),
  rws: (["wake", "sleep", "both"] as const).map((phi) => ({ phi })),
};

export const variants: readonly Variant[] = algorithms.flatMap((algorithm) =>
  (OWN[algorithm.id] ?? [{}]).map((own) => ({
    name: [algorithm.id, ...Object.values(own)].join(" "),
    algorithm,
    options: { ...own, algorithm: algorithm.id },
  })),
);
