// A program in words: how much of it is drawn, which strokes come again; with a bank also where it starts and how long it is.

import type { StrokeBank } from "../../engine/kernels/strokes/renderer";
import { isDown, strokeOf } from "./program";

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** Sentences for people about a program, the most telling first. */
export function explain(program: ArrayLike<number>): readonly string[] {
  const tokens = Array.from(program);
  const drawn = tokens.filter(isDown);
  const moves = tokens.length - drawn.length;
  if (drawn.length === 0) return ["The pen never touches the paper."];
  const different = new Set(drawn.map(strokeOf));
  const sentences = [`${count(drawn.length, "stroke")} with the pen down, ${count(moves, "move")} with the pen up.`];
  const often = [...different]
    .map((stroke) => ({ stroke, times: drawn.filter((token) => strokeOf(token) === stroke).length }))
    .filter(({ times }) => times > 1)
    .sort((a, b) => b.times - a.times);
  if (often.length === 0) sentences.push("Every stroke that it draws is a different one.");
  else {
    const listed = often.map(({ stroke, times }) => `stroke ${stroke} ${times === 2 ? "twice" : `${times} times`}`);
    sentences.push(`It draws ${listed.join(", ")}.`);
  }
  return sentences;
}

/** The same with the bank at hand: where the pen goes down first, and how far it draws. */
export function explainDrawing(program: ArrayLike<number>, bank: StrokeBank): readonly string[] {
  let [x, y, length] = [0.5, 0.5, 0];
  let start: { readonly x: number; readonly y: number } | null = null;
  for (const token of Array.from(program)) {
    const stroke = strokeOf(token);
    const [dx, dy] = [bank.dx[stroke] ?? 0, bank.dy[stroke] ?? 0];
    if (isDown(token)) {
      start ??= { x, y };
      length += arcLength(Math.hypot(dx, dy), bank.theta[stroke] ?? 0);
    }
    x += dx;
    y += dy;
  }
  if (!start) return explain(program);
  const path = `It starts ${placeOf(start.x, start.y)} and draws ${length.toFixed(1)} picture widths of line.`;
  return [explain(program)[0]!, path, ...explain(program).slice(1)];
}

/** Length of an arc over a chord, theta half its turning angle. */
function arcLength(chord: number, theta: number): number {
  return Math.abs(theta) < 1e-6 ? chord : (chord * theta) / Math.sin(theta);
}

/** "left of the centre", "above and right of the centre", "at the centre". */
function placeOf(x: number, y: number): string {
  const [across, up] = [x - 0.5, y - 0.5];
  const parts = [];
  if (Math.abs(up) > 0.12) parts.push(up > 0 ? "above" : "below");
  if (Math.abs(across) > 0.12) parts.push(across > 0 ? "right of" : "left of");
  return parts.length === 0 ? "near the centre" : `${parts.join(" and ")} the centre`;
}
