// The known name that a misspelt or removed one was probably meant to be.

/** The nearest of `names` by single-letter edits, or null if none is nearer than half of the longer name. */
export function nearestName(given: string, names: readonly string[]): string | null {
  let nearest: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const edits = editDistance(given.slice(0, 60).toLowerCase(), name.toLowerCase());
    if (edits >= least || edits > Math.max(name.length, given.length) / 2) continue;
    least = edits;
    nearest = name;
  }
  return nearest;
}

/** Least number of inserted, left out or changed letters (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
