// Places the labels at the ends of curves so that none covers another: wanted heights are kept where they fit, and
// neighbours move apart by the least amount inside the plot.

export type LabelWish = {
  readonly id: string;
  /** Wanted baseline, px from the top. */
  readonly y: number;
};

/**
 * Baselines with at least `gap` px between any two and all inside [top, bottom] (the gap shrinks where the labels cannot
 * all fit). Order by wanted height is kept; equal wishes keep the order given.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  gap: number,
  top: number,
  bottom: number,
): ReadonlyMap<string, number> {
  const sorted = wishes.map((wish, order) => ({ ...wish, order })).sort((a, b) => a.y - b.y || a.order - b.order);
  const room = sorted.length > 1 ? (bottom - top) / (sorted.length - 1) : gap;
  const step = Math.min(gap, Math.max(0, room));
  // Blocks of touching labels share one mean displacement: pool neighbours until no two blocks overlap.
  const blocks: { start: number; count: number; sum: number }[] = [];
  for (const [i, wish] of sorted.entries()) {
    let block = { start: i, count: 1, sum: wish.y };
    for (;;) {
      const before = blocks[blocks.length - 1];
      if (!before || topOf(before) + before.count * step <= topOf(block)) break;
      blocks.pop();
      block = {
        start: before.start,
        count: before.count + block.count,
        sum: before.sum + block.sum - before.count * block.count * step,
      };
    }
    blocks.push(block);
  }
  return spread(sorted, blocks, step, top, bottom);
}

// A block's sum holds wishes minus their offset inside the block, so its mean is the place of its first label.
function topOf(block: { count: number; sum: number }): number {
  return block.sum / block.count;
}

function spread(
  sorted: readonly LabelWish[],
  blocks: readonly { start: number; count: number; sum: number }[],
  step: number,
  top: number,
  bottom: number,
): ReadonlyMap<string, number> {
  const places: number[] = [];
  for (const block of blocks) for (let i = 0; i < block.count; i++) places.push(topOf(block) + i * step);
  for (let i = 0; i < places.length; i++) {
    const floor = i === 0 ? top : (places[i - 1] ?? top) + step;
    places[i] = Math.max(places[i] ?? top, floor);
  }
  for (let i = places.length - 1; i >= 0; i--) {
    const ceiling = i === places.length - 1 ? bottom : (places[i + 1] ?? bottom) - step;
    places[i] = Math.min(places[i] ?? bottom, ceiling);
  }
  return new Map(sorted.map((wish, i) => [wish.id, places[i] ?? wish.y]));
}
