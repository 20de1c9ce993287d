// Seven points to put down: click the plane to add, drag to move, or type them in a list. What stands here is sent.

import { type PointerEvent, type ReactNode, useRef, useState } from "react";
import { NumberBox } from "../../../frame/NumberBox";
import { fixedText } from "../../../numberText";
import type { PreviewProps } from "../../../try/tryOwn";
import { NUM_POINTS, type Point, type PointsSource, pointsOf } from "./tryPoints";

const SIZE = 400;

/** Plane and list show the same points; each change can be undone. */
export function PointsPreview(props: PreviewProps): ReactNode {
  const points = pointsOf(props.item);
  const keep = (next: readonly Point[]) => props.onChange({ points: next } satisfies PointsSource);
  return (
    <div className="try-draw">
      <Plane points={points} onChange={keep} />
      <p className="try-cursor-text" role="status">
        {points.length === NUM_POINTS
          ? "All seven points are set."
          : `${points.length} of 7 points. Click the plane to add one.`}
      </p>
      <PointList points={points} onChange={keep} />
    </div>
  );
}

type PointsProps = { readonly points: readonly Point[]; readonly onChange: (points: readonly Point[]) => void };

/** Half the side of the plane, units: at least 3, more where a point lies outside. */
function reachOf(points: readonly Point[]): number {
  return Math.max(3, ...points.flat().map((value) => Math.abs(value) * 1.15));
}

function Plane({ points, onChange }: PointsProps): ReactNode {
  const svg = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<{ readonly index: number; readonly at: Point } | null>(null);
  const shown = drag ? points.map((point, i) => (i === drag.index ? drag.at : point)) : points;
  const reach = reachOf(points);
  const toX = (x: number) => ((x + reach) / (2 * reach)) * SIZE;
  const toY = (y: number) => ((reach - y) / (2 * reach)) * SIZE;
  const pointAt = (event: PointerEvent): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * 2 * reach - reach;
    const y = reach - ((event.clientY - box.top) / box.height) * 2 * reach;
    return [hundredth(x), hundredth(y)];
  };
  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    const at = pointAt(event);
    const near = points.findIndex(([x, y]) => Math.hypot(x - at[0], y - at[1]) < reach * 0.06);
    if (near < 0) {
      if (points.length < NUM_POINTS) onChange([...points, at]);
      return;
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ index: near, at: points[near] ?? at });
  };
  const onPointerUp = () => {
    if (drag && shown[drag.index]?.join() !== points[drag.index]?.join()) onChange(shown);
    setDrag(null);
  };
  return (
    <svg
      ref={svg}
      className="try-plane"
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      data-picture="try-preview"
      data-points={JSON.stringify(points)}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => (drag ? setDrag({ ...drag, at: pointAt(event) }) : undefined)}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setDrag(null)}
    >
      <title>
        Plane from {fixedText(-reach, 1)} to {fixedText(reach, 1)} on both axes, {points.length} of 7 points
      </title>
      <path className="try-axis" d={`M0 ${SIZE / 2}H${SIZE}M${SIZE / 2} 0V${SIZE}`} />
      {shown.map(([x, y], i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: points keep their numbers
        <g key={i}>
          <circle cx={toX(x)} cy={toY(y)} r={5.5} fill="var(--data)" />
          <text x={toX(x) + 9} y={toY(y) + 4}>
            {i + 1}
          </text>
        </g>
      ))}
    </svg>
  );
}

function PointList({ points, onChange }: PointsProps): ReactNode {
  const set = (index: number, axis: 0 | 1, value: number) => {
    onChange(points.map((point, i) => (i === index ? (axis === 0 ? [value, point[1]] : [point[0], value]) : point)));
  };
  return (
    <fieldset className="try-points">
      <legend>Points, first and second coordinate</legend>
      <ol>
        {points.map(([x, y], i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: points keep their numbers
          <li key={i}>
            <span className="number">{i + 1}</span>
            <NumberBox
              label={`Point ${i + 1}, first coordinate`}
              value={x}
              min={-1000}
              max={1000}
              step={0.1}
              onChange={(value) => set(i, 0, value)}
            />
            <NumberBox
              label={`Point ${i + 1}, second coordinate`}
              value={y}
              min={-1000}
              max={1000}
              step={0.1}
              onChange={(value) => set(i, 1, value)}
            />
            <button
              type="button"
              className="wsl-quiet"
              aria-label={`Remove point ${i + 1}`}
              onClick={() => onChange(points.filter((_, j) => j !== i))}
            >
              Remove
            </button>
          </li>
        ))}
      </ol>
      {points.length < NUM_POINTS ? (
        <button type="button" className="wsl-button" onClick={() => onChange([...points, [0, 0]])}>
          Add a point
        </button>
      ) : null}
    </fieldset>
  );
}

function hundredth(value: number): number {
  return Math.round(value * 100) / 100;
}
