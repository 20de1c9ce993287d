// A person's picture -> the 28 x 28 bits that the model sees: ink and paper told apart, centred, scaled, thresholded.
// Light and pure: the page shows the result while the person moves the settings.

import { AreaAverage, bitsFrom } from "../data/reduce";
import { SIDE } from "../images";
import { boxOfInk, type InkBox, type InkPicture, inkOfPicture, type RgbaPicture, withoutDust } from "./inkOfPicture";

export type PictureSettings = {
  /** The middle of the ink comes to the middle of the paper; else it stays where it was. */
  readonly centre: boolean;
  /** Cells of the ink's longer side, up to 28; 0 leaves the size alone: the picture's longer side is the paper's. */
  readonly size: number;
  /** Share of ink from which a cell is ink, above 0 and up to 1; null: decided from the picture. */
  readonly threshold: number | null;
  /** Light ink on dark paper; null: decided from the picture. */
  readonly invert: boolean | null;
};

/** Settings of drawings and photographs: as large as the characters that the lab's models learn from. */
export const PICTURE_DEFAULTS: PictureSettings = { centre: true, size: 18, threshold: null, invert: null };

/** Settings under which a bitmap of 28 x 28 is read cell by cell. */
export const BITMAP_SETTINGS: PictureSettings = { centre: false, size: 0, threshold: 0.5, invert: false };

/** What the model sees, or what is wrong, as the rest of a sentence that begins with the picture's name. */
export type PreparedPicture = { readonly threshold: number; readonly isInverted: boolean } & (
  | {
      readonly ok: true;
      /** [SIDE * SIDE] of 0 and 1 (ink). */
      readonly pixels: Uint8Array;
      /** How the file became this picture, one sentence. */
      readonly note: string;
    }
  | { readonly ok: false; readonly problem: string }
);

/** Longest side of a picture that is read, pixels. */
export const LONGEST_SIDE = 10_000;
/** Threshold of strokes as wide as a cell, and how far thin strokes lower it. */
const [FULL, LEAST] = [0.25, 0.02];
/** Cells with less ink do not tell how wide the strokes are. */
const TRACE = 0.02;
/** Share of ink from which a character is no line drawing any more. */
const MUCH_INK = 0.4;

/** Brings a picture to 28 x 28 bits under these settings. Never throws. */
export function preparePicture(picture: RgbaPicture, settings: PictureSettings): PreparedPicture {
  const given = { threshold: settings.threshold ?? FULL, isInverted: settings.invert ?? false };
  const size = sizeProblem(picture);
  if (size) return { ok: false, problem: size, ...given };
  const found = inkOfPicture(picture, settings.invert);
  if (!found) return { ok: false, problem: "is all one colour; it needs ink on paper.", ...given };
  const { isInverted } = found;
  const isMoved = settings.centre || settings.size > 0;
  const ink = isMoved ? withoutDust(found) : found;
  const box = boxOfInk(ink) ?? { left: 0, top: 0, width: ink.width, height: ink.height };
  const shares = placed(ink, box, settings);
  const threshold = settings.threshold ?? decidedThreshold(shares);
  const pixels = bitsFrom(shares, threshold);
  const share = pixels.reduce((sum, bit) => sum + bit, 0) / pixels.length;
  const percent = Math.round(100 * threshold);
  if (share === 0) {
    const problem = `has no ink left at a threshold of ${percent} %; lower it.`;
    return { ok: false, problem, threshold, isInverted };
  }
  if (share === 1) {
    return { ok: false, problem: `is all ink at a threshold of ${percent} %; raise it.`, threshold, isInverted };
  }
  return { ok: true, pixels, note: noteOf(settings, isInverted, threshold, share), threshold, isInverted };
}

function sizeProblem({ width, height, rgba }: RgbaPicture): string | null {
  if (width < 1 || height < 1 || rgba.length !== 4 * width * height) return "cannot be read as a picture.";
  if (width <= LONGEST_SIDE && height <= LONGEST_SIDE) return null;
  return `is ${width} by ${height} pixels; at most ${LONGEST_SIDE} on each side are allowed.`;
}

/** Share of ink of each cell after the ink was scaled and moved. */
function placed(ink: InkPicture, box: InkBox, { centre, size }: PictureSettings): Float64Array {
  const longest = Math.max(ink.width, ink.height);
  // Pixels per cell; without a size the picture's longer side fills the paper.
  const ratio = size > 0 ? Math.max(box.width, box.height) / Math.min(SIDE, size) : longest / SIDE;
  const length = ratio * SIDE;
  const window = (from: number, extent: number, whole: number) => {
    const middle = from + extent / 2;
    if (centre) return { begin: middle - length / 2, length };
    // Where the ink's middle was, as a share of the paper; ink that would leave the paper is moved back onto it.
    const share = 0.5 + (middle - whole / 2) / longest;
    const half = Math.min(0.5, extent / length / 2);
    return { begin: middle - Math.min(1 - half, Math.max(half, share)) * length, length };
  };
  const part = {
    rows: window(box.top, box.height, ink.height),
    columns: window(box.left, box.width, ink.width),
  };
  return new AreaAverage(ink.height, ink.width, SIDE, part).of(ink.values);
}

/** A quarter of the ink that full cells hold: strokes thinner than a cell lower it. */
function decidedThreshold(shares: Float64Array): number {
  const inked = shares.filter((share) => share > TRACE).sort();
  const full = inked[Math.floor(0.9 * (inked.length - 1))] ?? 1;
  return Math.max(LEAST, FULL * Math.min(1, full));
}

function noteOf({ centre, size }: PictureSettings, isInverted: boolean, threshold: number, share: number): string {
  const place = [centre ? "centred" : "", size > 0 ? `${Math.min(SIDE, size)} cells large` : ""].filter(Boolean);
  const how = place.length > 0 ? `${place.join(", ")}, ` : "";
  const ink = isInverted ? "Light ink on dark" : "Dark ink on light";
  const much = share > MUCH_INK ? " That is much for a line drawing." : "";
  return `${ink}, ${how}${Math.round(100 * share)} % ink at a threshold of ${Math.round(100 * threshold)} %.${much}`;
}
