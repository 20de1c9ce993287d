// How sure an answer for a picture is, and what tells two parses apart on it, in words.

import type { AnswerProps, ReportItem, Verdict } from "../../../try/tryOwn";
import { nothingFound, weightVerdict } from "../../../try/verdict";
import { toolsOf } from "../blocksView";
import { cellName, cellsInOrder, towersOf } from "../towers";
import { alikeTypes } from "../useScene";
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
  const { merged, note } = withoutAlike(answer);
  const verdict = weightVerdict(merged, spec.programName);
  const left = fit
    ? ` It leaves a squared error of ${own.errorText(fit.likeness.error)} a pixel and channel, which is usual.`
    : "";
  return {
    ...verdict,
    head: verdict.kind === "clear" ? "One clear parse." : verdict.head,
    text: `${verdict.text}${note}${left}`,
  };
}

/** The answer with parses that differ in alike types only as one, and what is to be said of that. */
function withoutAlike({ spec, options, item, theta }: AnswerProps): {
  readonly merged: ReportItem;
  readonly note: string;
} {
  const types = ownToolsOf(spec).typesOf(theta, wholeOptions(spec, options));
  if (!types) return { merged: item, note: "" };
  const alike = alikeTypes({ sizes: Float32Array.from(types.sizes), colors: Float32Array.from(types.colors) });
  const byText = new Map<string, (typeof item.programs)[number]>();
  for (const found of item.programs) {
    const key = found.program.map((place) => (place > 0 ? 1 + alike(place - 1) : 0)).join();
    const known = byText.get(key);
    byText.set(key, known ? { ...known, weight: known.weight + found.weight } : found);
  }
  const programs = [...byText.values()].sort((first, second) => second.weight - first.weight);
  const note = programs.length < item.programs.length ? " Types that look alike count as one here." : "";
  return { merged: { ...item, programs }, note };
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
        `${text(second[cell]!)} for ${text(first[cell]!)} ${cellName(cell, gridSide) === "" ? "" : `at the ${cellName(cell, gridSide)}`}`,
    );
  return `It has ${told.join(", ")}${differing.length > 3 ? ` and ${differing.length - 3} more` : ""}.`;
}
