// The bars of one row of the lens, on a scale common to a and b; of programs with numbers in them also, under each program,
// a small bar for each draw of its numbers.

import type { ReactNode } from "react";
import type { LensRow } from "../../engine/worker/questions";
import { BAR_HEIGHT, DRAWS_HEIGHT, innerScale, rowScale } from "./lensLayout";

export type RowBarsProps = { readonly row: LensRow; readonly width: number; readonly column: number };

/** Filled bars for theta, outlined ones for phi, up for positive, down for negative. */
export function RowBars({ row, width, column }: RowBarsProps): ReactNode {
  const scale = rowScale(row);
  const middle = 16;
  const bar = Math.max(3, Math.min(8, column / 2 - 2));
  const height = (value: number) => (scale === 0 ? 0 : (Math.abs(value) / scale) * BAR_HEIGHT);
  const top = (value: number) => (value < 0 ? middle : middle - height(value));
  return (
    <svg width={width} height={row.inner ? 33 + DRAWS_HEIGHT : 33} aria-hidden="true" focusable="false">
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
      {row.inner ? <DrawBars inner={row.inner} column={column} /> : null}
    </svg>
  );
}

/** Two lines of small bars: v of every draw on log p, and under it what moves log q(z_c | z_d, x). */
function DrawBars({
  inner,
  column,
}: {
  readonly inner: NonNullable<LensRow["inner"]>;
  readonly column: number;
}): ReactNode {
  const line = DRAWS_HEIGHT / 2 - 2;
  const lines = [
    { name: "theta", values: inner.theta, base: 33 + line, fill: "var(--theta)", stroke: "none" },
    { name: "phi", values: inner.phi, base: 35 + 2 * line, fill: "var(--surface-0)", stroke: "var(--phi)" },
  ] as const;
  return lines.map(({ name, values, base, fill, stroke }) => {
    const scale = innerScale(values);
    return (
      <g key={name} data-draws={name} fill={fill} stroke={stroke}>
        {values.flatMap((draws, k) => {
          const room = (column - 4) / Math.max(1, draws.length);
          return draws.map((value, draw) => {
            const height = scale === 0 ? 0 : (Math.abs(value) / scale) * (line - 1);
            const x = column * k + 2 + room * draw;
            return height > 0.3 ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: a draw is its place
              <rect key={`${k} ${draw}`} x={x} y={base - height} width={Math.max(1.2, room - 1)} height={height} />
            ) : null;
          });
        })}
      </g>
    );
  });
}
