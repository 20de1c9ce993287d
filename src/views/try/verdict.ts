// How sure an answer is, in words with its rule: one clear winner, several possible, none fits well (UX-117); and the
// words for an empty answer (UX-196).

import { countText, fixedText, weightText } from "../numberText";
import type { ReportItem, Verdict } from "./tryOwn";

/** Weight from which the best program counts as a clear winner. */
export const CLEAR_WEIGHT = 0.7;

/** The verdict by weights alone; domains put "none fits well" before it. `name`: "rule", "clustering". */
export function weightVerdict(item: ReportItem, name: { readonly one: string; readonly many: string }): Verdict {
  const [best, next] = item.programs;
  if (!best) return nothingFound(item, name.many);
  const rule = `Rule: clear when the best has at least ${CLEAR_WEIGHT} of the weight.`;
  const holds = `The first ${name.one} holds ${weightText(best.weight)} of the weight`;
  if (best.weight >= CLEAR_WEIGHT) {
    const text = next ? `${holds}, ${timesText(best.weight, next.weight)} the next.` : `${holds}.`;
    return { kind: "clear", head: "One clear winner.", text, rule };
  }
  const enough = countFor(item, CLEAR_WEIGHT);
  const text = `${holds}; it takes ${enough} ${name.many} to hold ${CLEAR_WEIGHT}.`;
  return { kind: "several", head: `Several ${name.many} are possible.`, text, rule };
}

/** "None of the 240 programs tried explains this observation", with advice. */
export function nothingFound(item: ReportItem, many: string): Verdict {
  return {
    kind: "none",
    head: `None of the ${countText(item.draws)} ${many} tried explains this input.`,
    text: "Search on for longer, choose the other model, or look at the preview: part of the input may be cut off.",
    rule: "Rule: a program explains an input when it gives it a probability above zero.",
  };
}

function countFor(item: ReportItem, share: number): number {
  let sum = 0;
  for (const [i, { weight }] of item.programs.entries()) {
    sum += weight;
    if (sum >= share) return i + 1;
  }
  return item.programs.length;
}

const NUMBERS = ["", "", "twice", "three times", "four times", "five times", "six times", "seven times", "eight times"];

function timesText(best: number, next: number): string {
  const times = best / next;
  if (!(times < 1e6)) return "more than a million times";
  return NUMBERS[Math.round(times)] ?? `${countText(times)} times`;
}

/** Why `other` ranks below `best`: the differences of prior and likelihood in nats, in one or two sentences about `subject`. */
export function whyNot(
  best: { readonly printed: string; readonly logPrior: number; readonly logLikelihood: number },
  other: { readonly printed: string; readonly logPrior: number; readonly logLikelihood: number },
  input: string,
  subject = capital(other.printed),
): string {
  const prior = other.logPrior - best.logPrior;
  const fit = other.logLikelihood - best.logLikelihood;
  const before =
    Math.abs(prior) < 0.05
      ? "as likely beforehand"
      : `${nats(prior)} ${prior > 0 ? "likelier" : "less likely"} beforehand`;
  const after =
    Math.abs(fit) < 0.05
      ? `explains your ${input} just as well`
      : `explains your ${input} ${nats(fit)} ${fit > 0 ? "better" : "worse"}`;
  const joint = prior + fit;
  const link = prior > 0.05 === fit > 0.05 || Math.abs(prior) < 0.05 ? "and" : "but";
  const sum =
    Math.abs(joint) < 0.05 ? "Both weigh the same." : `Together: ${nats(joint)} ${joint < 0 ? "behind" : "ahead"}.`;
  return `${subject} is ${before}, ${link} ${after}. ${sum}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function nats(value: number): string {
  return `${fixedText(Math.abs(value), 1)} nats`;
}
