// How sure an answer for a picture is, and what tells two programs apart on it, in words.

import { fixedText } from "../../../numberText";
import type { AnswerProps, Verdict } from "../../../try/tryOwn";
import { nothingFound, weightVerdict } from "../../../try/verdict";
import { cellsOf } from "../ObservationPicture";
import { toolsOf } from "../strokesView";

/** Share of the cost of naming cells one by one that the best program has to save. */
export const LEAST_SAVING = 0.1;

/** None fits well where a program hardly saves anything against single cells; else the weights decide. */
export function strokesVerdict({ item, spec }: AnswerProps): Verdict {
  const best = item.programs[0];
  if (!best) return nothingFound(item, spec.programName.many);
  const cells = cellCost(cellsOf(item.observation));
  const saving = 1 + best.logJoint / cells;
  if (!(saving < LEAST_SAVING)) return weightVerdict(item, spec.programName);
  const costs = `the best program takes ${fixedText(-best.logJoint, 0)} nats, its strokes included, and telling every cell apart with the picture's share of ink takes ${fixedText(cells, 0)}`;
  return {
    kind: "none",
    head: "None fits well.",
    text: `This is hardly written with ten pen strokes of the bank: ${costs}.`,
    rule: `Rule: none fits well when a program saves less than ${fixedText(100 * LEAST_SAVING, 0)} % of that.`,
  };
}

/** Nats to tell ink from paper cell by cell, knowing only how much ink there is. */
export function cellCost(pixels: ArrayLike<number>): number {
  const ink = Array.from(pixels).reduce((sum, cell) => sum + cell, 0);
  const part = (count: number) => (count === 0 ? 0 : -count * Math.log(count / pixels.length));
  return part(ink) + part(pixels.length - ink);
}

/** Where two programs write differently. */
export function strokesDifference(answer: AnswerProps, best: readonly number[], other: readonly number[]): string {
  const { printToken } = toolsOf(answer.spec);
  const differing = best.flatMap((token, t) => (token === other[t] ? [] : [t]));
  if (differing.length === 0) return "";
  const named = differing
    .slice(0, 3)
    .map((t) => `${printToken(other[t]!)} for ${printToken(best[t]!)} as number ${t + 1}`);
  const more = differing.length > 3 ? ` and ${differing.length - 3} more` : "";
  return `It writes ${named.join(", ")}${more}; brackets: pen up.`;
}
