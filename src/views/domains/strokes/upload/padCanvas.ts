// A drawing on the pad's canvas: lines as smooth lines, cells as squares, at the device's own resolution.

import { tokenRgb } from "../../../frame/useColours";
import { CELLS, type PadDrawing } from "./padDrawing";

/** Side of the pad, CSS px: whole pixels for every cell. */
export const PAD_SIDE = 12 * CELLS;

/** Paints the whole drawing. Side effect: the canvas gets `density` device pixels for a CSS pixel. */
export function paintDrawing(canvas: HTMLCanvasElement, drawing: PadDrawing, density: number): void {
  const side = Math.round(PAD_SIDE * density);
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.fillStyle = colourOf("--surface-1");
  pen.fillRect(0, 0, side, side);
  for (const mark of drawing.marks) {
    if (mark.kind === "line") paintLine(pen, side, mark.points, mark.width);
    else {
      const edge = (cells: number) => Math.round((cells * side) / CELLS);
      pen.fillStyle = colourOf(mark.ink === 1 ? "--data" : "--surface-1");
      const [left, top] = [edge(mark.column), edge(mark.row)];
      pen.fillRect(left, top, edge(mark.column + 1) - left, edge(mark.row + 1) - top);
    }
  }
}

/** Paints a piece of a line under way. @param points x, y, x, y ... in canvas sides */
export function paintSegment(canvas: HTMLCanvasElement, points: readonly number[], width: number): void {
  const pen = canvas.getContext("2d");
  if (pen) paintLine(pen, canvas.width, points, width);
}

function paintLine(pen: CanvasRenderingContext2D, side: number, points: readonly number[], width: number): void {
  pen.strokeStyle = colourOf("--data");
  pen.lineWidth = width * side;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.beginPath();
  pen.moveTo(points[0]! * side, points[1]! * side);
  // A line of no length is a dot: round caps make it one.
  pen.lineTo(points[0]! * side, points[1]! * side);
  for (let at = 2; at + 1 < points.length; at += 2) pen.lineTo(points[at]! * side, points[at + 1]! * side);
  pen.stroke();
}

function colourOf(token: string): string {
  return `rgb(${tokenRgb(token).join(" ")})`;
}
