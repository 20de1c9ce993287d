// strokes.json (MWS specification 4.2) as far as the renderer is concerned. Reads the folder in LAB_FIXTURES, else the
// committed copy. Sizes come from the file; sections may be missing in another file of the format.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StrokeRendererSpec } from "../../src/engine/kernels/strokes/renderer";

type DistanceSample = {
  row?: number;
  col?: number;
  x: number;
  y: number;
  distance?: number[];
  inside_sector?: boolean[];
};
export type StrokeProgramVector = {
  ids: number[];
  on_off: number[];
  start_points?: number[][];
  logits_28x28?: number[][];
  logits_7rows_5cols?: number[][];
  distance_samples?: DistanceSample[];
  image?: string[];
  log_lik_bernoulli_no_affine?: number;
  log_lik_per_transform?: number[];
  log_lik_affine?: number;
  bits_per_pixel_if_this_were_log_p?: number;
};
type StrokesFile = {
  format?: string;
  num_primitives?: number;
  num_arcs?: number;
  start_point?: number[];
  raw: {
    pre_dxdy: number[][];
    pre_theta: number[];
    pre_sharpness: number[];
    pre_width: number[];
    pre_scale: number;
    bias: number;
  };
  derived?: {
    dxdy?: number[][];
    theta?: number[];
    sharpness?: number[];
    width?: number[];
    scale?: number;
    bias?: number;
  };
  theta_affine?: number[][][];
  programs?: StrokeProgramVector[];
  warped_probs_transform_3_program_0?: number[][];
  grad_of_sum_log_lik_affine?: {
    pre_dxdy?: number[][];
    pre_theta?: number[];
    pre_sharpness?: number[];
    pre_width?: number[];
    pre_scale?: number;
    bias?: number;
    theta_affine?: number[][][];
  };
  all_off_logit?: number;
};

const folder = process.env["LAB_FIXTURES"] ?? join(import.meta.dirname, "../fixtures/reference");
// The cast names the documented format; every field that is used is checked for presence first.
const file = JSON.parse(readFileSync(join(folder, "strokes.json"), "utf8")) as Partial<StrokesFile>;
const ONE_STROKE = { pre_dxdy: [[0.2, 0.1]], pre_theta: [0.02], pre_sharpness: [20], pre_width: [-2] };
/** Without raw parameters nothing of the renderer can be checked: then one stroke stands in, and no program. */
export const strokesFile: StrokesFile = file.raw
  ? { ...file, raw: file.raw }
  : { raw: { ...ONE_STROKE, pre_scale: 3, bias: -3 } };

/** Raw parameters of the file in block order. */
export const fileRaw: readonly number[] = [
  ...strokesFile.raw.pre_dxdy.flat(),
  ...strokesFile.raw.pre_theta,
  ...strokesFile.raw.pre_sharpness,
  ...strokesFile.raw.pre_width,
  strokesFile.raw.pre_scale,
  strokesFile.raw.bias,
  ...(strokesFile.theta_affine ?? []).flat(2),
];

export const filePrograms: readonly StrokeProgramVector[] = strokesFile.programs ?? [];

/** Packed tokens [A] of a program of the file. */
export const tokensOf = ({ ids, on_off }: StrokeProgramVector): Int32Array =>
  Int32Array.from(ids, (id, t) => 2 * id + (on_off[t] ?? 0));

/** Pixels of a picture written as strings of 0 and 1. */
export const pixelsOf = (rows: readonly string[]): Uint8Array =>
  Uint8Array.from(rows.join(""), (character) => Number(character));

/** The file's renderer, for pictures of its own size. */
export function fileSpec(withTransforms = true): StrokeRendererSpec {
  const rows = filePrograms.find((program) => program.image)?.image ?? [];
  return {
    name: "strokes of the file",
    strokes: strokesFile.raw.pre_theta.length,
    tokens: filePrograms[0]?.ids.length ?? 10,
    transforms: withTransforms ? (strokesFile.theta_affine ?? []).length : 0,
    height: rows.length || 28,
    width: rows[0]?.length || 28,
  };
}
