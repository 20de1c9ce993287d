// Numbers of an answer that the page works out by itself, under the evaluator of the model that answered.

import type { StringsTools } from "../../../../domains/strings";
import type { Evaluator } from "../../../../domains/strings/evaluator";
import type { ReportItem, Theta } from "../../../try/tryOwn";

const evaluators = new WeakMap<StringsTools, Evaluator>();
let latest: { readonly values: readonly number[] | undefined; readonly logits: Float64Array } | null = null;

/** [108] logits of the model that answered; those of uniform classes where a report has none. The same array while equal. */
export function logitsOf(tools: StringsTools, theta: Theta): Float64Array {
  const values = theta["theta.evaluator"];
  const isSame = latest && (latest.values === values || (values && latest.values?.every((x, i) => x === values[i])));
  if (latest && isSame) return latest.logits;
  latest = { values, logits: values ? Float64Array.from(values) : Float64Array.from(tools.uniformLogits()) };
  return latest.logits;
}

/** log p(string | program) of each string, nats; -Infinity where impossible. */
export function logProbs(
  tools: StringsTools,
  logits: ArrayLike<number>,
  program: ArrayLike<number>,
  strings: readonly string[],
): readonly number[] {
  const evaluator = evaluators.get(tools) ?? tools.createEvaluator();
  evaluators.set(tools, evaluator);
  evaluator.setLogits(logits);
  const encoded = tools.encodeStrings(strings);
  return strings.map((_, i) => evaluator.logProb(program, encoded, i, i + 1));
}

export type HeldOutScore = {
  /** Strings that at least one of the programs can make. */
  readonly made: number;
  readonly count: number;
  /** Sum over strings of log sum over programs of weight * p(string | program), nats; -Infinity if one is impossible. */
  readonly nats: number;
};

/** Held-out strings under all programs found, by weight. */
export function heldOutScore(
  tools: StringsTools,
  logits: ArrayLike<number>,
  programs: ReportItem["programs"],
  heldOut: readonly string[],
): HeldOutScore {
  const sums = new Float64Array(heldOut.length);
  for (const { program, weight } of programs) {
    logProbs(tools, logits, program, heldOut).forEach((log, i) => {
      sums[i] = (sums[i] ?? 0) + weight * Math.exp(log);
    });
  }
  return {
    made: sums.reduce((count, sum) => count + (sum > 0 ? 1 : 0), 0),
    count: heldOut.length,
    nats: sums.reduce((nats, sum) => nats + Math.log(sum), 0),
  };
}

/** Nats per character by which a program beats 96 equally likely symbols; NaN without characters. */
export function savingPerCharacter(logLikelihood: number, strings: readonly string[]): number {
  const characters = strings.reduce((sum, text) => sum + [...text].length, 0);
  return logLikelihood / characters + Math.log(96);
}
