// The 34 x 34 picture of a preset: seven points in groups, as many as the preset's memory keeps apart.

import type { ReactNode } from "react";
import { markerPath, runStyle } from "../../palette";

// x, y, cluster of seven points, in px.
const scenes: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  paper: [
    [7, 9, 0],
    [11, 7, 0],
    [9, 13, 0],
    [24, 12, 1],
    [28, 9, 1],
    [17, 26, 2],
    [22, 28, 2],
  ],
  "published-code": [
    [7, 9, 0],
    [11, 7, 0],
    [9, 13, 0],
    [24, 12, 1],
    [28, 9, 1],
    [17, 26, 1],
    [22, 28, 1],
  ],
  fantasy: [
    [8, 24, 0],
    [12, 27, 0],
    [20, 8, 1],
    [26, 10, 1],
    [23, 14, 1],
    [28, 26, 2],
    [8, 9, 3],
  ],
  "tight-memory": [
    [8, 10, 0],
    [12, 8, 0],
    [10, 15, 0],
    [22, 22, 1],
    [26, 25, 1],
    [28, 19, 1],
    [20, 27, 1],
  ],
};

/** Picture of a preset; unknown presets show the paper's. */
export function PresetPicture({ presetId }: { readonly presetId: string }): ReactNode {
  const scene = scenes[presetId] ?? scenes["paper"] ?? [];
  return (
    <svg width={34} height={34} viewBox="0 0 34 34" aria-hidden="true" focusable="false">
      <rect width={34} height={34} fill="var(--data-0)" />
      {scene.map(([x, y, label]) => {
        const style = runStyle(label + 1);
        const marker = markerPath(style.marker, 2.6);
        return (
          <path key={`${x} ${y}`} d={marker.d} transform={`translate(${x} ${y})`} fill={style.colour} stroke="none" />
        );
      })}
    </svg>
  );
}
