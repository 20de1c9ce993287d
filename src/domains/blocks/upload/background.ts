// The background of a picture: its colour from the border, an even change of light across it, and the picture with that
// background made white. Pure arithmetic on typed arrays.

import type { RgbPicture } from "./resizePicture";

/** One channel of the background: value at the middle, slopes across and down over the whole picture. */
type Plane = readonly [middle: number, across: number, down: number];

export type Background = {
  /** Median colour of the border, 0 to 1. */
  readonly color: readonly [number, number, number];
  /** Share of the border that is near it, 0 to 1. */
  readonly share: number;
  readonly planes: readonly [Plane, Plane, Plane];
  /** The light changes across the picture by so much at most, as a share of the background. */
  readonly change: number;
};

/** Distance (largest channel) up to which a pixel may be background under uneven light, and for certain. */
const [NEAR, SURE] = [0.12, 0.06];
/** A change of light beyond this share is taken for something in the picture. */
const MOST_CHANGE = 0.35;
/** Changes below this one are grain. */
const LEAST_CHANGE = 0.02;
/** A background this light in every channel is divided out; a darker one is replaced. */
const LIGHT = 0.45;

/** What stands behind everything, read off the border. */
export function backgroundOf(picture: RgbPicture): Background {
  const border = borderOf(picture);
  const color = [0, 1, 2].map((c) => median(border.map((i) => picture.values[3 * i + c]!)));
  const [red = 0, green = 0, blue = 0] = color;
  const flat: Background["planes"] = [
    [red, 0, 0],
    [green, 0, 0],
    [blue, 0, 0],
  ];
  const near = border.filter((i) => distance(picture.values, i, color) <= NEAR);
  const share = near.length / border.length;
  const planes = color.map((_, c) => fitPlane(picture, near, c, color[c]!)) as unknown as Background["planes"]; // three
  const change = Math.max(
    ...planes.map(([middle, across, down]) => (Math.abs(across) + Math.abs(down)) / (middle || 1)),
  );
  const isEven = !(change >= LEAST_CHANGE && change <= MOST_CHANGE) || share < 0.5;
  const found = { color: [red, green, blue] as const, share };
  return isEven ? { ...found, planes: flat, change: 0 } : { ...found, planes, change };
}

/** The picture with its background made white; values 0 to 1. */
export function onWhite(picture: RgbPicture, background: Background): RgbPicture {
  const { width, height, values } = picture;
  const isLight = background.color.every((channel) => channel >= LIGHT);
  const made = new Float32Array(values.length);
  const behind = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 3 * (y * width + x);
      for (let c = 0; c < 3; c++) behind[c] = planeAt(background.planes[c]!, x / width - 0.5, y / height - 0.5);
      if (isLight)
        for (let c = 0; c < 3; c++) made[at + c] = Math.min(1, values[at + c]! / Math.max(LIGHT / 2, behind[c]!));
      else putOnWhite(values, made, at, behind);
    }
  }
  return { width, height, values: made };
}

/** Dark backgrounds are cut out: what is near them becomes white, softly. */
function putOnWhite(values: Float32Array, made: Float32Array, at: number, behind: readonly number[]): void {
  let far = 0;
  for (let c = 0; c < 3; c++) far = Math.max(far, Math.abs(values[at + c]! - behind[c]!));
  const share = Math.min(1, Math.max(0, (far - SURE) / (NEAR - SURE)));
  for (let c = 0; c < 3; c++) made[at + c] = 1 + share * (values[at + c]! - 1);
}

/** Share of the outermost pixels that are white, of a picture [R, R, 3] of values 0 to 1: towers do not reach the edge. */
export function whiteBorder(values: ArrayLike<number>): number {
  const side = Math.round(Math.sqrt(values.length / 3));
  const border = borderOf({ width: side, height: side });
  const white = border.filter((i) => [0, 1, 2].every((c) => values[3 * i + c]! >= 1 - NEAR));
  return white.length / border.length;
}

/** Indices of the outermost pixels: a frame of 1/32 of the shorter side. */
function borderOf({ width, height }: Pick<RgbPicture, "width" | "height">): readonly number[] {
  const frame = Math.max(1, Math.round(Math.min(width, height) / 32));
  const found: number[] = [];
  for (let y = 0; y < height; y++) {
    const isEdge = y < frame || y >= height - frame;
    for (let x = 0; x < width; x++) if (isEdge || x < frame || x >= width - frame) found.push(y * width + x);
  }
  return found;
}

/** Least squares of value = middle + across u + down v over some pixels, u and v from -1/2 to 1/2. */
function fitPlane(
  { width, height, values }: RgbPicture,
  pixels: readonly number[],
  channel: number,
  else_: number,
): Plane {
  // Normal equations of three unknowns, by Cramer's rule.
  const m = [0, 0, 0, 0, 0, 0];
  const b = [0, 0, 0];
  for (const i of pixels) {
    const u = (i % width) / width - 0.5;
    const v = Math.floor(i / width) / height - 0.5;
    const value = values[3 * i + channel]!;
    for (const [k, term] of [1, u, v, u * u, u * v, v * v].entries()) m[k] = m[k]! + term;
    for (const [k, term] of [value, value * u, value * v].entries()) b[k] = b[k]! + term;
  }
  const [n, su, sv, suu, suv, svv] = m as [number, number, number, number, number, number];
  const determinant = n * (suu * svv - suv * suv) - su * (su * svv - suv * sv) + sv * (su * suv - suu * sv);
  if (!(Math.abs(determinant) > 1e-9)) return [else_, 0, 0];
  const [p, q, r] = b as [number, number, number];
  const middle = p * (suu * svv - suv * suv) - su * (q * svv - suv * r) + sv * (q * suv - suu * r);
  const across = n * (q * svv - suv * r) - p * (su * svv - suv * sv) + sv * (su * r - q * sv);
  const down = n * (suu * r - q * suv) - su * (su * r - q * sv) + p * (su * suv - suu * sv);
  return [middle / determinant, across / determinant, down / determinant];
}

const planeAt = ([middle, across, down]: Plane, u: number, v: number): number => middle + across * u + down * v;

function distance(values: Float32Array, pixel: number, color: readonly number[]): number {
  return Math.max(...[0, 1, 2].map((c) => Math.abs(values[3 * pixel + c]! - color[c]!)));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 1;
}
