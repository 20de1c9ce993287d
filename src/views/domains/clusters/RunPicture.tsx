// The chosen set of points as one run explains it: its best clustering with the learned spread.

import type { ReactNode } from "react";
import type { RunPictureProps } from "../../domainViews";
import { clusterView } from "./clusterView";
import { ScatterPlot } from "./ScatterPlot";

/** Scatter plot of the points under the memory's best clustering. */
export function RunPicture(props: RunPictureProps): ReactNode {
  const view = clusterView(props);
  if (!view) return null;
  const best = props.memory?.entries[0]?.program[0] ?? null;
  const words = best === null ? "no clustering yet" : view.tools.explain(best);
  const height = Math.round(props.size * 0.8);
  return (
    <div className="wsl-run-picture">
      <div className="wsl-figure" role="img" aria-label={`Set ${view.row + 1}: ${words}`}>
        <ScatterPlot
          view={{ ...view, program: best }}
          width={props.size}
          height={height}
          cloud="none"
          showExact={false}
        />
      </div>
      <span className="wsl-run-picture-note">{best === null ? words : ""}</span>
    </div>
  );
}
