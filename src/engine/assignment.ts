// Who belongs to whom at the smallest total cost: learned things beside the true ones.

/**
 * The assignment of smallest total cost: the Hungarian method with potentials, O(rows^2 columns).
 *
 * @param costs [rows][columns], finite
 * @returns [rows] column of each row; -1 for rows without one, where there are fewer columns than rows
 */
export function assign(costs: readonly (readonly number[])[]): number[] {
  const rows = costs.length;
  const columns = costs[0]?.length ?? 0;
  if (rows > columns) {
    const turned = assign(Array.from({ length: columns }, (_, j) => costs.map((row) => row[j]!)));
    return costs.map((_, i) => turned.indexOf(i));
  }
  // Rows and columns count from 1; row and column 0 stand for "none yet".
  const rowOf = new Int32Array(columns + 1);
  const rowPrice = new Float64Array(rows + 1);
  const columnPrice = new Float64Array(columns + 1);
  for (let i = 1; i <= rows; i++) {
    rowOf[0] = i;
    const came = augment(costs, rowOf, rowPrice, columnPrice);
    for (let j = came.end; j > 0; j = came.from[j]!) rowOf[j] = rowOf[came.from[j]!]!;
  }
  const out = new Array<number>(rows).fill(-1);
  for (let j = 1; j <= columns; j++) if (rowOf[j]! > 0) out[rowOf[j]! - 1] = j - 1;
  return out;
}

/** The cheapest way from the row that has no column to a free column; prices are moved along. */
function augment(
  costs: readonly (readonly number[])[],
  rowOf: Int32Array,
  rowPrice: Float64Array,
  columnPrice: Float64Array,
): { readonly end: number; readonly from: Int32Array } {
  const size = rowOf.length;
  const from = new Int32Array(size);
  const slack = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const isSeen = new Uint8Array(size);
  let at = 0;
  while (rowOf[at]! > 0) {
    isSeen[at] = 1;
    const row = rowOf[at]!;
    let least = Number.POSITIVE_INFINITY;
    let next = 0;
    for (let j = 1; j < size; j++) {
      if (isSeen[j] === 1) continue;
      const reduced = costs[row - 1]![j - 1]! - rowPrice[row]! - columnPrice[j]!;
      if (reduced < slack[j]!) {
        slack[j] = reduced;
        from[j] = at;
      }
      if (slack[j]! < least) [least, next] = [slack[j]!, j];
    }
    for (let j = 0; j < size; j++) {
      if (isSeen[j] === 1) {
        rowPrice[rowOf[j]!] = rowPrice[rowOf[j]!]! + least;
        columnPrice[j] = columnPrice[j]! - least;
      } else slack[j] = slack[j]! - least;
    }
    at = next;
  }
  return { end: at, from };
}
