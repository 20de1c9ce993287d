// The domain's pure functions for views and the command line, as one typed record. Light: what generates data or reads
// files is loaded elsewhere.

import { Rng } from "../../engine/rng/rng";
import { isSameKernel, kernelKey, sameKernelGroups } from "./kernelKey";
import { parseProgram } from "./parse";
import { printFitted, printProgram } from "./print";
import { NUM_POINTS, SPACING, symbolsOf } from "./program";
import { readingTools } from "./upload/onDemand";
import type { OwnTools } from "./upload/ownTools";

/** All functions are pure; shapes and units are in their own docstrings. */
export type SeriesTools = {
  readonly numPoints: number;
  readonly spacing: number;
  readonly printProgram: typeof printProgram;
  readonly printFitted: typeof printFitted;
  readonly parseProgram: typeof parseProgram;
  readonly symbolsOf: typeof symbolsOf;
  readonly kernelKey: typeof kernelKey;
  readonly isSameKernel: typeof isSameKernel;
  readonly sameKernelGroups: typeof sameKernelGroups;
  /** A person's numbers as series, their fits and words; after DomainSpec.loadReaders. */
  readonly reading: () => OwnTools;
  /** A stream of random numbers of its own, for pictures that sample. */
  readonly rng: (seed: number) => Rng;
};

export const tools: SeriesTools = {
  numPoints: NUM_POINTS,
  spacing: SPACING,
  printProgram,
  printFitted,
  parseProgram,
  symbolsOf,
  kernelKey,
  isSameKernel,
  sameKernelGroups,
  reading: readingTools,
  rng: (seed) => new Rng(seed).fork("views"),
};
