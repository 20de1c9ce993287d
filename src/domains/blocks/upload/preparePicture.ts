// A person's picture -> the R x R colours that the model sees: transparent parts on white, a square, the background made
// white, averaged down. Light and pure: the page shows the result while the person changes the settings.

import { type Background, backgroundOf, onWhite } from "./background";
import { type RgbPicture, resized } from "./resizePicture";
import { bytesOf } from "./seenScene";

/** A decoded picture: 4 bytes a pixel, row by row. */
export type RgbaPicture = {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray | Uint8Array;
};

export type PictureSettings = {
  /** How it becomes square: the middle of it, or all of it with background added; null: decided from the picture. */
  readonly fit: "crop" | "pad" | null;
  /** The background becomes white, uneven light is evened out; else colours stay. */
  readonly normalise: boolean;
};

export const PICTURE_DEFAULTS: PictureSettings = { fit: null, normalise: true };

/** What the model sees, or what is wrong, as the rest of a sentence that begins with the picture's name. */
export type PreparedPicture =
  | {
      readonly ok: true;
      /** [R, R, 3] 0 to 255. */
      readonly pixels: Uint8Array;
      /** How the file became this picture. */
      readonly note: string;
      readonly fit: "crop" | "pad";
    }
  | { readonly ok: false; readonly problem: string };

/** Shortest and longest side of a picture that is read, and the most pixels (millions). */
export const SHORTEST_SIDE = 8;
export const LONGEST_SIDE = 10_000;
const MOST_MEGAPIXELS = 64;
/** Longest side that is looked at: larger pictures are averaged down first. */
const WORKING_SIDE = 512;
/** Longer side over shorter side beyond which nothing sensible is left of a square. */
const MOST_ASPECT = 8;
/** Largest difference of a channel, of 1, in a picture that is all one colour. */
const ONE_COLOR = 0.04;
/** A picture whose lost margins differ from the background by less is cropped. */
const MARGIN = 0.08;

/** Brings a picture to R x R. Never throws. @param side R */
export function preparePicture(picture: RgbaPicture, side: number, settings: PictureSettings): PreparedPicture {
  const wrong = sizeProblem(picture);
  if (wrong) return { ok: false, problem: wrong };
  const { rgb, isClear } = colorsOnWhite(picture);
  if (isOneColor(rgb)) return { ok: false, problem: "is all one colour; it needs towers on a background." };
  const background = backgroundOf(rgb);
  const fit = settings.fit ?? (isMarginEmpty(rgb, background) ? "crop" : "pad");
  const square = fit === "crop" ? cropped(rgb) : rgb;
  const light = settings.normalise ? onWhite(square, fit === "crop" ? backgroundOf(square) : background) : square;
  const paper = settings.normalise ? ([1, 1, 1] as const) : background.color;
  const small = resized(fit === "pad" ? padded(light, paper) : light, side, side);
  const note = [
    `${picture.width} by ${picture.height} pixels became ${side} by ${side}.`,
    isClear ? "Transparent parts became white." : "",
    squareWords(rgb, fit, settings.fit === null),
    settings.normalise ? backgroundWords(background) : "",
  ];
  return { ok: true, pixels: bytesOf(small.values), note: note.filter((part) => part !== "").join(" "), fit };
}

function sizeProblem({ width, height, rgba }: RgbaPicture): string | null {
  if (width < 1 || height < 1 || rgba.length !== 4 * width * height) return "cannot be read as a picture.";
  const sides = `is ${width} by ${height} pixels`;
  if (Math.min(width, height) < SHORTEST_SIDE) return `${sides}; at least ${SHORTEST_SIDE} on each side are needed.`;
  if (Math.max(width, height) > LONGEST_SIDE) return `${sides}; at most ${LONGEST_SIDE} on each side are allowed.`;
  if (width * height > MOST_MEGAPIXELS * 1e6) return `${sides}; at most ${MOST_MEGAPIXELS} million in all are allowed.`;
  if (Math.max(width, height) > MOST_ASPECT * Math.min(width, height)) {
    return `${sides}; one side may be at most ${MOST_ASPECT} times the other.`;
  }
  return null;
}

