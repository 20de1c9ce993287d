// Is a picture an automaton? Closed-form explanations compared by description length with independent pixels.
// Source: automata specification, section 8, steps 4 to 6. Lengths are in bits.

import { countTransitions } from "./counts";
import type { RgbaPicture } from "./greyPicture";
import type { Boundary, Grid, Neighbours } from "./grid";
import { numBits } from "./grid";
import { binaryEntropy, majorityRule, mismatches } from "./likelihood";
import type { PictureSettings } from "./preparePicture";
import { preparePicture } from "./preparePicture";
import { mirrorIndex, printRule } from "./program";

/** One way to read a picture as an automaton, with its closed-form optimum. */
export type Explanation = {
  readonly neighbours: Neighbours;
  readonly boundary: Boundary;
  /** "mirrored": time runs from right to left. (Top for bottom gives the mirrored rule and the same length.) */
  readonly time: "forward" | "mirrored";
  /** True if the rule is held to treat the cells above and below alike. */
  readonly symmetric: boolean;
  readonly rule: number;
  readonly printed: string;
  /** Disagreeing transitions over all transitions: the noise level. */
  readonly noise: number;
  readonly wrong: number;
  readonly transitions: number;
  /** Bits for the transitions: noise, rule and the noise level's own precision. */
  readonly bits: number;
  /** Bits for the whole picture over its pixels; the first column costs one bit a pixel. */
  readonly bitsPerPixel: number;
  /** Bits saved against independent pixels; negative if there is no saving. */
  readonly saving: number;
};

export type Analysis = {
  readonly best: Explanation;
  /** Every reading that was compared, best first. */
  readonly explanations: readonly Explanation[];
  /** Bits per pixel of independent pixels with the picture's own share of dark cells. */
  readonly independentBitsPerPixel: number;
  /** Bits per pixel saved by the best explanation. */
  readonly savingPerPixel: number;
  readonly isAutomaton: boolean;
  /** True if copying every cell from its left neighbour does nearly as well as the best rule: broad shapes, no growth. */
  readonly isSmooth: boolean;
  /** One plain sentence. */
  readonly verdict: string;
};

/** Share of the saving that a rule must win over plain copying to count as more than smoothness. */
const OVER_COPYING = 0.1;

/** T * Hb(noise) + free bits of the rule + 1/2 log2 T, in bits. */
export function descriptionLength(transitions: number, noise: number, freeBits: number): number {
  return transitions * binaryEntropy(noise) + freeBits + 0.5 * Math.log2(Math.max(1, transitions));
}

/** The picture with its columns in the opposite order. */
export function mirrorTime(grid: Grid): Grid {
  const { height, width, pixels } = grid;
  const out = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let j = 0; j < width; j++) out[y * width + j] = pixels[y * width + width - 1 - j]!;
  }
  return { height, width, pixels: out };
}

/** Counts in which each neighbourhood shares those of its mirror image; `free` is the number of classes. */
function poolMirrored(counts: Uint32Array, neighbours: Neighbours): { pooled: Uint32Array; free: number } {
  const pooled = counts.slice();
  let free = 0;
  for (let i = 0; i < numBits(neighbours); i++) {
    const m = mirrorIndex(i, neighbours);
    if (m >= i) free++;
    if (m === i) continue;
    for (let v = 0; v < 2; v++) pooled[2 * i + v] = counts[2 * i + v]! + counts[2 * m + v]!;
  }
  return { pooled, free };
}

function independentBits(counts: Uint32Array): { bits: number; transitions: number } {
  let light = 0;
  let dark = 0;
  for (let i = 0; i < counts.length; i += 2) {
    light += counts[i]!;
    dark += counts[i + 1]!;
  }
  const transitions = light + dark;
  return { bits: descriptionLength(transitions, transitions === 0 ? 0 : dark / transitions, 0), transitions };
}

/** The best rule for a picture under one reading, and what it costs. */
export function explainPicture(
  grid: Grid,
  reading: Pick<Explanation, "neighbours" | "boundary" | "time" | "symmetric">,
): Explanation {
  const { neighbours, boundary, symmetric } = reading;
  const size = numBits(neighbours);
  const counts = countTransitions(reading.time === "forward" ? grid : mirrorTime(grid), neighbours, boundary);
  const { pooled, free } = symmetric ? poolMirrored(counts, neighbours) : { pooled: counts, free: size };
  const { rule } = majorityRule(pooled, 0, size);
  const wrong = mismatches(counts, 0, size, rule);
  const independent = independentBits(counts);
  const noise = independent.transitions === 0 ? 0 : wrong / independent.transitions;
  const bits = descriptionLength(independent.transitions, noise, free);
  return {
    ...reading,
    rule,
    printed: printRule(rule, neighbours),
    noise,
    wrong,
    transitions: independent.transitions,
    bits,
    bitsPerPixel: (bits + grid.height) / (grid.height * grid.width),
    saving: independent.bits - bits,
  };
}

