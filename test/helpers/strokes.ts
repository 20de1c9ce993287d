// Words for tests of the strokes domain's pictures.

/** Share of ones. */
export function inkShare(pixels: Uint8Array): number {
  let ink = 0;
  for (const bit of pixels) ink += bit;
  return ink / pixels.length;
}

/** Connected pieces of ink, diagonal neighbours included. */
export function numComponents(pixels: Uint8Array, side: number): number {
  const left = pixels.slice();
  let pieces = 0;
  for (let first = left.indexOf(1); first >= 0; first = left.indexOf(1)) {
    pieces++;
    const open = [first];
    left[first] = 0;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [row, column] = [Math.floor(at / side), at % side];
      for (let r = Math.max(0, row - 1); r <= Math.min(side - 1, row + 1); r++) {
        for (let c = Math.max(0, column - 1); c <= Math.min(side - 1, column + 1); c++) {
          if (left[r * side + c] !== 1) continue;
          left[r * side + c] = 0;
          open.push(r * side + c);
        }
      }
    }
  }
  return pieces;
}
