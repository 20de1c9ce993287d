// What differs between a program and the best one, token by token.

/** One token of a program: kept from the best, or its own; `isGap` where the best has something just before it. */
export type DiffToken = { readonly text: string; readonly isOwn: boolean; readonly isGap: boolean };

/** The tokens of `program` against those of `best`, by a longest common subsequence; nothing differs without a best. */
export function diffTokens(program: readonly string[], best: readonly string[] | null): readonly DiffToken[] {
  if (!best) return program.map((text) => ({ text, isOwn: false, isGap: false }));
  const columns = best.length + 1;
  // common[i, j]: length of the longest common subsequence of what is left from i and from j on.
  const common = new Int32Array((program.length + 1) * columns);
  for (let i = program.length - 1; i >= 0; i--) {
    for (let j = best.length - 1; j >= 0; j--) {
      const at = i * columns + j;
      common[at] =
        program[i] === best[j]
          ? 1 + (common[at + columns + 1] ?? 0)
          : Math.max(common[at + columns] ?? 0, common[at + 1] ?? 0);
    }
  }
  const tokens: DiffToken[] = [];
  let j = 0;
  let isGap = false;
  for (let i = 0; i < program.length; ) {
    const text = program[i] ?? "";
    if (text === best[j]) {
      tokens.push({ text, isOwn: false, isGap });
      isGap = false;
      i += 1;
      j += 1;
    } else if (j < best.length && (common[i * columns + j + 1] ?? 0) >= (common[(i + 1) * columns + j] ?? 0)) {
      isGap = true;
      j += 1;
    } else {
      tokens.push({ text, isOwn: true, isGap: false });
      isGap = false;
      i += 1;
    }
  }
  return tokens;
}