/** Bits if every cell repeats its left neighbour but for a share of changes: what any picture of broad shapes allows. */
export function copyBits(grid: Grid): number {
  const { height, width, pixels } = grid;
  const transitions = height * (width - 1);
  let changes = 0;
  for (let i = 0; i < pixels.length; i++) if (i % width > 0 && pixels[i] !== pixels[i - 1]) changes++;
  return descriptionLength(transitions, transitions === 0 ? 0 : changes / transitions, 0);
}

/**
 * Compares every reading of a picture (3 and 5 neighbours, time forward and mirrored, free and symmetric rules).
 * A picture is called an automaton if the best reading saves more than the bits it takes to name one of the readings,
 * and if copying the left neighbour does not save nearly as much (then it is merely smooth).
 */
export function analysePicture(grid: Grid, boundaries: readonly Boundary[] = ["zero"]): Analysis {
  const explanations: Explanation[] = [];
  for (const boundary of boundaries) {
    for (const neighbours of [3, 5] as const) {
      for (const time of ["forward", "mirrored"] as const) {
        for (const symmetric of [false, true]) {
          explanations.push(explainPicture(grid, { neighbours, boundary, time, symmetric }));
        }
      }
    }
  }
  explanations.sort((a, b) => b.saving - a.saving);
  const best = explanations[0]!;
  const area = grid.height * grid.width;
  const savesBits = best.saving > Math.log2(explanations.length);
  const isSmooth = savesBits && copyBits(grid) - best.bits < OVER_COPYING * best.saving;
  const independent = (best.bits + best.saving + grid.height) / area;
  return {
    best,
    explanations,
    independentBitsPerPixel: independent,
    savingPerPixel: best.saving / area,
    isAutomaton: savesBits && !isSmooth,
    isSmooth,
    verdict: isSmooth ? smoothVerdict(best, independent) : verdictOf(best, savesBits, independent),
  };
}

function smoothVerdict(best: Explanation, independent: number): string {
  const bits = `${best.bitsPerPixel.toFixed(2)} bits per pixel, ${independent.toFixed(2)} for independent pixels`;
  return `This is a smooth picture rather than an automaton: repeating each cell to the right explains it about as well as any rule does (${bits}).`;
}

function verdictOf(best: Explanation, isAutomaton: boolean, independent: number): string {
  if (!isAutomaton) {
    return `This is not an automaton: no rule with 3 or 5 neighbours describes the picture in fewer bits than independent pixels (${independent.toFixed(2)} bits per pixel).`;
  }
  const percent = (100 * best.noise).toFixed(1);
  const cost = `${best.bitsPerPixel.toFixed(2)} bits per pixel instead of ${independent.toFixed(2)}`;
  const how = `${best.symmetric ? "a symmetric" : "a"} rule with ${best.neighbours} neighbours${best.time === "mirrored" ? ", read from right to left," : ""}`;
  if (best.noise > 0.15) {
    return `This is hardly an automaton: ${how} saves something (${cost}), but ${percent} % of the cells disagree with it.`;
  }
  return `This looks like an automaton: ${how} needs ${cost}; ${percent} % of the cells disagree with it.`;
}

/** One row of the search over sizes. */
export type ScaleRow = {
  readonly height: number;
  readonly width: number;
  /** Every how many columns one is kept. */
  readonly stride: number;
  readonly best: Explanation;
  readonly savingPerPixel: number;
  readonly isAutomaton: boolean;
};

/** Every `stride`-th column of a grid, from the first. */
export function keepColumns(grid: Grid, stride: number): Grid {
  const width = Math.ceil(grid.width / stride);
  const pixels = new Uint8Array(grid.height * width);
  for (let y = 0; y < grid.height; y++) {
    for (let j = 0; j < width; j++) pixels[y * width + j] = grid.pixels[y * grid.width + j * stride]!;
  }
  return { height: grid.height, width, pixels };
}

export const SCALE_HEIGHTS: readonly number[] = [24, 32, 48, 64, 96];
export const COLUMN_STRIDES: readonly number[] = [1, 2, 3, 4];

/** The search over grid heights and column strides, best saving per pixel first. Grids under 8 columns are left out. */
export function searchScales(
  picture: RgbaPicture,
  settings: PictureSettings,
  heights: readonly number[] = SCALE_HEIGHTS,
  strides: readonly number[] = COLUMN_STRIDES,
): ScaleRow[] {
  const rows: ScaleRow[] = [];
  for (const height of heights) {
    const { grid } = preparePicture(picture, { ...settings, height, width: null });
    for (const stride of strides) {
      const kept = keepColumns(grid, stride);
      if (kept.width < 8) continue;
      const { best, savingPerPixel, isAutomaton } = analysePicture(kept);
      rows.push({ height, width: kept.width, stride, best, savingPerPixel, isAutomaton });
    }
  }
  return rows.sort((a, b) => b.savingPerPixel - a.savingPerPixel);
}
