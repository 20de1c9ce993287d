// The pen over the character: each stroke in its colour with its place in the program and an arrow at its end, moves thin
// and dashed. In a replay it shows what the pen has done so far.

import type { ReactNode } from "react";
import { runStyle } from "../../palette";
import { type PenClock, usePen } from "./penClock";
import { arrowHead, linePath, pointAt } from "./penPath";
import type { Mark } from "./useMarks";

export type PenStroke = {
  readonly token: number;
  readonly stroke: number;
  readonly isDown: boolean;
  readonly points: Float64Array;
};

export type PenOverlayProps = {
  readonly strokes: readonly PenStroke[];
  /** Slot 1.. of each stroke of the bank. */
  readonly slots: ReadonlyMap<number, number>;
  /** Pixels of the character's side, and CSS px of a pixel. */
  readonly side: number;
  readonly scale: number;
  readonly clock: PenClock;
  readonly mark: Mark | null;
  readonly hasMoves: boolean;
  readonly onPoint: (mark: Mark | null) => void;
  readonly onChoose: (mark: Mark) => void;
};

/** An SVG as large as the character. The same strokes are a list of text under the picture. */
export function PenOverlay(props: PenOverlayProps): ReactNode {
  const { strokes, side, scale, clock, mark } = props;
  const progress = usePen(clock, (pen) => pen.progress);
  const size = side * scale;
  const isMarked = (stroke: PenStroke) =>
    mark !== null &&
    (mark.token === null ? stroke.isDown && stroke.stroke === mark.stroke : stroke.token === mark.token);
  const anyMarked = strokes.some(isMarked);
  const isMoving = progress < clock.end;
  const current = strokes[Math.min(strokes.length - 1, Math.floor(progress))];
  return (
    <svg
      className="wsl-pen"
      width={size}
      height={size}
      viewBox={`0 0 ${size} ${size}`}
      aria-hidden="true"
      focusable="false"
      onPointerLeave={() => props.onPoint(null)}
    >
      {strokes.map((stroke) => {
        const share = Math.min(1, Math.max(0, progress - stroke.token));
        if (share === 0 || (!stroke.isDown && !props.hasMoves)) return null;
        const isFaded = anyMarked && !isMarked(stroke);
        if (!stroke.isDown) return <MoveLine key={stroke.token} {...{ stroke, share, scale, isFaded }} />;
        return (
          <StrokeLine key={stroke.token} overlay={props} {...{ stroke, share, isFaded }} isOn={isMarked(stroke)} />
        );
      })}
      {isMoving && current ? (
        <PenTip at={pointAt(current.points, progress - current.token, scale)} isDown={current.isDown} />
      ) : null}
    </svg>
  );
}

function MoveLine(props: { stroke: PenStroke; share: number; scale: number; isFaded: boolean }): ReactNode {
  const { stroke, share, scale } = props;
  return (
    <path
      className="wsl-pen-move"
      data-token={stroke.token}
      d={linePath([...stroke.points.slice(0, 2), ...stroke.points.slice(-2)], share, scale)}
      opacity={props.isFaded ? 0.35 : 1}
    />
  );
}

type LineProps = {
  readonly overlay: PenOverlayProps;
  readonly stroke: PenStroke;
  readonly share: number;
  readonly isOn: boolean;
  readonly isFaded: boolean;
};

function StrokeLine({ overlay, stroke, share, isOn, isFaded }: LineProps): ReactNode {
  const { scale } = overlay;
  const { colour } = runStyle(overlay.slots.get(stroke.stroke) ?? 1);
  const d = linePath(stroke.points, share, scale);
  const [startX, startY] = pointAt(stroke.points, 0, scale);
  const [x, y] = pointAt(stroke.points, 0.5, scale);
  const mark = { stroke: stroke.stroke, token: stroke.token };
  const size = Math.max(0.6, scale / 8);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list under the picture does the same by keyboard
    <g
      data-token={stroke.token}
      aria-current={isOn ? "true" : undefined}
      opacity={isFaded ? 0.3 : 1}
      onPointerEnter={() => overlay.onPoint(mark)}
      onClick={() => overlay.onChoose(mark)}
    >
      <path className="wsl-pen-reach" d={d} />
      <path className="wsl-pen-halo" d={d} strokeWidth={(isOn ? 7.5 : 5.5) * size} />
      <path className="wsl-pen-line" d={d} stroke={colour} strokeWidth={(isOn ? 4.5 : 2.75) * size} />
      <circle cx={startX} cy={startY} r={(isOn ? 4 : 3.2) * size} fill={colour} />
      {share === 1 ? (
        <>
          <path d={arrowHead(stroke.points, scale, 8 * size)} fill={colour} />
          <circle className="wsl-pen-badge" cx={x} cy={y} r={6.5 * size} fill={colour} />
          <text x={x} y={y + 3.3 * size} textAnchor="middle" style={{ fontSize: 9.5 * size }}>
            {stroke.token + 1}
          </text>
        </>
      ) : null}
    </g>
  );
}

function PenTip({
  at: [x, y],
  isDown,
}: {
  readonly at: readonly [number, number];
  readonly isDown: boolean;
}): ReactNode {
  return <circle className="wsl-pen-tip" data-down={isDown ? "" : undefined} cx={x} cy={y} r={5} />;
}
