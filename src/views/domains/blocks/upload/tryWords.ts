// How sure an answer for a picture is, and what tells two parses apart on it, in words.

import type { AnswerProps, Verdict } from "../../../try/tryOwn";
import { nothingFound, weightVerdict } from "../../../try/verdict";
import { toolsOf } from "../blocksView";
import { cellName, cellsInOrder, towersOf } from "../towers";
import { fitOf } from "./answerView";
import { ownToolsOf, wholeOptions } from "./ownTools";

/** "Unlike anything" where the best parse leaves too much; else the weights decide between clear and several. */
export function blocksVerdict(answer: AnswerProps): Verdict {
  const { item, spec } = answer;
  const best = item.programs[0];
  if (!best) return nothingFound(item, spec.programName.many);
  const fit = fitOf(answer, best.program);
  const own = ownToolsOf(spec);
  if (fit?.likeness.isUnlike) {
    return { kind: "none", head: own.unlike, text: fit.likeness.why, rule: `Rule: ${own.unlikeRule(fit.likeness)}` };
  }
  const verdict = weightVerdict(item, spec.programName);
  const left = fit
    ? ` It leaves a squared error of ${own.errorText(fit.likeness.error)} a pixel and channel, which is usual.`
    : "";
  return {
    ...verdict,
    head: verdict.kind === "clear" ? "One clear parse." : verdict.head,
    text: `${verdict.text}${alikeNote(answer)}${left}`,
  };
}

/** Which learned types look alike: the search keeps one spelling of their parses. */
function alikeNote({ spec, options, theta }: AnswerProps): string {
  const own = ownToolsOf(spec);
  const types = own.typesOf(theta, wholeOptions(spec, options));
  if (!types) return "";
  const { standsFor, copies } = own.alikeTypes(types);
  const { typeName } = toolsOf(spec);
  const groups = Array.from(copies.keys()).filter((type) => copies[type]! > 1);
  if (groups.length === 0) return "";
  const letters = (first: number) =>
    Array.from(standsFor.keys())
      .filter((type) => standsFor[type] === first)
      .map(typeName)
      .join(" and ");
  return ` Learned types that look alike count as one: ${groups.map((first) => `${letters(first)} are ${typeName(first)}`).join(", ")}.`;
}

/** Cells in which two parses differ. */
export function parseDifference(
  { spec, options }: AnswerProps,
  best: readonly number[],
  other: readonly number[],
): string {
  const gridSide = Number(wholeOptions(spec, options)["grid"]);
  const { typeName } = toolsOf(spec);
  const [first, second] = [towersOf(best, gridSide), towersOf(other, gridSide)];
  const text = (tower: readonly number[]) => (tower.length === 0 ? "nothing" : tower.map(typeName).join(""));
  const differing = cellsInOrder(gridSide).filter((cell) => first[cell]!.join() !== second[cell]!.join());
  if (differing.length === 0) return "";
  const told = differing
    .slice(0, 3)
    .map(
      (cell) =>
        `${text(second[cell]!)} instead of ${text(first[cell]!)}${cellName(cell, gridSide) === "" ? "" : ` at the ${cellName(cell, gridSide)}`}`,
    );
  return `It has ${told.join(", ")}${differing.length > 3 ? ` and ${differing.length - 3} more` : ""}.`;
}
