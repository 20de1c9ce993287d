// How many clusters a list of weighted clusterings sees: a category with seven values.

import type { MemoryView } from "../../../engine/run/records";
import type { DomainViewProps } from "../../domainViews";
import type { PosteriorBarsProps } from "../../posterior/PosteriorBars";
import { clusterView, toolsOf } from "./clusterView";

/** One bar for each number of clusters, beside the exact posterior of the learned model. */
export function clusterNumbers(view: MemoryView, props: DomainViewProps): PosteriorBarsProps | null {
  if (view.entries.length === 0) return null;
  const tools = toolsOf(props.spec);
  const count = (program: number) => Math.max(...tools.labels(program)) + 1;
  const sigma = clusterView(props)?.picture?.sigma;
  const points = clusterView(props)?.points;
  const exact = sigma && points ? tools.exactPosterior(points, sigma) : null;
  const shares = new Float64Array(8);
  for (const entry of view.entries) shares[count(entry.program[0] ?? 0)]! += entry.weight;
  const exactShares = new Float64Array(8);
  exact?.programs.forEach((program, i) => {
    exactShares[count(program)]! += exact.probability[i] ?? 0;
  });
  const total = shares.reduce((sum, share) => sum + share, 0) || 1;
  return {
    name: "cluster-numbers",
    title: "Number of clusters",
    unit: `weight of the clusterings with so many clusters${exact ? "; dotted: exact posterior" : ""}`,
    category: "clusters",
    bars: [1, 2, 3, 4, 5, 6, 7].map((number) => ({
      label: String(number),
      share: (shares[number] ?? 0) / total,
      exact: exact ? (exactShares[number] ?? 0) : null,
    })),
  };
}
