// How sure an answer for a series is, and what tells two expressions apart, in words.

import type { SeriesTools } from "../../../../domains/timeseries";
import { fixedText } from "../../../numberText";
import type { AnswerProps, Verdict } from "../../../try/tryOwn";
import { nothingFound, weightVerdict } from "../../../try/verdict";
import { wholeOptions } from "./trySeries";

/** log p of 128 standardised values under white noise of their own deviation, nats: -64 (1 + log 2 pi). */
export const NOISE_LOG_LIKELIHOOD = -64 * (1 + Math.log(2 * Math.PI));
/** Nats by which structure has to beat noise. */
export const LEAST_GAIN = 10;

/** None fits well where nothing found beats noise; else the weights decide. */
export function seriesVerdict({ item, spec, options }: AnswerProps): Verdict {
  const best = item.programs[0];
  if (!best) return nothingFound(item, spec.programName.many);
  const tools = spec.tools as SeriesTools; // this domain's
  const gains = item.programs.map((found) => {
    const penalty = Number(wholeOptions(spec, options).lengthPenalty) * tools.symbolsOf(found.program).length;
    return found.logLikelihood + penalty - NOISE_LOG_LIKELIHOOD;
  });
  const gain = Math.max(...gains);
  if (gain >= LEAST_GAIN) return weightVerdict(item, spec.programName);
  const amount = gain > 0 ? `only ${fixedText(gain, 1)} nats likelier` : "no likelier";
  return {
    kind: "none",
    head: "No structure stands out.",
    text: `The best ${spec.programName.one} makes the series ${amount} than noise of the same spread does.`,
    rule: `Rule: noise, unless an ${spec.programName.one} beats it by ${LEAST_GAIN} nats before the penalty for length.`,
  };
}

/** Symbols that the other has more or less, with what the penalty makes of it. */
export function expressionDifference(
  { spec, options }: AnswerProps,
  best: readonly number[],
  other: readonly number[],
): string {
  const tools = spec.tools as SeriesTools; // this domain's
  if (tools.isSameKernel(best, other)) return "Both are the same kernel, written in two ways.";
  const penalty = Number(wholeOptions(spec, options).lengthPenalty);
  const more = tools.symbolsOf(other).length - tools.symbolsOf(best).length;
  if (more === 0 || penalty === 0) return "";
  const symbols = `${Math.abs(more)} ${Math.abs(more) === 1 ? "symbol" : "symbols"} ${more > 0 ? "more" : "fewer"}`;
  return `It has ${symbols}, of which the penalty for length makes ${fixedText(Math.abs(more) * penalty, 0)} nats ${more > 0 ? "against" : "for"} it.`;
}
