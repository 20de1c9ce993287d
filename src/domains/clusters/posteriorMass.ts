// How many of the 877 clusterings carry the posterior mass: the study behind the choice of the memory size M.

import { countForMass, entropy, exactAnswer, klFloor, posterior } from "./exact";
import { covarianceOfSigma } from "./likelihood";
import type { PointSets } from "./pointSets";

/** Shares of the posterior mass that the study counts for. */
export const MASS_LEVELS = [0.5, 0.9, 0.99, 0.999] as const;
const MEMORY_SIZES = [1, 2, 5, 10, 20, 50] as const;

export type MassStudy = {
  readonly numSets: number;
  /** Per mass level: clusterings needed, over the sets. */
  readonly levels: readonly {
    readonly mass: number;
    readonly mean: number;
    readonly median: number;
    readonly ninetieth: number;
    readonly max: number;
  }[];
  /** Per memory size: mean of the best KL that so many members can reach, nats. */
  readonly floors: readonly { readonly size: number; readonly kl: number }[];
  /** Mean posterior entropy, nats. */
  readonly entropy: number;
};

/** Counts clusterings per mass level for every set under sigma [xx, xy, yx, yy]. Exact, by enumeration. */
export function posteriorMassStudy(sets: PointSets, sigma: ArrayLike<number>): MassStudy {
  const cov = covarianceOfSigma(sigma);
  const counts = MASS_LEVELS.map(() => new Float64Array(sets.count));
  const floors = new Float64Array(MEMORY_SIZES.length);
  let entropySum = 0;
  for (let row = 0; row < sets.count; row++) {
    const answer = exactAnswer(sets, row, cov);
    const probability = posterior(answer);
    entropySum += entropy(probability);
    for (const [i, mass] of MASS_LEVELS.entries()) counts[i]![row] = countForMass(probability, mass);
    for (const [i, size] of MEMORY_SIZES.entries()) floors[i] = floors[i]! + klFloor(answer, size) / sets.count;
  }
  return {
    numSets: sets.count,
    levels: MASS_LEVELS.map((mass, i) => ({ mass, ...summary(counts[i]!) })),
    floors: MEMORY_SIZES.map((size, i) => ({ size, kl: floors[i]! })),
    entropy: entropySum / sets.count,
  };
}

/** The studies of several models side by side, as a markdown table. */
export function massTable(studies: readonly { readonly name: string; readonly study: MassStudy }[]): string {
  const head = [
    "model",
    ...MASS_LEVELS.map((mass) => `${100 * mass} %`),
    ...MEMORY_SIZES.map((m) => `KL floor M=${m}`),
  ];
  const lines = studies.map(({ name, study }) => [
    name,
    ...study.levels.map((level) => `${level.median} / ${level.mean.toFixed(2)} / ${level.ninetieth} / ${level.max}`),
    ...study.floors.map((floor) => floor.kl.toFixed(4)),
  ]);
  const rows = [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`);
  return `${rows.join("\n")}\n`;
}

function summary(counts: Float64Array) {
  const sorted = counts.slice().sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
  const mean = sorted.reduce((sum, count) => sum + count, 0) / sorted.length;
  return { mean, median: at(0.5), ninetieth: at(0.9), max: at(1) };
}
