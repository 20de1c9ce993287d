// How sure an answer for strings is, and what tells two programs apart on them, in words.

import { fixedText } from "../../../numberText";
import type { AnswerProps, Verdict } from "../../../try/tryOwn";
import { nothingFound, weightVerdict } from "../../../try/verdict";
import { stringsOf } from "../ObservationPicture";
import { toolsOf } from "../stringsView";
import { logitsOf, logProbs, savingPerCharacter } from "./answerNumbers";
import { visible } from "./SeenStrings";

/** Nats per character by which the best program has to beat any of the 96 symbols; a fixed number of \w beats it by 0.44. */
export const LEAST_SAVING = 0.3;

/** None fits well where the best program says little more than "any symbols"; else the weights decide. */
export function stringsVerdict({ item, spec }: AnswerProps): Verdict {
  const best = item.programs[0];
  if (!best) return nothingFound(item, spec.programName.many);
  const saving = savingPerCharacter(best.logLikelihood, stringsOf(item.observation));
  if (!(saving < LEAST_SAVING)) return weightVerdict(item, spec.programName);
  return {
    kind: "none",
    head: "None fits well.",
    text: `The best program makes a character ${fixedText(Math.abs(saving), 2)} nats ${saving < 0 ? "less" : "more"} likely than one symbol in 96: these strings share hardly anything that a program can say.`,
    rule: `Rule: none fits well when that is less than ${LEAST_SAVING} nats more likely.`,
  };
}

/** The string on which two programs differ most. */
export function programDifference(answer: AnswerProps, best: readonly number[], other: readonly number[]): string {
  const tools = toolsOf(answer.spec);
  const strings = stringsOf(answer.item.observation);
  const logits = logitsOf(tools, answer.theta);
  const first = logProbs(tools, logits, best, strings);
  const differences = logProbs(tools, logits, other, strings).map((log, i) => log - (first[i] ?? 0));
  const sizes = differences.map(Math.abs);
  const most = sizes.indexOf(Math.max(...sizes));
  const difference = differences[most] ?? 0;
  if (!(Math.abs(difference) >= 0.05)) return "";
  const word = difference < 0 ? "less" : "more";
  const isAlike = sizes.every((size) => Math.abs(size - Math.abs(difference)) < 0.05);
  const nats = `${fixedText(Math.abs(difference), 1)} nats ${word} likely`;
  if (isAlike && differences.every((each) => each < 0 === difference < 0)) return `Each string is ${nats} under it.`;
  return `The largest difference is at “${visible(strings[most] ?? "")}”, which is ${nats} under it.`;
}
