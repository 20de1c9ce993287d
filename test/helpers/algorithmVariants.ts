// Every algorithm in every variant that changes what a step computes: the rows of the law tests. A new algorithm is one
// row by itself; one with variants of its own gets a line here.

import type { Algorithm } from "../../src/engine/algorithms/algorithm";
import { algorithms, findAlgorithm } from "../../src/engine/algorithms/list";
import type { DomainSpec } from "../../src/engine/domain";
import type { OptionValues } from "../../src/engine/options";

export type Variant = { readonly name: string; readonly algorithm: Algorithm; readonly options: OptionValues };

const sleeps = ["replay", "fantasy", "mix"] as const;

const OWN: Readonly<Record<string, readonly OptionValues[]>> = {
  mws: sleeps.flatMap((sleep) => (["sampled", "weighted"] as const).map((replayBy) => ({ sleep, replayBy }))),
  rws: (["wake", "sleep", "both"] as const).map((phi) => ({ phi })),
};

/** The same for programs with a continuous part, whose options are others. */
const HYBRID: Readonly<Record<string, readonly OptionValues[]>> = {
  hmws: [{}, { lambda: 1, discreteWeights: "released" }, { lambda: 0 }],
};

function variantsAmong(
  list: readonly Algorithm[],
  own: Readonly<Record<string, readonly OptionValues[]>>,
): readonly Variant[] {
  return list.flatMap((algorithm) =>
    (own[algorithm.id] ?? [{}]).map((options) => ({
      name: [algorithm.id, ...Object.values(options)].join(" "),
      algorithm,
      options: { ...options, algorithm: algorithm.id },
    })),
  );
}

export const variants: readonly Variant[] = variantsAmong(algorithms, OWN);

/** The algorithms that a domain offers, as its own option lists them. */
export function algorithmsOf({ id, options }: DomainSpec): readonly Algorithm[] {
  const { algorithm } = options;
  if (algorithm?.kind !== "choice") throw new RangeError(`${id} has no choice of algorithms`);
  return algorithm.choices.map((name) => findAlgorithm(name));
}

/** The variants that a domain offers. Programs with a continuous part have options of their own, "lambda" among them. */
export const variantsOf = (spec: DomainSpec): readonly Variant[] =>
  variantsAmong(algorithmsOf(spec), "lambda" in spec.options ? HYBRID : OWN);
