// Whether a picture is like those that the model knows: by what its best parse leaves unexplained, and by its edge, where
// towers on a ground never stand. Says so in words.

import { whiteBorder } from "./background";

export type Likeness = {
  /** Mean squared error per pixel and channel of the best parse. */
  readonly error: number;
  /** The largest error that is usual, as below. */
  readonly limit: number;
  /** Share of what differs from a white picture that the parse explains, 0 to 1; 1 for a white picture. */
  readonly explained: number;
  /** Share of the outermost pixels that are white. */
  readonly border: number;
  readonly isUnlike: boolean;
  /** Why, in one or two sentences; "" where it is not unlike. */
  readonly why: string;
};

/**
 * Errors above this are unusual. 99 % of held-out scenes leave less than 0.00002 under the models that ship
 * (scripts/blocks-usual.mjs); people's files, which were resized and compressed, leave up to five times as much.
 */
export const USUAL_ERROR = 0.002;
/** Less explained than this is unlike, however small the error: a small thing on much white. */
export const LEAST_EXPLAINED = 0.7;
/** Less white at the edge than this is unlike. */
export const LEAST_BORDER = 0.8;

/**
 * @param picture [R, R, 3] observed, 0 to 1
 * @param error of the best parse, per pixel and channel
 * @param limit the largest error that is usual
 */
export function likenessOf(picture: ArrayLike<number>, error: number, limit = USUAL_ERROR): Likeness {
  const blank = Array.from(picture).reduce((sum, value) => sum + (1 - value) ** 2, 0) / picture.length;
  const explained = blank < 1e-6 ? 1 : Math.max(0, 1 - error / blank);
  const border = whiteBorder(picture);
  const whys = [
    error > limit
      ? `The best parse leaves a squared error of ${errorText(error)} a pixel and channel; up to ${errorText(limit)} is usual.`
      : "",
    explained < LEAST_EXPLAINED ? `It explains ${percent(explained)} of what is not white.` : "",
    border < LEAST_BORDER ? `${percent(1 - border)} of the picture's edge is not background.` : "",
  ].filter((why) => why !== "");
  return { error, limit, explained, border, isUnlike: whys.length > 0, why: whys.join(" ") };
}

/** When a picture counts as unlike, the rest of a sentence. */
export function unlikeRule({ limit }: Likeness): string {
  return `unlike when the best parse leaves more than ${errorText(limit)}, explains less than ${percent(LEAST_EXPLAINED)} of what is not white, or more than ${percent(1 - LEAST_BORDER)} of the edge is not background.`;
}

/** "0.0042" */
export const errorText = (error: number): string => String(Number(error.toPrecision(2)));

const percent = (share: number): string => `${Math.round(100 * share)} %`;
