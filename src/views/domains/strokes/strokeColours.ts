// The colour of a stroke within one program: strokes of the bank get the run colours in the order in which the program
// first draws them, so that a stroke drawn twice has one colour, in the picture, the strip and the bank.

/** Slot 1.. of each stroke that the program draws, by its number in the bank. */
export function strokeSlots(
  tokens: readonly number[],
  tools: { readonly isDown: (token: number) => boolean; readonly strokeOf: (token: number) => number },
): ReadonlyMap<number, number> {
  const slots = new Map<number, number>();
  for (const token of tokens) {
    const stroke = tools.strokeOf(token);
    if (tools.isDown(token) && !slots.has(stroke)) slots.set(stroke, slots.size + 1);
  }
  return slots;
}
