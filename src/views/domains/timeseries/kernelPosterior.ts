// How certain a list of weighted expressions is about its base kernels: the share of the weight that uses each.

import type { MemoryView } from "../../../engine/run/records";
import type { PosteriorBarsProps } from "../../posterior/PosteriorBars";
import { kernelSymbols } from "./kernelText";

const KERNELS = ["WN", "SE", "PER1", "PER2", "PER3", "PER4", "C"] as const;

/** One bar a base kernel; null without programs. */
export function kernelPosterior(view: MemoryView): PosteriorBarsProps | null {
  if (view.entries.length === 0) return null;
  const total = view.entries.reduce((sum, entry) => sum + entry.weight, 0) || 1;
  const bars = KERNELS.map((kernel) => {
    const having = view.entries.filter(({ printed }) =>
      kernelSymbols(printed).some(({ text, subscript }) => text + subscript === kernel),
    );
    const share = having.reduce((sum, entry) => sum + entry.weight, 0) / total;
    return { label: kernel, share: Math.min(1, share), exact: null };
  });
  const count = view.entries.length;
  return {
    name: "kernels",
    title: "Which kernels it is made of",
    unit: `weight of the expressions that use them, ${count} ${count === 1 ? "expression" : "expressions"}`,
    category: "kernel",
    bars,
  };
}
