// A picture of 28 by 28 cells as the model gets it: ink and paper, each cell a square of whole pixels.

import { type ReactNode, useRef } from "react";
import { useTheme } from "../../../frame/useColours";
import { useFrame } from "../../../frame/useFrame";
import { inks, paintShades } from "../inkCanvas";
import { CELLS } from "./padDrawing";

export type SeenPictureProps = {
  /** [28 * 28] of 0 and 1, row 0 on top; null while there is nothing. */
  readonly pixels: ArrayLike<number> | null;
  /** Accessible name. */
  readonly label: string;
  /** Whole CSS px for a cell. */
  readonly scale: number;
};

const NOTHING = new Uint8Array(CELLS * CELLS);

export function SeenPicture({ pixels, label, scale }: SeenPictureProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const draw = (target: HTMLCanvasElement) => {
    const { dataGround, data } = inks();
    paintShades(target, pixels ?? NOTHING, CELLS, dataGround, data);
  };
  useFrame(canvas, draw, [pixels, theme]);
  return (
    <canvas
      ref={canvas}
      width={CELLS}
      height={CELLS}
      role="img"
      aria-label={label}
      style={{ width: CELLS * scale, height: CELLS * scale }}
    />
  );
}
