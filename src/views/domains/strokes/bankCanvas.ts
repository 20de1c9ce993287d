// Strokes of a bank as thumbnails on one canvas: ink, a dot where the stroke starts, an arrow where it ends, and a bar for
// how much it is used.

import { tokenRgb } from "../../frame/useColours";
import { css, density, inks, shadedImage } from "./inkCanvas";
import type { Drawing, StrokeBank } from "./strokesView";

export type BankGrid = {
  readonly columns: number;
  readonly rows: number;
  /** CSS px of a thumbnail's place, across and down. */
  readonly cell: number;
  readonly pitch: number;
};

/** Canvas sides that a thumbnail may show: few, so that the scale of a bank seldom changes while it learns. */
const SPANS = [0.45, 0.6, 0.8, 1] as const;
/** Free room around the longest stroke, canvas sides. */
const MARGIN = 0.1;
/** CSS px under a thumbnail for its bar. */
const BAR = 4;
/** CSS px between thumbnails. */
const GAP = 2;

/** As many columns of ten as fit, so that a stroke's place gives its number; eight under a finger. `most`: CSS px of a place. */
export function bankGrid(width: number, count: number, isCoarse: boolean, most = 48): BankGrid {
  const wanted = isCoarse ? Math.max(4, Math.min(8, Math.floor(width / 44))) : 10;
  const columns = Math.min(wanted, Math.max(1, count));
  const cell = Math.max(20, Math.min(most, Math.floor(width / wanted)));
  return { columns, rows: Math.ceil(count / columns), cell, pitch: cell + BAR };
}

/** The smallest scale that shows nearly all strokes of a bank whole. */
export function bankSpan(bank: StrokeBank): number {
  const lengths = Array.from(bank.dx, (dx, s) => Math.max(Math.abs(dx), Math.abs(bank.dy[s] ?? 0))).sort(
    (a, b) => a - b,
  );
  const long = lengths[Math.floor(0.95 * (lengths.length - 1))] ?? 0;
  return SPANS.find((span) => span >= long + MARGIN) ?? 1;
}

type Content = {
  readonly grid: BankGrid;
  readonly drawing: Drawing | null;
  readonly bank: StrokeBank | null;
  readonly usage: Float32Array | null;
  readonly count: number;
};

/** Paints all thumbnails; the canvas gets its size in device pixels. */
export function paintBank(canvas: HTMLCanvasElement, { grid, drawing, bank, usage, count }: Content): void {
  const dots = density();
  const [width, height] = [grid.columns * grid.cell * dots, grid.rows * grid.pitch * dots];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.clearRect(0, 0, width, height);
  if (!bank || !drawing) return;
  const { modelGround, model } = inks();
  const [mark, track] = [css(tokenRgb("--text-1")), css(tokenRgb("--line-2"))];
  const most = Math.max(1e-9, ...(usage ?? []));
  const side = (grid.cell - GAP) * dots;
  const span = bankSpan(bank);
  for (let s = 0; s < count; s++) {
    const x = (s % grid.columns) * grid.cell * dots + dots;
    const y = Math.floor(s / grid.columns) * grid.pitch * dots + dots;
    const { ink, ends, heading } = drawing.strokePicture(bank, s, side, span);
    pen.putImageData(shadedImage(ink, side, modelGround, model), x, y);
    markEnds(pen, { x, y, ends, heading, dots, mark });
    const share = (usage?.[s] ?? 0) / most;
    pen.fillStyle = track;
    pen.fillRect(x, y + side, side, dots);
    pen.fillStyle = mark;
    pen.fillRect(x, y + side, Math.ceil(side * share), 2 * dots);
  }
}

type Ends = {
  readonly x: number;
  readonly y: number;
  readonly ends: readonly [number, number, number, number];
  readonly heading: readonly [number, number];
  readonly dots: number;
  readonly mark: string;
};

/** A dot at the start; at the end a small arrow head the way the pen goes. */
function markEnds(pen: CanvasRenderingContext2D, { x, y, ends, heading: [u, v], dots, mark }: Ends): void {
  const [fromX, fromY, toX, toY] = ends.map((v, i) => v + 0.5 + (i % 2 === 0 ? x : y)) as [
    number,
    number,
    number,
    number,
  ];
  pen.fillStyle = mark;
  pen.beginPath();
  pen.arc(fromX, fromY, 1.5 * dots, 0, 2 * Math.PI);
  pen.fill();
  if (Math.hypot(toX - fromX, toY - fromY) < 5 * dots) return;
  pen.strokeStyle = mark;
  pen.lineWidth = dots;
  pen.beginPath();
  pen.moveTo(toX - dots * (2.6 * u - 2 * v), toY - dots * (2.6 * v + 2 * u));
  pen.lineTo(toX, toY);
  pen.lineTo(toX - dots * (2.6 * u + 2 * v), toY - dots * (2.6 * v - 2 * u));
  pen.stroke();
}

/** Paints one stroke alone: side by side with its counterpart of another bank. */
export function paintStroke(
  canvas: HTMLCanvasElement,
  content: {
    readonly drawing: Drawing;
    readonly bank: StrokeBank;
    readonly stroke: number;
    /** CSS px. */
    readonly side: number;
    /** Canvas sides that the thumbnail shows. */
    readonly span: number;
    /** True for a stroke that made the data: drawn in its ink. */
    readonly isData: boolean;
  },
): void {
  const { drawing, bank, stroke, isData } = content;
  const dots = density();
  const side = content.side * dots;
  const { modelGround, model, dataGround, data } = inks();
  const { ink, ends, heading } = drawing.strokePicture(bank, stroke, side, content.span);
  if (canvas.width !== side) canvas.width = side;
  if (canvas.height !== side) canvas.height = side;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const image = isData ? shadedImage(ink, side, dataGround, data) : shadedImage(ink, side, modelGround, model);
  pen.putImageData(image, 0, 0);
  const mark = css(tokenRgb(isData ? "--mismatch" : "--text-1"));
  markEnds(pen, { x: 0, y: 0, ends, heading, dots, mark });
}
