// Area-averaged resizing: every new pixel is the mean of the area that it covers, also of parts of old pixels.

/** A picture of three values a pixel, row by row. */
export type RgbPicture = { readonly width: number; readonly height: number; readonly values: Float32Array };

/** Share of old pixels in each new one along one axis: first index and weights that sum to 1. */
type Part = { readonly first: number; readonly weights: readonly number[] };

function partsOf(from: number, to: number): readonly Part[] {
  const ratio = from / to;
  return Array.from({ length: to }, (_, i) => {
    const [begin, end] = [i * ratio, Math.min(from, (i + 1) * ratio)];
    const first = Math.min(from - 1, Math.floor(begin + 1e-9));
    const weights: number[] = [];
    for (let at = first; at < end - 1e-9 || weights.length === 0; at++) {
      weights.push(Math.min(at + 1, end) - Math.max(at, begin));
    }
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

/** The picture as width x height pixels. */
export function resized(picture: RgbPicture, width: number, height: number): RgbPicture {
  if (picture.width === width && picture.height === height) return picture;
  const across = new Float32Array(3 * width * picture.height);
  for (const [x, { first, weights }] of partsOf(picture.width, width).entries()) {
    for (let y = 0; y < picture.height; y++) {
      for (const [k, weight] of weights.entries()) {
        const from = 3 * (y * picture.width + first + k);
        for (let c = 0; c < 3; c++) across[3 * (y * width + x) + c]! += weight * picture.values[from + c]!;
      }
    }
  }
  const values = new Float32Array(3 * width * height);
  const row = 3 * width;
  for (const [y, { first, weights }] of partsOf(picture.height, height).entries()) {
    for (const [k, weight] of weights.entries()) {
      for (let i = 0; i < row; i++) values[y * row + i]! += weight * across[(first + k) * row + i]!;
    }
  }
  return { width, height, values };
}

/** A square picture of bytes [from, from, 3] as [to, to, 3]. */
export function resizedBytes(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const { values } = resized({ width: from, height: from, values: Float32Array.from(bytes) }, to, to);
  return Uint8Array.from(values, Math.round);
}
