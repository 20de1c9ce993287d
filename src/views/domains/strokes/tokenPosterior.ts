// How certain a list of weighted programs is about each of its tokens.

import type { MemoryView } from "../../../engine/run/records";
import type { DomainViewProps } from "../../domainViews";
import type { PosteriorBarsProps } from "../../posterior/PosteriorBars";

/** One bar a token: the weight of the programs that agree with the most probable one there. */
export function tokenPosterior(view: MemoryView, _props?: DomainViewProps): PosteriorBarsProps | null {
  const [first] = view.entries;
  if (!first) return null;
  const total = view.entries.reduce((sum, entry) => sum + entry.weight, 0) || 1;
  const bars = first.program.map((_, t) => {
    const weights = new Map<number, number>();
    for (const { program, weight } of view.entries) {
      const token = program[t] ?? -1;
      weights.set(token, (weights.get(token) ?? 0) + weight);
    }
    return { label: String(t + 1), share: Math.min(1, Math.max(...weights.values()) / total), exact: null };
  });
  const count = view.entries.length;
  return {
    name: "tokens",
    title: "How certain each stroke is",
    unit: `weight of its most probable choice, ${count} ${count === 1 ? "program" : "programs"}`,
    category: "stroke",
    bars,
  };
}
