// From a colour picture to how much of each pixel is ink: transparency, size, paper and ink told apart, dust left out.
// Pure arithmetic on typed arrays; nothing here throws.

/** A decoded picture: 4 bytes per pixel, row by row. */
export type RgbaPicture = {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray | Uint8Array;
};

type GreyPicture = { readonly width: number; readonly height: number; readonly values: Float32Array };

/** Ink of each pixel, 0 (paper) to 1. */
export type InkPicture = GreyPicture & {
  /** Light ink on dark paper. */
  readonly isInverted: boolean;
};

/** Longest side that is looked at: larger pictures are averaged down first. */
const WORKING_SIDE = 448;
/** Least difference of grey between ink and paper, of 255. */
const LEAST_CONTRAST = 24;
/** Share of ink below which a pixel is paper: grain of photographs and of JPEG. */
const GRAIN = 0.12;
/** Pieces smaller than this share of the largest piece are dust. */
const DUST = 0.02;

/** The ink of a picture; null if it is all one colour. @param invert light ink on dark; null: decided from the picture */
export function inkOfPicture(picture: RgbaPicture, invert: boolean | null): InkPicture | null {
  const grey = greyOn(picture, 255);
  const onWhite = classes(grey.values);
  if (onWhite) return inkFrom(grey, onWhite, invert);
  // White ink on a transparent ground is nothing on white paper, but something on black.
  const onBlack = greyOn(picture, 0);
  const found = classes(onBlack.values);
  return found ? inkFrom(onBlack, found, invert) : null;
}

/** Grey of blocks of pixels, so that no side is longer than WORKING_SIDE; transparent parts lie on `paper`. */
function greyOn({ width, height, rgba }: RgbaPicture, paper: number): GreyPicture {
  const block = Math.max(1, Math.ceil(Math.max(width, height) / WORKING_SIDE));
  const [columns, rows] = [Math.ceil(width / block), Math.ceil(height / block)];
  const values = new Float32Array(columns * rows);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const [bottom, right] = [Math.min(height, (r + 1) * block), Math.min(width, (c + 1) * block)];
      let sum = 0;
      for (let y = r * block; y < bottom; y++) {
        for (let x = c * block; x < right; x++) {
          const at = 4 * (y * width + x);
          const grey = 0.299 * rgba[at]! + 0.587 * rgba[at + 1]! + 0.114 * rgba[at + 2]!;
          sum += paper + (rgba[at + 3]! / 255) * (grey - paper);
        }
      }
      values[r * columns + c] = sum / ((bottom - r * block) * (right - c * block));
    }
  }
  return { width: columns, height: rows, values };
}

/** Mean grey of the dark and of the light pixels, and what separates them. */
type Classes = { readonly dark: number; readonly light: number; readonly split: number };

/** Otsu's two classes of grey; null where there is only one. */
function classes(values: Float32Array): Classes | null {
  const histogram = new Float64Array(256);
  for (const value of values) histogram[Math.round(value)]!++;
  const low = histogram.findIndex((count) => count > 0);
  const high = histogram.findLastIndex((count) => count > 0);
  if (high - low < LEAST_CONTRAST) return null;
  let total = 0;
  for (let v = 0; v < 256; v++) total += v * histogram[v]!;
  let best: Classes = { dark: low, light: high, split: low };
  let most = -1;
  let [count, sum] = [0, 0];
  for (let t = low; t < high; t++) {
    count += histogram[t]!;
    sum += t * histogram[t]!;
    const rest = values.length - count;
    const [dark, light] = [sum / count, (total - sum) / rest];
    const between = count * rest * (light - dark) ** 2;
    if (between <= most * (1 + 1e-12)) continue;
    most = between;
    best = { dark, light, split: t };
  }
  return best;
}

function inkFrom(picture: GreyPicture, { dark, light, split }: Classes, invert: boolean | null): InkPicture {
  const isInverted = invert ?? isDarkAtTheEdge(picture, split);
  const [paper, ink] = isInverted ? [dark, light] : [light, dark];
  const values = picture.values.map((grey) => {
    const share = Math.min(1, Math.max(0, (grey - paper) / (ink - paper)));
    return share < GRAIN ? 0 : share;
  });
  return { ...picture, values, isInverted };
}

/** True if most of the outermost pixels are dark: paper is what reaches the edges. */
function isDarkAtTheEdge({ width, height, values }: GreyPicture, split: number): boolean {
  let [dark, all] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const [row, column] = [Math.floor(i / width), i % width];
    if (row > 0 && row < height - 1 && column > 0 && column < width - 1) continue;
    all++;
    if (Math.round(values[i]!) <= split) dark++;
  }
  return 2 * dark > all;
}

/** The ink without specks that are tiny beside the largest connected piece. */
export function withoutDust(picture: InkPicture): InkPicture {
  const { width, height, values } = picture;
  const piece = new Int32Array(values.length).fill(-1);
  const sizes: number[] = [];
  for (let first = 0; first < values.length; first++) {
    if (values[first]! < 0.5 || piece[first]! >= 0) continue;
    sizes.push(markPiece(values, width, height, first, piece, sizes.length));
  }
  const least = DUST * Math.max(0, ...sizes);
  if (sizes.every((size) => size >= least)) return picture;
  const clean = values.slice();
  for (let i = 0; i < clean.length; i++) {
    if (piece[i]! >= 0 && sizes[piece[i]!]! < least) clean[i] = 0;
  }
  return { ...picture, values: clean };
}

/** Marks all ink connected with `first` (diagonals count) with a number; returns how many pixels it has. */
function markPiece(
  values: Float32Array,
  width: number,
  height: number,
  first: number,
  piece: Int32Array,
  number: number,
): number {
  const open = [first];
  piece[first] = number;
  let size = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    size++;
    const [row, column] = [Math.floor(at / width), at % width];
    for (let r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++) {
      for (let c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
        const next = r * width + c;
        if (piece[next]! >= 0 || values[next]! < 0.5) continue;
        piece[next] = number;
        open.push(next);
      }
    }
  }
  return size;
}

export type InkBox = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** The smallest rectangle around the ink, in pixels; null without ink. */
export function boxOfInk({ width, height, values }: InkPicture): InkBox | null {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let i = 0; i < values.length; i++) {
    if (values[i]! < 0.5) continue;
    const [row, column] = [Math.floor(i / width), i % width];
    left = Math.min(left, column);
    right = Math.max(right, column);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}
