// How certain a list of weighted parses is about its towers: the share of the weight for each number of blocks of each
// cell.

import type { MemoryView } from "../../../engine/run/records";
import type { DomainViewProps } from "../../domainViews";
import type { PosteriorBarsProps } from "../../posterior/PosteriorBars";
import { cellLetters, cellsInOrder, towersOf } from "./towers";

/** Bars that fit beside one another; beyond, those without weight are left out. */
const MOST_BARS = 20;

/** A bar for each cell and number of blocks; null without parses. */
export function towerPosterior(
  view: MemoryView,
  { options }: Pick<DomainViewProps, "options">,
): PosteriorBarsProps | null {
  const [first] = view.entries;
  if (!first) return null;
  const gridSide = Number(options["grid"] ?? 2);
  const levels = first.program.length / (gridSide * gridSide);
  const total = view.entries.reduce((sum, entry) => sum + entry.weight, 0) || 1;
  const towers = view.entries.map((entry) => towersOf(entry.program, gridSide));
  const all = cellsInOrder(gridSide).flatMap((cell) =>
    Array.from({ length: levels + 1 }, (_, count) => {
      const having = view.entries.filter((_, i) => towers[i]?.[cell]?.length === count);
      const share = having.reduce((sum, entry) => sum + entry.weight, 0) / total;
      return { label: `${cellLetters(cell, gridSide)}${count}`, share: Math.min(1, share), exact: null };
    }),
  );
  const bars = all.length > MOST_BARS ? all.filter((bar) => bar.share > 0) : all;
  const count = view.entries.length;
  const where = gridSide === 1 ? "" : "; F front, B back, L left, R right";
  return {
    name: "towers",
    title: "How many blocks stand where",
    unit: `weight of the parses with that many, ${count} ${count === 1 ? "parse" : "parses"}${where}`,
    category: "cell and blocks",
    bars,
  };
}
