// The character with the pen over it, and at the same scale what the program draws there: the probability of ink under
// the transform that fits best, or where the two differ.

import { type ReactNode, useRef } from "react";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { css, inks, mixed, paintShades } from "./inkCanvas";
import { type PenClock, usePen } from "./penClock";
import { residualCells } from "./residual";
import type { Drawing } from "./strokesView";
import type { Character } from "./useCharacter";

export type DrawnMode = "drawn" | "residual";

type ImageProps = {
  readonly image: Uint8Array;
  readonly side: number;
  readonly scale: number;
  /** Quieter ink where the pen stands over it. */
  readonly isQuiet: boolean;
};

/** The character as observed. */
export function ImageCanvas({ image, side, scale, isQuiet }: ImageProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const draw = (target: HTMLCanvasElement) => {
    const { dataGround, data } = inks();
    paintShades(target, image, side, dataGround, isQuiet ? mixed(dataGround, data, 0.26) : data);
  };
  useFrame(canvas, draw, [image, side, isQuiet, theme]);
  const size = { width: side * scale, height: side * scale };
  return <canvas ref={canvas} width={side} height={side} style={size} />;
}

type DrawnProps = {
  readonly drawing: Drawing | null;
  readonly character: Character | null;
  readonly image: Uint8Array;
  readonly side: number;
  readonly scale: number;
  readonly mode: DrawnMode;
  readonly clock: PenClock;
};

/** What the program draws, so far in a replay; or the residual. */
export function DrawnCanvas(props: DrawnProps): ReactNode {
  const { drawing, character, image, side, scale, mode, clock } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const done = usePen(clock, (pen) => (pen.progress >= pen.end ? pen.end : Math.floor(pen.progress)));
  const draw = (target: HTMLCanvasElement) => {
    const { modelGround, model } = inks();
    if (!character || !drawing) return paintShades(target, [], side, modelGround, model);
    const { bank, tokens, transform } = character;
    const drawn = drawing.reconstruction(bank, tokens, transform, side, done);
    if (mode === "drawn") paintShades(target, drawn, side, modelGround, model);
    else paintResidual(target, image, drawn, side);
  };
  useFrame(canvas, draw, [drawing, character, image, mode, done, theme]);
  const size = { width: side * scale, height: side * scale };
  return <canvas ref={canvas} width={side} height={side} style={size} />;
}

/** Canvas pixels of a cell: a missing cell is full, a surplus one a smaller square. */
const CELL = 8;

/** Ink that the program leaves out fills its cell; ink that it draws in vain is a smaller square in its own colour. */
function paintResidual(canvas: HTMLCanvasElement, image: Uint8Array, drawn: Float64Array, side: number): void {
  if (canvas.width !== side * CELL) canvas.width = side * CELL;
  if (canvas.height !== side * CELL) canvas.height = side * CELL;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const { dataGround, model, mismatch } = inks();
  pen.fillStyle = css(dataGround);
  pen.fillRect(0, 0, canvas.width, canvas.height);
  for (const { cell, missing, surplus } of residualCells(image, drawn)) {
    const [x, y] = [(cell % side) * CELL, Math.floor(cell / side) * CELL];
    pen.fillStyle = css(missing > 0 ? mixed(dataGround, mismatch, missing) : mixed(dataGround, model, surplus));
    const inset = missing > 0 ? 0 : 2;
    pen.fillRect(x + inset, y + inset, CELL - 2 * inset, CELL - 2 * inset);
  }
}
