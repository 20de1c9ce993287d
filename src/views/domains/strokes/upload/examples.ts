// Characters to begin with, as pen lines: points in canvas sides.

import type { Mark, PadDrawing } from "./padDrawing";

const WIDTH = 0.065;

function drawing(...lines: readonly (readonly number[])[]): PadDrawing {
  return { marks: lines.map((points): Mark => ({ kind: "line", points, width: WIDTH })) };
}

/** Points on an arc of a circle, angles in turns, 0 to the right and growing downwards. */
function arc(x: number, y: number, radius: number, from: number, to: number): readonly number[] {
  return Array.from({ length: 25 }, (_, i) => {
    const angle = 2 * Math.PI * (from + ((to - from) * i) / 24);
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  }).flat();
}

export const EXAMPLES: Readonly<Record<string, PadDrawing>> = {
  "A cross in a circle": drawing(arc(0.5, 0.5, 0.28, 0, 1), [0.5, 0.22, 0.5, 0.78], [0.22, 0.5, 0.78, 0.5]),
  "A hook and a bar": drawing([0.35, 0.2, 0.35, 0.55, ...arc(0.5, 0.58, 0.15, 0.5, 0)], [0.22, 0.36, 0.7, 0.36]),
  "The digit 3": drawing(arc(0.48, 0.35, 0.15, -0.45, 0.25), arc(0.48, 0.66, 0.17, -0.25, 0.45)),
};
