// The width of the pen.

import type { ReactNode } from "react";
import { Segmented } from "../../../frame/Segmented";

/** Widths in canvas sides; a cell is 0.036. */
export const BRUSHES = [
  { name: "fine", width: 0.045 },
  { name: "medium", width: 0.065 },
  { name: "broad", width: 0.09 },
] as const;

type BrushName = (typeof BRUSHES)[number]["name"];

export function BrushChoice(props: { readonly brush: number; readonly onBrush: (width: number) => void }): ReactNode {
  const chosen = BRUSHES.find(({ width }) => width === props.brush)?.name ?? "medium";
  return (
    <div className="wsl-own-brush">
      <span>Brush</span>
      <Segmented<BrushName>
        label="Brush"
        options={BRUSHES.map(({ name }) => ({ value: name, label: name }))}
        value={chosen}
        onChange={(name) => props.onBrush(BRUSHES.find((brush) => brush.name === name)!.width)}
      />
    </div>
  );
}
