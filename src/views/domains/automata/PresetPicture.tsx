// The 34 x 34 picture of a preset: a small noise-free automaton grown from fixed cells. A larger neighbourhood or a
// larger picture shows in its texture.

import { type ReactNode, useRef } from "react";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { dataColours, paintCells } from "./cellCanvas";

const side = 34;

// A rule whose texture tells the presets apart; 5 neighbours where the preset has them.
const rules: Readonly<Record<string, { readonly rule: number; readonly k: 3 | 5 }>> = {
  live: { rule: 110, k: 3 },
  "live-hard": { rule: 0x5a3c_96e1, k: 5 },
  standard: { rule: 90, k: 3 },
  "standard-hard": { rule: 0x2f8d_1b64, k: 5 },
  full: { rule: 30, k: 3 },
};

/** Picture of a preset; unknown presets show rule 54. */
export function PresetPicture({ presetId }: { readonly presetId: string }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const draw = (target: HTMLCanvasElement) => {
    const { rule, k } = rules[presetId] ?? { rule: 54, k: 3 };
    paintCells(target, side, side, grownCells(rule, k), dataColours());
  };
  useFrame(canvas, draw, [presetId, theme]);
  return (
    <span aria-hidden="true">
      <canvas ref={canvas} className="wsl-preset" width={side} height={side} />
    </span>
  );
}

/** [34 * 34] cells of a noise-free run, periodic from top to bottom, from a fixed first column. */
export function grownCells(rule: number, k: 3 | 5): Uint8Array {
  const cells = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) cells[y * side] = (y * y + 3 * y) % 7 < 3 ? 1 : 0;
  const reach = (k - 1) / 2;
  for (let j = 1; j < side; j++) {
    for (let y = 0; y < side; y++) {
      let index = 0;
      for (let d = -reach; d <= reach; d++) {
        const from = (y + d + side) % side;
        index = 2 * index + (cells[from * side + j - 1] ?? 0);
      }
      cells[y * side + j] = (rule >>> index) & 1;
    }
  }
  return cells;
}
