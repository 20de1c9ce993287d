// One block as a line drawing with shaded faces, seen from the front, a little from above and from the right: sizes to
// scale, colours as they are. A second block of other sizes may stand in the same place as a dotted outline.

import type { ReactNode } from "react";
import { colorText } from "./ProgramText";

export type CuboidProps = {
  /** [P, 3], and the type to draw. */
  readonly sizes: ArrayLike<number>;
  readonly colors: ArrayLike<number>;
  readonly type: number;
  /** Shades of -x, +x, -y, +y, -z, +z. */
  readonly shades: ArrayLike<number>;
  /** CSS px of a unit, and of the drawing. */
  readonly unit: number;
  readonly width: number;
  readonly height: number;
  /** Sizes [3] of the block that is outlined; null for none. */
  readonly outline?: readonly [number, number, number] | null;
  /** Drawn without its colour: it is not used. */
  readonly isFaint?: boolean;
};

/** How far the depth of a unit goes to the right and up, units. */
const DEPTH = { across: 0.42, up: 0.3 };

/** Room that a block of the largest size takes, units. */
export const ROOM = { width: 1 + DEPTH.across, height: 1 + DEPTH.up };

/** Its box stands on the lower edge, in the middle. */
export function Cuboid(props: CuboidProps): ReactNode {
  const { sizes, colors, type, shades, unit, width, height, outline } = props;
  const size = (i: number) => sizes[3 * type + i] ?? 0;
  const faces = facesOf([size(0), size(1), size(2)], { unit, width, height });
  const shaded = (face: number) =>
    colorText(
      [0, 1, 2].map((c) => (colors[3 * type + c] ?? 0) * (shades[face] ?? 1)),
      0,
    );
  return (
    <svg
      className="wsl-cuboid"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      focusable="false"
    >
      <g data-faint={props.isFaint ? "" : undefined}>
        <path d={faces.front} fill={shaded(4)} />
        <path d={faces.top} fill={shaded(3)} />
        <path d={faces.side} fill={shaded(0)} />
      </g>
      {outline ? <path className="wsl-cuboid-true" d={facesOf(outline, { unit, width, height }).edge} /> : null}
    </svg>
  );
}

type Frame = { readonly unit: number; readonly width: number; readonly height: number };

/** Paths of the three faces that are seen, and of the edge around them. */
export function facesOf([x, y, z]: readonly [number, number, number], { unit, width, height }: Frame) {
  const [w, h] = [x * unit, y * unit];
  const [across, up] = [z * unit * DEPTH.across, z * unit * DEPTH.up];
  const left = (width - w - across) / 2;
  const bottom = height - 1;
  const at = (right: number, above: number) => `${(left + right).toFixed(2)} ${(bottom - above).toFixed(2)}`;
  const path = (...points: string[]) => `M${points.join("L")}Z`;
  const corners = {
    nearLeft: at(0, 0),
    nearRight: at(w, 0),
    topLeft: at(0, h),
    topRight: at(w, h),
    farTopLeft: at(across, h + up),
    farTopRight: at(w + across, h + up),
    farRight: at(w + across, up),
  };
  const { nearLeft, nearRight, topLeft, topRight, farTopLeft, farTopRight, farRight } = corners;
  return {
    front: path(nearLeft, nearRight, topRight, topLeft),
    top: path(topLeft, topRight, farTopRight, farTopLeft),
    side: path(nearRight, farRight, farTopRight, topRight),
    edge: path(nearLeft, nearRight, farRight, farTopRight, farTopLeft, topLeft),
  };
}
