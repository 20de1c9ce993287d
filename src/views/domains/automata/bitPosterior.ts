// How certain a list of weighted rules is about each bit, beside the exact posterior of the present model.

import type { MemoryView } from "../../../engine/run/records";
import type { DomainViewProps } from "../../domainViews";
import type { PosteriorBarsProps } from "../../posterior/PosteriorBars";
import { automataView } from "./automataView";

/** One bar a bit, highest first: the weight of the rules in which it is 1. */
export function bitPosterior(view: MemoryView, props: DomainViewProps): PosteriorBarsProps | null {
  const automata = automataView(props);
  if (!automata || view.entries.length === 0) return null;
  const { neighbours } = automata.data;
  const bits = neighbours === 5 ? 32 : 8;
  const exact = automata.picture?.selected === view.observation ? automata.picture.posteriorExact : null;
  const total = view.entries.reduce((sum, entry) => sum + entry.weight, 0) || 1;
  const bars = Array.from({ length: bits }, (_, place) => {
    const bit = bits - 1 - place;
    const share = view.entries.reduce(
      (sum, entry) => sum + (((entry.program[0] ?? 0) >>> bit) & 1 ? entry.weight : 0),
      0,
    );
    return {
      label: neighbours === 5 ? String(bit) : bit.toString(2).padStart(3, "0"),
      share: share / total,
      exact: exact?.[bit] ?? null,
    };
  });
  return {
    name: "bits",
    title: "Bits of the rule",
    unit: `weight of the rules in which the bit is 1${exact ? "; dotted: exact posterior" : ""}`,
    category: "bit",
    bars,
  };
}
