// Decisions about a person's own picture, as pure functions: the settings to begin with, the grid that the model sees,
// what stands in the way of training, and the options that training with it needs.

import type { AutomataTools, Boundary, Grid } from "../../../../domains/automata";
import type { UserData } from "../../../../engine/domain";
import type { OptionValues } from "../../../../engine/options";
import type { DecodedPicture } from "../../../try/decodePicture";

export type PictureSettings = AutomataTools["pictureDefaults"];
export type Analysis = ReturnType<AutomataTools["analysePicture"]>;
export type Explanation = Analysis["best"];
export type ScaleRow = ReturnType<AutomataTools["searchScales"]>[number];

/** Settings of the dialog: the domain's own, and what the dialog adds. */
export type OwnSettings = PictureSettings & {
  /** Every how many columns one is kept, 1 to 4. */
  readonly stride: number;
  readonly boundary: Boundary;
};

/** What the model would see, and whether it is an automaton. */
export type Seen = {
  readonly grid: Grid;
  readonly threshold: number;
  readonly analysis: Analysis;
  /** One sentence if nothing can be learned from this grid. */
  readonly problem: string | null;
};

/** Settings to begin with: the run's own height, the zero boundary of uploaded pictures, Otsu's threshold. */
export function firstSettings(tools: AutomataTools, options: OptionValues): OwnSettings {
  return { ...tools.pictureDefaults, height: tools.settingsOf(options).height, stride: 1, boundary: "zero" };
}

/** The grid under these settings and its closed-form explanations. */
export function seenByModel(tools: AutomataTools, picture: DecodedPicture, settings: OwnSettings): Seen {
  const { grid: full, threshold, darkShare } = tools.preparePicture(picture, settings);
  const grid = keptColumns(full, settings.stride);
  const isFlat = darkShare === 0 || darkShare === 1;
  const problem = isFlat
    ? "What the model sees is all one colour: move the threshold or choose another part of the picture."
    : grid.width < 8
      ? `Only ${grid.width} columns are left; at least 8 are needed: use more rows or a wider part.`
      : null;
  return { grid, threshold, analysis: tools.analysePicture(grid, [settings.boundary]), problem };
}

/** Every `stride`-th column of a grid, from the first. */
export function keptColumns(grid: Grid, stride: number): Grid {
  if (stride <= 1) return grid;
  const width = Math.ceil(grid.width / stride);
  const pixels = new Uint8Array(grid.height * width);
  for (let y = 0; y < grid.height; y++) {
    for (let j = 0; j < width; j++) pixels[y * width + j] = grid.pixels[y * grid.width + j * stride] ?? 0;
  }
  return { height: grid.height, width, pixels };
}

/** Where a search for the first settings may begin: growth direction and rows of the grid. */
export type Start = Pick<OwnSettings, "direction" | "height">;

/**
 * Direction and rows at which the picture is most like an automaton; the first candidate stays unless another saves
 * clearly more (0.02 bits per pixel). A drawn picture of cells is read cell by cell.
 */
export async function bestStart(
  tools: AutomataTools,
  picture: DecodedPicture,
  settings: OwnSettings,
  pause: () => Promise<void>,
): Promise<Start> {
  const cells = drawnCells(picture);
  let best: Start = settings;
  let most = Number.NEGATIVE_INFINITY;
  for (const direction of ["right", "down", "left", "up"] as const) {
    const rows = direction === "right" || direction === "left" ? cells?.rows : cells?.columns;
    const heights = rows && rows <= 256 ? [rows] : [...new Set([settings.height, 64, 96])];
    for (const height of heights) {
      await pause();
      const { analysis, problem } = seenByModel(tools, picture, { ...settings, direction, height });
      if (problem || analysis.savingPerPixel <= most + 0.02) continue;
      most = analysis.savingPerPixel;
      best = { direction, height };
    }
  }
  return { direction: best.direction, height: best.height };
}

/** Rows and columns of a picture drawn as equal squares of two tones; null for photographs and single-pixel cells. */
export function drawnCells(picture: DecodedPicture): { readonly rows: number; readonly columns: number } | null {
  const { width, height, rgba } = picture;
  const grey = (x: number, y: number) => rgba[4 * (y * width + x) + 1] ?? 0;
  let side = divisor(width, height);
  let edges = 0;
  for (let y = 0; y < height && side > 1; y++) {
    for (let x = 0; x < width && side > 1; x++) {
      const right = x > 0 && Math.abs(grey(x, y) - grey(x - 1, y)) > 24;
      const below = y > 0 && Math.abs(grey(x, y) - grey(x, y - 1)) > 24;
      if (right) side = divisor(side, x);
      if (below) side = divisor(side, y);
      if (right || below) edges++;
    }
  }
  return side > 1 && edges > 0 ? { rows: height / side, columns: width / side } : null;
}

/** Options under which the run can use the grid: its size where the run's pictures are larger or when asked to match. */
export function optionsForGrid(
  tools: AutomataTools,
  options: OptionValues,
  grid: Grid,
  matchSize: boolean,
  neighbours: 3 | 5 | null,
): OptionValues {
  const run = tools.settingsOf(options);
  const isTooSmall = grid.height < run.height || grid.width < run.width;
  const size = matchSize ? grid : isTooSmall ? smaller(run, grid) : null;
  return {
    ...options,
    ...(size ? { height: size.height, width: size.width } : {}),
    ...(neighbours ? { neighbours: String(neighbours) } : {}),
  };
}

/** The user data for a run, or one sentence that says why there is none. */
export function userDataFor(
  tools: AutomataTools,
  name: string,
  seen: Seen,
  boundary: Boundary,
  options: OptionValues,
): { readonly ok: true; readonly userData: UserData } | { readonly ok: false; readonly message: string } {
  if (seen.problem) return { ok: false, message: seen.problem };
  const result = tools.userDataOf(name, seen.grid, boundary, options);
  if (result.ok) return { ok: true, userData: result.userData };
  return { ok: false, message: result.problems.map((problem) => problem.message).join(" ") };
}

/** The grid as the chosen explanation reads it, time to the right, and back again. */
export function readGrid(tools: AutomataTools, grid: Grid, explanation: Explanation): Grid {
  return explanation.time === "mirrored" ? tools.mirrorTime(grid) : grid;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

function smaller(
  run: { readonly height: number; readonly width: number },
  grid: Grid,
): { readonly height: number; readonly width: number } {
  return { height: Math.min(run.height, grid.height), width: Math.min(run.width, grid.width) };
}