/** Colours 0 to 1 of blocks of pixels, so that no side is longer than WORKING_SIDE; transparent parts lie on white. */
function colorsOnWhite({ width, height, rgba }: RgbaPicture): { readonly rgb: RgbPicture; readonly isClear: boolean } {
  const block = Math.max(1, Math.ceil(Math.max(width, height) / WORKING_SIDE));
  const [columns, rows] = [Math.max(1, Math.floor(width / block)), Math.max(1, Math.floor(height / block))];
  const values = new Float32Array(3 * columns * rows);
  let isClear = false;
  const scale = 1 / (255 * block * block);
  for (let y = 0; y < rows * block; y++) {
    for (let x = 0; x < columns * block; x++) {
      const from = 4 * (y * width + x);
      const opacity = rgba[from + 3]! / 255;
      if (opacity < 1) isClear = true;
      const to = 3 * (Math.floor(y / block) * columns + Math.floor(x / block));
      for (let c = 0; c < 3; c++) values[to + c]! += (255 + opacity * (rgba[from + c]! - 255)) * scale;
    }
  }
  return { rgb: { width: columns, height: rows, values }, isClear };
}

function isOneColor({ values }: RgbPicture): boolean {
  return [0, 1, 2].every((channel) => {
    let [low, high] = [1, 0];
    for (let i = channel; i < values.length; i += 3) {
      low = Math.min(low, values[i]!);
      high = Math.max(high, values[i]!);
    }
    return high - low < ONE_COLOR;
  });
}

/** True where a square around the middle leaves out nothing but background. */
function isMarginEmpty({ width, height, values }: RgbPicture, background: Background): boolean {
  const side = Math.min(width, height);
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  let [other, all] = [0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (x >= left && x < left + side && y >= top && y < top + side) continue;
      all++;
      const at = 3 * (y * width + x);
      const far = [0, 1, 2].some((c) => {
        const [middle, across, down] = background.planes[c]!;
        return Math.abs(values[at + c]! - (middle + across * (x / width - 0.5) + down * (y / height - 0.5))) > MARGIN;
      });
      if (far) other++;
    }
  }
  return other <= 0.01 * all;
}

function cropped({ width, height, values }: RgbPicture): RgbPicture {
  const side = Math.min(width, height);
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  const made = new Float32Array(3 * side * side);
  for (let y = 0; y < side; y++) {
    const from = 3 * ((top + y) * width + left);
    made.set(values.subarray(from, from + 3 * side), 3 * y * side);
  }
  return { width: side, height: side, values: made };
}

function padded({ width, height, values }: RgbPicture, paper: readonly [number, number, number]): RgbPicture {
  const side = Math.max(width, height);
  const [left, top] = [Math.floor((side - width) / 2), Math.floor((side - height) / 2)];
  const made = new Float32Array(3 * side * side);
  for (let i = 0; i < made.length; i++) made[i] = paper[i % 3]!;
  for (let y = 0; y < height; y++) {
    made.set(values.subarray(3 * y * width, 3 * (y + 1) * width), 3 * ((top + y) * side + left));
  }
  return { width: side, height: side, values: made };
}

function squareWords({ width, height }: RgbPicture, fit: "crop" | "pad", isDecided: boolean): string {
  if (width === height) return "";
  const why = isDecided ? (fit === "crop" ? ": beyond it there was only background" : ": nothing is cut off") : "";
  return fit === "crop"
    ? `Cropped to the square in its middle${why}.`
    : `Its background was added on two sides to make a square${why}.`;
}

function backgroundWords({ color, change, share }: Background): string {
  if (share < 0.5) return "No even background was found at its edge.";
  const isWhite = color.every((channel) => channel >= 0.985);
  if (isWhite && change === 0) return "";
  const hex = `#${bytesOf(color).reduce((text, byte) => text + byte.toString(16).padStart(2, "0"), "")}`;
  const light = change > 0 ? `, whose light changes by ${Math.round(100 * change)} % across it,` : "";
  return `Its background (${hex})${light} became white.`;
}
