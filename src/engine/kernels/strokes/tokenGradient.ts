// What the tokens of a program say about the bank: gradients by their own stroke, and by where they start, which every
// stroke before them moves, pen up or down.

import type { bankLayout } from "./bank";

/**
 * Adds one program's gradients to the bank's (block order, derived values).
 *
 * @param sums [A, stride] from `from` on: by dx, dy, theta, sharpness, width, start x, start y
 */
export function addTokenGradients(
  at: ReturnType<typeof bankLayout>,
  tokens: Int32Array,
  sums: Float32Array,
  from: number,
  stride: number,
  gradient: Float64Array,
): void {
  let [x, y] = [0, 0];
  const add = (to: number, value: number) => {
    gradient[to] = gradient[to]! + value;
  };
  for (let t = tokens.length - 1; t >= 0; t--) {
    const stroke = tokens[t]! >> 1;
    const row = from + t * stride;
    add(2 * stroke, x + sums[row]!);
    add(2 * stroke + 1, y + sums[row + 1]!);
    add(at.theta + stroke, sums[row + 2]!);
    add(at.sharpness + stroke, sums[row + 3]!);
    add(at.width + stroke, sums[row + 4]!);
    x += sums[row + 5]!;
    y += sums[row + 6]!;
  }
}
