// What every picture of the clusters domain reads: tools, points, the latest picture and the clustering in force.

import type { ClusterData, ClusterPicture, ClusterTools } from "../../../domains/clusters";
import type { DomainSpec } from "../../../engine/domain";
import type { DomainViewProps } from "../../domainViews";

export type ClusterView = {
  readonly tools: ClusterTools;
  readonly data: ClusterData;
  /** Null before the first snapshot and while it belongs to another data set. */
  readonly picture: ClusterPicture | null;
  readonly row: number;
  /** [14] x_1, y_1, x_2, y_2, ... */
  readonly points: Float64Array;
  /** Packed clustering on show: the selected one, else the best; null before any. */
  readonly program: number | null;
};

/** The tools that came with the domain's spec. */
export function toolsOf(spec: DomainSpec): ClusterTools {
  // The folder views/domains/clusters is only given the clusters spec; its tools are typed there.
  return spec.tools as ClusterTools;
}

/** Props of the workbench as typed data; null where the facts are not those of clusters. */
export function clusterView(props: DomainViewProps): ClusterView | null {
  // Facts and pictures cross the worker as plain records; the points' presence names the type before it is trusted.
  const data = props.facts.data as ClusterData | null;
  const latest = props.picture as ClusterPicture | null;
  if (!(data?.points instanceof Float64Array)) return null;
  const count = data.points.length / 14;
  const row = Math.min(Math.max(0, props.selected), count - 1);
  const picture = latest?.selected === row && latest.sigma ? latest : null;
  return {
    tools: toolsOf(props.spec),
    data,
    picture,
    row,
    points: data.points.subarray(row * 14, (row + 1) * 14),
    program: chosenProgram(props) ?? picture?.best ?? null,
  };
}

/** Letter of a cluster: A for label 0. */
export function clusterLetter(label: number): string {
  return "ABCDEFG"[label] ?? "?";
}

function chosenProgram(props: DomainViewProps): number | null {
  if (props.selectedProgram === null) return null;
  const parsed = props.spec.program.parse(props.selectedProgram, props.options);
  return parsed.ok ? (parsed.program[0] ?? null) : null;
}
