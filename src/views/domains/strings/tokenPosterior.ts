// How certain a list of weighted programs is about what it is made of: the weight of the programs that use each class
// and each operator.

import type { MemoryView } from "../../../engine/run/records";
import type { DomainViewProps } from "../../domainViews";
import type { PosteriorBarsProps } from "../../posterior/PosteriorBars";
import { toolsOf } from "./stringsView";

const FEATURES = [".", "\\w", "\\d", "\\u", "\\l", "\\s", "*", "+", "?", "|", "(", "literal"] as const;
const LABELS: Readonly<Record<string, string>> = { "(": "( )" };

/** One bar a class, an operator, brackets, and any literal. */
export function tokenPosterior(view: MemoryView, props: DomainViewProps): PosteriorBarsProps | null {
  if (view.entries.length === 0) return null;
  const { printToken } = toolsOf(props.spec);
  const total = view.entries.reduce((sum, entry) => sum + entry.weight, 0) || 1;
  const uses = view.entries.map((entry) => featuresOf(entry.program.map(printToken)));
  const bars = FEATURES.map((feature) => {
    const share = view.entries.reduce((sum, entry, i) => sum + (uses[i]?.has(feature) ? entry.weight : 0), 0);
    return { label: LABELS[feature] ?? feature, share: Math.min(1, share / total), exact: null };
  });
  return {
    name: "tokens",
    title: "What the programs are made of",
    unit: `weight of the programs that use it, ${view.entries.length} ${view.entries.length === 1 ? "program" : "programs"}`,
    category: "token",
    bars,
  };
}

/** Classes and operators of a program, "literal" for any other token. */
export function featuresOf(tokens: readonly string[]): ReadonlySet<string> {
  const known: readonly string[] = FEATURES;
  return new Set(
    tokens.flatMap((text) => {
      if (text === "" || text === ")") return [];
      return [known.includes(text) && text !== "literal" ? text : "literal"];
    }),
  );
}
