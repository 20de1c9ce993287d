// What tells two clusterings apart: the points that would have to move.

/** Indices of the points to move so that the second labelling groups as the first: groups are matched by overlap. */
export function movedPoints(first: ArrayLike<number>, second: ArrayLike<number>): readonly number[] {
  const points = Array.from(first, (_, i) => i);
  const pairs = points.map((i) => `${first[i]} ${second[i]}`);
  const sizes = [...new Set(pairs)].map((pair) => ({ pair, size: pairs.filter((one) => one === pair).length }));
  const taken = new Set<string>();
  const matched = new Set<string>();
  for (const { pair } of sizes.sort((a, b) => b.size - a.size)) {
    const [one, two] = pair.split(" ");
    if (taken.has(`first ${one}`) || taken.has(`second ${two}`)) continue;
    taken.add(`first ${one}`).add(`second ${two}`);
    matched.add(pair);
  }
  return points.filter((i) => !matched.has(pairs[i] ?? ""));
}
