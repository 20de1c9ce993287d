// What the page and the command line use of a person's series: reading, resampling, fits, words for times. All pure.

import { describeFit, forecastScore, scoreWords } from "./describeFit";
import { type Example, examples } from "./examples";
import { chooseColumn, MOST_SERIES, prepareTable } from "./fromUpload";
import { looksNumeric } from "./numberCells";
import { fitInPieces, fitSeries, refineInPieces } from "./ownFit";
import { userDataOf } from "./ownSeries";
import { readTable } from "./readTable";
import { FEWEST, resample } from "./resample";
import { LIMITS_TEXT, READ_DEFAULTS } from "./table";
import { ownValue, spanText, threeDigits, timeAt, timeText } from "./timeText";

export type OwnTools = {
  readonly readDefaults: typeof READ_DEFAULTS;
  /** Text -> table of raw cells with how it was decided. */
  readonly readTable: typeof readTable;
  /** Table -> every column as 128 points, or why there are none; bad cells with row and column. */
  readonly prepareTable: typeof prepareTable;
  readonly chooseColumn: typeof chooseColumn;
  /** Values at times -> 128 points, for curves that are drawn. */
  readonly resample: typeof resample;
  /** Parameters of one expression fitted to a series, with everything that is drawn of it; and some steps more. */
  readonly fitSeries: typeof fitSeries;
  readonly fitInPieces: typeof fitInPieces;
  readonly refineInPieces: typeof refineInPieces;
  readonly describeFit: typeof describeFit;
  /** How good a forecast was where that is known, and the same in words. */
  readonly forecastScore: typeof forecastScore;
  readonly scoreWords: typeof scoreWords;
  readonly examples: () => readonly Example[];
  readonly looksNumeric: typeof looksNumeric;
  readonly userDataOf: typeof userDataOf;
  readonly timeAt: typeof timeAt;
  readonly timeText: typeof timeText;
  readonly spanText: typeof spanText;
  readonly ownValue: typeof ownValue;
  readonly threeDigits: typeof threeDigits;
  readonly fewest: number;
  readonly mostSeries: number;
  readonly limits: string;
};

export const ownTools: OwnTools = {
  readDefaults: READ_DEFAULTS,
  readTable,
  prepareTable,
  chooseColumn,
  resample,
  fitSeries,
  fitInPieces,
  refineInPieces,
  describeFit,
  forecastScore,
  scoreWords,
  examples,
  looksNumeric,
  userDataOf,
  timeAt,
  timeText,
  spanText,
  ownValue,
  threeDigits,
  fewest: FEWEST,
  mostSeries: MOST_SERIES,
  limits: LIMITS_TEXT,
};
