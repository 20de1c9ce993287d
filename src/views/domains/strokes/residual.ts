// Where a character and what its program draws differ.

export type ResidualCell = {
  readonly cell: number;
  /** Probability that the program leaves an inked cell white, 0 for a white cell. */
  readonly missing: number;
  /** Probability that it inks a white cell, 0 for an inked cell. */
  readonly surplus: number;
};

/** Differences smaller than this are not drawn: the ground of an untrained bank would cover everything. */
const LEAST = 0.08;

/**
 * The cells that differ.
 *
 * @param image [n] of 0 and 1
 * @param drawn [n] probabilities of ink
 */
export function residualCells(image: ArrayLike<number>, drawn: ArrayLike<number>): readonly ResidualCell[] {
  const cells: ResidualCell[] = [];
  for (let cell = 0; cell < image.length; cell++) {
    const p = drawn[cell] ?? 0;
    const missing = image[cell] === 1 ? 1 - p : 0;
    const surplus = image[cell] === 1 ? 0 : p;
    if (missing + surplus > LEAST) cells.push({ cell, missing, surplus });
  }
  return cells;
}

/** Cells that are wrong more likely than not, of each kind. */
export function countResidual(image: ArrayLike<number>, drawn: ArrayLike<number>) {
  const cells = residualCells(image, drawn);
  return {
    missing: cells.filter((one) => one.missing > 0.5).length,
    surplus: cells.filter((one) => one.surplus > 0.5).length,
  };
}
