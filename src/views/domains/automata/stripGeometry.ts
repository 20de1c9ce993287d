// Geometry of a rule drawn as a strip of neighbourhood icons, highest index first: k cells in a column, the output cell
// at their right. Whole pixels only, so that icons of 4 px a cell stay legible.

export type StripIcon = {
  /** Neighbourhood index: the k cells read from the top as bits. */
  readonly index: number;
  /** Left edge of the icon, px. */
  readonly x: number;
  /** Cells of the neighbourhood from the top, 0 or 1. */
  readonly cells: readonly (0 | 1)[];
  readonly output: 0 | 1;
  /** Output cell, px. */
  readonly out: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
};

export type StripGeometry = {
  readonly width: number;
  readonly height: number;
  readonly icons: readonly StripIcon[];
};

/** Icons of a rule for k = 3: `cell` px a cell, `gap` px between icons. */
export function stripGeometry(rule: number, k: 3 | 5, cell: number, gap: number): StripGeometry {
  const bits = 2 ** k;
  const pitch = 2 * cell + 1 + gap;
  const icons = Array.from({ length: bits }, (_, place): StripIcon => {
    const index = bits - 1 - place;
    const x = place * pitch;
    const outHeight = 2 * cell;
    return {
      index,
      x,
      cells: neighbourhoodCells(index, k),
      output: bitOf(rule, index),
      out: { x: x + cell + 1, y: Math.floor((k * cell - outHeight) / 2), width: cell, height: outHeight },
    };
  });
  return { width: bits * pitch - gap, height: k * cell, icons };
}

/** Compact strip for 32 bits: one bar a bit, highest index first, a wider gap after every eighth. */
export function compactGeometry(
  rule: number,
  bits: number,
  cell: number,
): {
  readonly width: number;
  readonly bars: readonly { readonly index: number; readonly x: number; readonly output: 0 | 1 }[];
} {
  const bars = Array.from({ length: bits }, (_, place) => ({
    index: bits - 1 - place,
    x: place * (cell + 1) + Math.floor(place / 8) * 3,
    output: bitOf(rule, bits - 1 - place),
  }));
  return { width: bits * (cell + 1) - 1 + (Math.ceil(bits / 8) - 1) * 3, bars };
}

/** Cells of a neighbourhood from the top: the uppermost is the most significant bit. */
export function neighbourhoodCells(index: number, k: 3 | 5): readonly (0 | 1)[] {
  return Array.from({ length: k }, (_, r) => bitOf(index, k - 1 - r));
}

/** Bit i of a rule as 0 or 1. */
export function bitOf(rule: number, i: number): 0 | 1 {
  return ((rule >>> i) & 1) === 1 ? 1 : 0;
}

/** How solid an output cell is drawn: 0.25 for an even chance, 1 for certainty; steps of 0.05 spare redraws. */
export function certaintyOpacity(probabilityOfOne: number): number {
  const certainty = Math.abs(2 * probabilityOfOne - 1);
  return Math.round((0.25 + 0.75 * certainty) * 20) / 20;
}
