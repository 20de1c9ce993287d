// The 34 x 34 picture of a preset: towers of the kind that it learns from.

import type { ReactNode } from "react";
import { colorText } from "./ProgramText";

type Block = { readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly type: number };

/** Red, green, blue and plain blocks. */
const COLOURS = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0.8];
const block = (x: number, y: number, w: number, type: number, h = w): Block => ({ x, y, w, h, type });

const towers: Readonly<Record<string, readonly Block[]>> = {
  live: [block(5, 19, 11, 2), block(6, 10, 9, 1), block(20, 22, 8, 0), block(19, 12, 10, 1)],
  plain: [block(5, 19, 11, 3), block(7, 12, 7, 3), block(20, 21, 9, 3), block(19, 10, 11, 3)],
  cuboids: [block(4, 22, 15, 0, 8), block(7, 12, 8, 1), block(22, 15, 7, 0, 15), block(21, 7, 9, 2)],
  paper: [block(4, 21, 9, 1), block(5, 14, 7, 0), block(15, 23, 7, 0), block(14, 13, 10, 2), block(25, 20, 6, 1)],
  light: [block(9, 15, 15, 2), block(11, 5, 10, 0)],
};

/** Picture of a preset; unknown presets show one tower. */
export function PresetPicture({ presetId }: { readonly presetId: string }): ReactNode {
  const blocks = towers[presetId] ?? [block(12, 20, 10, 3), block(13, 12, 8, 3)];
  return (
    <svg width={34} height={34} viewBox="0 0 34 34" aria-hidden="true" focusable="false">
      <rect width={34} height={34} fill="#fff" />
      {blocks.map(({ x, y, w, h, type }) => (
        <g key={`${x} ${y}`}>
          <rect x={x} y={y} width={w} height={h} fill={faceText(type, 0.73)} />
          <path d={`M${x} ${y}l2 -2h${w}l-2 2Z`} fill={faceText(type, 0.93)} />
          <path d={`M${x + w} ${y}l2 -2v${h}l-2 2Z`} fill={faceText(type, 0.5)} />
        </g>
      ))}
    </svg>
  );
}

const faceText = (type: number, shade: number): string =>
  colorText(
    COLOURS.slice(3 * type, 3 * type + 3).map((channel) => channel * shade),
    0,
  );
