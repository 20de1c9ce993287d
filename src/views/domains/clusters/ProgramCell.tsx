// A clustering in a row of the memory table: seven shapes, one a point, in the colour and form of their cluster.

import type { ReactNode } from "react";
import type { ProgramCellProps } from "../../domainViews";
import { markerPath, runStyle } from "../../palette";
import { toolsOf } from "./clusterView";

const pitch = 18;

/** Seven markers; points that the best clustering groups otherwise are underlined. */
export function ProgramCell(props: ProgramCellProps): ReactNode {
  const tools = toolsOf(props.spec);
  const labels = tools.labels(props.program[0] ?? 0);
  const best = props.best ? tools.labels(props.best[0] ?? 0) : null;
  return (
    <svg
      width={7 * pitch}
      height={18}
      viewBox={`0 0 ${7 * pitch} 18`}
      role="img"
      aria-label={tools.explain(props.program[0] ?? 0)}
    >
      {[1, 2, 3, 4, 5, 6, 7].map((number) => {
        const j = number - 1;
        const style = runStyle((labels[j] ?? 0) + 1);
        const marker = markerPath(style.marker, 4.6);
        const x = j * pitch + 8;
        return (
          <g key={number}>
            <path
              d={marker.d}
              transform={`translate(${x} 8)`}
              fill={marker.filled ? style.colour : "none"}
              stroke={marker.filled ? "none" : style.colour}
              strokeWidth="2"
            />
            {best && best[j] !== labels[j] ? (
              <path d={`M${x - 5} 16.5h10`} stroke="var(--text-2)" strokeWidth="1.4" />
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}
