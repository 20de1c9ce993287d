// From a colour picture to grey values: grey scale, crop, growth direction, area-average resize, Otsu's threshold.
// Source: automata specification, section 8. Everything here is pure arithmetic on typed arrays.

/** A decoded picture: 4 bytes per pixel, row by row. */
export type RgbaPicture = {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray | Uint8Array;
};

/** Grey values 0..255 (not rounded after a resize), row by row. */
export type GreyPicture = { readonly width: number; readonly height: number; readonly values: Float64Array };

export type Crop = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Where time runs in the picture as it was given. */
export type Direction = "right" | "down" | "left" | "up";

/** Grey = 0.299 R + 0.587 G + 0.114 B, rounded; transparent pixels are laid on white. */
export function greyOf(picture: RgbaPicture): GreyPicture {
  const { width, height, rgba } = picture;
  const values = new Float64Array(width * height);
  for (let i = 0; i < values.length; i++) {
    const alpha = rgba[4 * i + 3]! / 255;
    const grey = 0.299 * rgba[4 * i]! + 0.587 * rgba[4 * i + 1]! + 0.114 * rgba[4 * i + 2]!;
    values[i] = Math.round(alpha * grey + (1 - alpha) * 255);
  }
  return { width, height, values };
}

/** The part of a picture inside a rectangle; the rectangle is cut to the picture and holds at least one pixel. */
export function cropGrey(picture: GreyPicture, crop: Crop): GreyPicture {
  const left = Math.min(Math.max(0, Math.round(crop.x)), picture.width - 1);
  const top = Math.min(Math.max(0, Math.round(crop.y)), picture.height - 1);
  const width = Math.max(1, Math.min(Math.round(crop.width), picture.width - left));
  const height = Math.max(1, Math.min(Math.round(crop.height), picture.height - top));
  const values = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * picture.width + left;
    values.set(picture.values.subarray(from, from + width), y * width);
  }
  return { width, height, values };
}

/**
 * Turns a picture so that time runs from left to right. The left end of a row becomes the upper end of a column, so a
 * picture that grows down keeps Wolfram's rule number.
 */
export function turnGrey(picture: GreyPicture, direction: Direction): GreyPicture {
  if (direction === "right") return picture;
  const { width, height, values } = picture;
  const lies = direction === "left";
  const turned = { width: lies ? width : height, height: lies ? height : width };
  const out = new Float64Array(values.length);
  for (let y = 0; y < turned.height; y++) {
    for (let j = 0; j < turned.width; j++) {
      let source = j * width + y;
      if (lies) source = y * width + (width - 1 - j);
      else if (direction === "up") source = (height - 1 - j) * width + y;
      out[y * turned.width + j] = values[source]!;
    }
  }
  return { ...turned, values: out };
}

/** Weights of area averaging along one side: target cell t covers source cells [t * ratio, (t + 1) * ratio). */
function resizeRows(values: Float64Array, rows: number, columns: number, target: number): Float64Array {
  const out = new Float64Array(target * columns);
  const ratio = rows / target;
  for (let t = 0; t < target; t++) {
    const begin = t * ratio;
    const end = Math.min(rows, begin + ratio);
    for (let r = Math.floor(begin); r < Math.min(rows, Math.ceil(end - 1e-9)); r++) {
      const weight = (Math.min(end, r + 1) - Math.max(begin, r)) / ratio;
      for (let c = 0; c < columns; c++) out[t * columns + c]! += weight * values[r * columns + c]!;
    }
  }
  return out;
}

function transpose(values: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) out[c * rows + r] = values[r * columns + c]!;
  return out;
}

/** Area-average resize, rows then columns: each target cell is the mean of the source area that it covers. */
export function resizeGrey(picture: GreyPicture, height: number, width: number): GreyPicture {
  if (height === picture.height && width === picture.width) return picture;
  const rows = resizeRows(picture.values, picture.height, picture.width, height);
  const columns = resizeRows(transpose(rows, height, picture.width), picture.width, height, width);
  return { width, height, values: transpose(columns, width, height) };
}

/**
 * Otsu's threshold on the 256-bin histogram of rounded grey values: the t that maximises the between-class variance,
 * the lowest on ties. A value <= t is dark. A picture of one grey gives 0.
 */
export function otsuThreshold(values: ArrayLike<number>): number {
  const histogram = new Float64Array(256);
  for (let i = 0; i < values.length; i++) histogram[Math.min(255, Math.max(0, Math.round(values[i]!)))]!++;
  let total = 0;
  for (let v = 0; v < 256; v++) total += v * histogram[v]!;
  let best = -1;
  let threshold = 0;
  let count = 0;
  let sum = 0;
  for (let t = 0; t < 255; t++) {
    count += histogram[t]!;
    sum += t * histogram[t]!;
    const rest = values.length - count;
    if (count === 0 || rest === 0) continue;
    const variance = count * rest * (sum / count - (total - sum) / rest) ** 2;
    // Ties: rounding must not let a later threshold win.
    if (variance > best * (1 + 1e-12)) {
      best = variance;
      threshold = t;
    }
  }
  return threshold;
}

/** Grey difference between neighbouring pixels that counts as an edge between two cells. */
const EDGE = 24;

/** The factor by which a picture is an enlargement of its cells: the side of equal squares, 1 if there is none. */
export function cellSize(picture: GreyPicture): number {
  const { width, height, values } = picture;
  let size = greatestDivisor(width, height);
  for (let y = 0; y < height && size > 1; y++) {
    for (let x = 0; x < width && size > 1; x++) {
      const here = values[y * width + x]!;
      if (x > 0 && Math.abs(here - values[y * width + x - 1]!) > EDGE) size = greatestDivisor(size, x);
      if (y > 0 && Math.abs(here - values[(y - 1) * width + x]!) > EDGE) size = greatestDivisor(size, y);
    }
  }
  return Math.max(1, size);
}

/** True if nearly all pixels have one of two greys: a drawn picture of cells, not a photograph. */
export function isTwoTone(picture: GreyPicture): boolean {
  let low = 255;
  let high = 0;
  for (const value of picture.values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  let between = 0;
  for (const value of picture.values) if (value > low + EDGE && value < high - EDGE) between++;
  return high - low > 2 * EDGE && between <= 0.02 * picture.values.length;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
