// The Gaussian process of the domain: its grid, its noise, and what a string costs. Source: HMWS specification, section 8.

import type { GaussianProcessSpec } from "../../engine/kernels/gaussianProcess/gaussianProcess";
import { MOST_ATOMS, MOST_OPS, NUM_POINTS, SPACING } from "./program";

export const SERIES_PROCESS: GaussianProcessSpec = {
  points: NUM_POINTS,
  spacing: SPACING,
  noise: 0.02,
  jitter: 0.001,
  mostAtoms: MOST_ATOMS,
  mostOps: MOST_OPS,
};

/** log p(x | z) of a string that is no expression: finite, so that weights stay defined where there is no other. */
export const ILL_FORMED_LOG_LIKELIHOOD = -1e6;

/** Nats that the released code takes off log p(z, x) for each symbol; the default of the option. */
export const LENGTH_PENALTY = 10;
