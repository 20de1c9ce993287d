// Words of the estimator lens that the algorithms share.

import type { LensFacts } from "./algorithm";

/** Two decimals, one from 10 on, a true minus. */
export function numberText(value: number): string {
  const text = Math.abs(value) < 9.995 ? Math.abs(value).toFixed(2) : Math.abs(value).toFixed(1);
  return value < 0 && Number(text) !== 0 ? `\u2212${text}` : text;
}

/** The particle with the largest coefficient; of equal ones the first. */
export function leader(printed: readonly string[], coefficients: readonly number[]): { name: string; value: number } {
  const at = coefficients.reduce((best, value, k) => (value > coefficients[best]! ? k : best), 0);
  return { name: printed[at] ?? "", value: coefficients[at] ?? 0 };
}

/** The largest and the smallest b: "rule 110 gets b = 0.62, rule 74 b = -0.23". */
export function judged({ printed, phi }: LensFacts): string {
  const best = leader(printed, phi);
  const worst = leader(
    printed,
    phi.map((value) => -value),
  );
  return `${best.name} gets b = ${numberText(best.value)}, ${worst.name} b = ${numberText(-worst.value)}`;
}

/** The sentence, or what is to be said when no particle explains the observation. */
export function explained(sentence: (facts: LensFacts) => string): (facts: LensFacts) => string {
  return (facts) => {
    if (facts.theta.some((value) => value !== 0)) return sentence(facts);
    return "None of these programs explains the observation, so it teaches nothing here.";
  };
}
