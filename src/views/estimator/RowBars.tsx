// The bars of one row of the lens, on a scale common to a and b.

import type { ReactNode } from "react";
import type { LensRow } from "../../engine/worker/questions";
import { BAR_HEIGHT, rowScale } from "./lensLayout";

export type RowBarsProps = { readonly row: LensRow; readonly width: number; readonly column: number };

/** Filled bars for theta, outlined ones for phi, up for positive, down for negative. */
export function RowBars({ row, width, column }: RowBarsProps): ReactNode {
  const scale = rowScale(row);
  const middle = 16;
  const bar = Math.max(3, Math.min(8, column / 2 - 2));
  const height = (value: number) => (scale === 0 ? 0 : (Math.abs(value) / scale) * BAR_HEIGHT);
  const top = (value: number) => (value < 0 ? middle : middle - height(value));
  return (
    <svg width={width} height={33} aria-hidden="true" focusable="false">
      <line x1={0} x2={width} y1={middle} y2={middle} stroke="var(--line-2)" />
      {row.theta.map((a, k) => {
        const x = column * (k + 0.5);
        const b = row.phi[k] ?? 0;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a particle is its place; equal programs may repeat
          <g key={k} data-a={a} data-b={b}>
            {height(a) > 0.2 ? (
              <rect x={x - bar - 0.5} y={top(a)} width={bar} height={height(a)} fill="var(--theta)" />
            ) : null}
            {height(b) > 0.2 ? (
              <rect
                x={x + 1.2}
                y={top(b)}
                width={bar - 1.4}
                height={height(b)}
                fill="var(--surface-0)"
                stroke="var(--phi)"
                strokeWidth={1.4}
              />
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}
