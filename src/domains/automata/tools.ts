// The domain's pure functions for views and the command line, as one typed record.

import type { UploadResult } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";
import { Rng } from "../../engine/rng/rng";
import { analysePicture, explainPicture, mirrorTime, searchScales } from "./analysePicture";
import { readBitmaps } from "./bitmapText";
import { countTransitions, visitedBits } from "./counts";
import { disagreements, extrapolate, growFrom } from "./extrapolate";
import { generatePicture } from "./generate";
import { gridFromRows, numBits, rowsOfGrid } from "./grid";
import {
  bestNoise,
  leastNoise,
  logLikelihood,
  logMarginal,
  majorityRule,
  mismatches,
  oracleBitsPerPixel,
  posteriorBits,
} from "./likelihood";
import { neighboursOf, settingsOf } from "./options";
import { PICTURE_DEFAULTS, preparePicture } from "./preparePicture";
import { invertRule, mirrorRule, printRule, ruleBit, ruleNumber } from "./program";
import { userDataOf } from "./upload";

/** All functions are pure; shapes and units are in their own docstrings. */
export type AutomataTools = {
  readonly neighboursOf: (options: OptionValues) => 3 | 5;
  readonly settingsOf: typeof settingsOf;
  readonly numBits: typeof numBits;
  readonly ruleBit: typeof ruleBit;
  readonly ruleNumber: typeof ruleNumber;
  readonly printRule: typeof printRule;
  readonly mirrorRule: typeof mirrorRule;
  readonly invertRule: typeof invertRule;
  readonly countTransitions: typeof countTransitions;
  readonly visitedBits: typeof visitedBits;
  readonly mismatches: typeof mismatches;
  readonly logLikelihood: typeof logLikelihood;
  readonly logMarginal: typeof logMarginal;
  readonly majorityRule: typeof majorityRule;
  readonly leastNoise: typeof leastNoise;
  readonly posteriorBits: typeof posteriorBits;
  readonly bestNoise: typeof bestNoise;
  readonly oracleBitsPerPixel: typeof oracleBitsPerPixel;
  readonly disagreements: typeof disagreements;
  readonly extrapolate: typeof extrapolate;
  readonly growFrom: typeof growFrom;
  readonly generatePicture: typeof generatePicture;
  readonly gridFromRows: typeof gridFromRows;
  readonly rowsOfGrid: typeof rowsOfGrid;
  readonly mirrorTime: typeof mirrorTime;
  readonly pictureDefaults: typeof PICTURE_DEFAULTS;
  readonly preparePicture: typeof preparePicture;
  readonly analysePicture: typeof analysePicture;
  readonly explainPicture: typeof explainPicture;
  readonly searchScales: typeof searchScales;
  readonly readBitmaps: typeof readBitmaps;
  /** A prepared grid as user data of the run's size. */
  readonly userDataOf: (...args: Parameters<typeof userDataOf>) => UploadResult;
  /** A stream of random numbers for noisy extrapolations: the same seed gives the same picture. */
  readonly rng: (seed: number) => Rng;
};

export const tools: AutomataTools = {
  neighboursOf,
  settingsOf,
  numBits,
  ruleBit,
  ruleNumber,
  printRule,
  mirrorRule,
  invertRule,
  countTransitions,
  visitedBits,
  mismatches,
  logLikelihood,
  logMarginal,
  majorityRule,
  leastNoise,
  posteriorBits,
  bestNoise,
  oracleBitsPerPixel,
  disagreements,
  extrapolate,
  growFrom,
  generatePicture,
  gridFromRows,
  rowsOfGrid,
  mirrorTime,
  pictureDefaults: PICTURE_DEFAULTS,
  preparePicture,
  analysePicture,
  explainPicture,
  searchScales,
  readBitmaps,
  userDataOf,
  rng: (seed) => new Rng(seed).fork("views"),
};
