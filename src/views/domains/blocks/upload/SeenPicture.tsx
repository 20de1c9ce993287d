// A picture of R by R pixels as the model gets it, each pixel a square of whole CSS pixels.

import { type ReactNode, useRef } from "react";
import { tokenRgb, useTheme } from "../../../frame/useColours";
import { useFrame } from "../../../frame/useFrame";
import { paintColours, paintGround } from "../colourCanvas";

export type SeenPictureProps = {
  /** [R, R, 3] 0 to 255; null while there is nothing. */
  readonly pixels: Uint8Array | null;
  readonly side: number;
  /** Accessible name. */
  readonly label: string;
  /** CSS px of the whole. */
  readonly size: number;
};

export function SeenPicture({ pixels, side, label, size }: SeenPictureProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const draw = (target: HTMLCanvasElement) => {
    if (pixels) paintColours(target, pixels, side);
    else paintGround(target, side, tokenRgb("--data-0"));
  };
  useFrame(canvas, draw, [pixels, side, theme]);
  return (
    <canvas
      ref={canvas}
      className="wsl-scene-observation"
      width={side}
      height={side}
      role="img"
      aria-label={label}
      style={{ width: size, height: size }}
    />
  );
}
