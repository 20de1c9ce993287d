// How sure an answer for a picture is, and what tells two rules apart on it, in words. Counts decide, not the search.

import type { AutomataTools, Boundary, Grid } from "../../../../domains/automata";
import { fixedText, percentText } from "../../../numberText";
import type { AnswerProps, Verdict } from "../../../try/tryOwn";
import { nothingFound, weightVerdict } from "../../../try/verdict";
import { toolsOf } from "../automataView";
import { rowsOf } from "../ObservationPicture";

/** Share of cells that may disagree with the best rule before none counts as fitting well. */
export const MOST_WRONG = 0.15;

type Own = { readonly tools: AutomataTools; readonly grid: Grid; readonly boundary: Boundary; readonly k: 3 | 5 };

function ownOf({ spec, options, item }: AnswerProps): Own {
  const tools = toolsOf(spec);
  const { boundary } = item.observation as { readonly boundary: Boundary }; // describeObservation of this domain
  return { tools, grid: tools.gridFromRows(rowsOf(item.observation)), boundary, k: tools.neighboursOf(options) };
}

/** None fits well where the picture is smooth, saves no bits, or too many cells disagree; else the weights decide. */
export function automataVerdict(answer: AnswerProps): Verdict {
  const { item, spec } = answer;
  const best = item.programs[0];
  if (!best) return nothingFound(item, spec.programName.many);
  const { tools, grid, boundary, k } = ownOf(answer);
  const analysis = tools.analysePicture(grid, [boundary]);
  const forward = analysis.explanations.find((one) => one.neighbours === k && one.time === "forward" && !one.symmetric);
  const wrong = share(tools.disagreements(grid, { rule: best.program[0] ?? 0, neighbours: k, boundary }));
  const rule = `Rule: none fits well when more than ${percentText(MOST_WRONG)} of the cells disagree with the best rule, when a rule saves no bits against independent cells, or when copying the column before does nearly as well.`;
  const none = (text: string): Verdict => ({ kind: "none", head: "None fits well.", text, rule });
  const says = `${percentText(wrong)} of the cells disagree with the best rule of ${k} neighbours.`;
  if (analysis.isSmooth)
    return none(`This picture is smooth, not grown: broad shapes, in which copying does nearly as well. ${says}`);
  if (!forward || forward.saving <= Math.log2(analysis.explanations.length))
    return none(`This picture is not an automaton: no rule of ${k} neighbours saves bits. ${says}`);
  if (wrong > MOST_WRONG) return none(says);
  const verdict = weightVerdict(item, spec.programName);
  const unseen = unvisited(answer);
  if (verdict.kind !== "several" || unseen === 0) return verdict;
  const text = `${unseen} of the ${tools.numBits(k)} neighbourhoods never occur in it, so rules that differ only there fit equally well. ${verdict.text}`;
  return { ...verdict, text };
}

function share(wrong: Uint8Array): number {
  return wrong.reduce((sum, cell) => sum + cell, 0) / Math.max(1, wrong.length);
}

function unvisited(answer: AnswerProps): number {
  const { tools, grid, boundary, k } = ownOf(answer);
  const counts = tools.countTransitions(grid, k, boundary);
  let unseen = 0;
  for (let i = 0; i < counts.length; i += 2) if ((counts[i] ?? 0) + (counts[i + 1] ?? 0) === 0) unseen++;
  return unseen;
}

/** Which neighbourhoods two rules answer differently, and how many cells that costs. */
export function ruleDifference(answer: AnswerProps, best: readonly number[], other: readonly number[]): string {
  const { tools, grid, boundary, k } = ownOf(answer);
  const [first, second] = [best[0] ?? 0, other[0] ?? 0];
  const counts = tools.countTransitions(grid, k, boundary);
  const differing = Array.from({ length: tools.numBits(k) }, (_, i) => i).filter(
    (i) => tools.ruleBit(first, i) !== tools.ruleBit(second, i),
  );
  if (differing.length === 0) return "";
  const cells = differing.reduce(
    (sum, i) => sum + (counts[2 * i + tools.ruleBit(first, i)] ?? 0) - (counts[2 * i + tools.ruleBit(second, i)] ?? 0),
    0,
  );
  const names = differing.slice(0, 4).map((i) => i.toString(2).padStart(k, "0"));
  const more = differing.length > 4 ? ` and ${differing.length - 4} more` : "";
  const where = `It answers ${differing.length === 1 ? "neighbourhood" : "neighbourhoods"} ${names.join(", ")}${more} the other way`;
  if (cells === 0) return `${where}, which costs no cell here.`;
  const verb = cells > 0 ? "costs" : "saves";
  return `${where}, which ${verb} ${fixedText(Math.abs(cells), 0)} ${Math.abs(cells) === 1 ? "cell" : "cells"}.`;
}
