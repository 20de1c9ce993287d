// Sizes of the learned types over steps, each line in the colour that the type has now and with its letter at the end;
// dotted: the true sizes. The axis goes to the last step of the run, so that nothing is rescaled.

import type { ReactNode } from "react";
import { countText, fixedText } from "../../numberText";
import type { BlocksView } from "./blocksView";
import { colorText } from "./ProgramText";
import { logSizes, type SizeMoment } from "./sizeLog";

export type SizeHistoryProps = {
  readonly view: BlocksView;
  /** Steps of the run. */
  readonly iterations: number;
  readonly width: number;
  readonly height: number;
};

/** What the axis shows, units; px around the plot. */
const SPAN = [0.2, 1] as const;
const EDGE = { left: 24, right: 14, top: 6, bottom: 18 };
const TICKS = [0.2, 0.4, 0.6, 0.8, 1];

/** A line a type; nothing but its axes before the first picture. */
export function SizeHistory({ view, iterations, width, height }: SizeHistoryProps): ReactNode {
  const { data, picture, tools } = view;
  const moments = picture ? logSizes(data, picture) : [];
  const last = Math.max(iterations, moments.at(-1)?.step ?? 0, 1);
  const x = (step: number) => EDGE.left + ((width - EDGE.left - EDGE.right) * step) / last;
  const y = (size: number) =>
    height - EDGE.bottom - ((height - EDGE.top - EDGE.bottom) * (size - SPAN[0])) / (SPAN[1] - SPAN[0]);
  return (
    <div className="wsl-size-history" role="img" aria-label="Sides of the learned types over steps">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
        {TICKS.map((size) => (
          <g key={size}>
            <line x1={EDGE.left} x2={width - EDGE.right} y1={y(size)} y2={y(size)} stroke="var(--line-1)" />
            <text x={EDGE.left - 5} y={y(size) + 3.5} textAnchor="end">
              {fixedText(size, 1)}
            </text>
          </g>
        ))}
        <text x={x(0)} y={height - 3}>
          0
        </text>
        <text x={width - EDGE.right} y={height - 3} textAnchor="end">
          {`mean side over ${countText(last)} steps`}
        </text>
        {trueSides(data).map((size) => (
          <line key={size} className="wsl-true-line" x1={x(0)} x2={width - EDGE.right} y1={y(size)} y2={y(size)} />
        ))}
        {moments.length === 0
          ? null
          : endPlaces(moments, data.numTypes, y).map((end, type) => (
              <Line key={tools.typeName(type)} {...{ moments, type, x, y, end }} name={tools.typeName(type)} />
            ))}
      </svg>
    </div>
  );
}

type LineProps = {
  readonly moments: readonly SizeMoment[];
  readonly type: number;
  readonly name: string;
  readonly x: (step: number) => number;
  readonly y: (size: number) => number;
  /** Height of its letter. */
  readonly end: number;
};

function Line({ moments, type, name, x, y, end: letter }: LineProps): ReactNode {
  const end = moments.at(-1);
  if (!end) return null;
  const points = moments.map(({ step, sizes }) => `${x(step).toFixed(1)} ${y(meanSide(sizes, type)).toFixed(1)}`);
  return (
    <g>
      <path className="wsl-size-casing" d={`M${points.join("L")}`} />
      <path d={`M${points.join("L")}`} fill="none" stroke={colorText(end.colors, type)} />
      <text x={x(end.step) + 4} y={letter + 3.5}>
        {name}
      </text>
    </g>
  );
}

/** px between two letters. */
const LETTER = 10;

/** Heights of the letters at the ends of the lines: where those end, pushed apart where they would cover each other. */
function endPlaces(moments: readonly SizeMoment[], count: number, y: (size: number) => number): readonly number[] {
  const sizes = moments.at(-1)?.sizes ?? [];
  const ends = Array.from({ length: count }, (_, type) => y(meanSide(sizes, type)));
  const order = ends.map((_, type) => type).sort((a, b) => (ends[a] ?? 0) - (ends[b] ?? 0));
  let last = Number.NEGATIVE_INFINITY;
  const places = [...ends];
  for (const type of order) {
    last = Math.max(ends[type] ?? 0, last + LETTER);
    places[type] = last;
  }
  // What was pushed below the plot goes back up.
  let next = y(SPAN[0]);
  for (const type of order.reverse()) {
    places[type] = Math.min(places[type] ?? 0, next);
    next = (places[type] ?? 0) - LETTER;
  }
  return places;
}

function meanSide(sizes: ArrayLike<number>, type: number): number {
  return ((sizes[3 * type] ?? 0) + (sizes[3 * type + 1] ?? 0) + (sizes[3 * type + 2] ?? 0)) / 3;
}

/** Different mean sides of the true types. */
function trueSides({ trueTypes }: BlocksView["data"]): readonly number[] {
  const sides = trueTypes.names.map((_, type) => Math.round(1000 * meanSide(trueTypes.sizes, type)) / 1000);
  return [...new Set(sides)];
}
