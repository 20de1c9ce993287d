// scenes.json (scenes specification, section 12). Reads the folder in LAB_FIXTURES, else the committed copy. Sizes come
// from the file; sections may be missing in another file of the format.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Shades } from "../../src/engine/kernels/cuboids/cuboidRenderer";

export type Vector3 = [number, number, number];
export type OrbitVector = { elevation: number; azimuth: number; distance?: number; at?: Vector3 };
export type BoxVector = { centre: Vector3; size: Vector3; color: Vector3; row?: number; col?: number; level?: number };
/** Latents: [row][column], [row][column][level]. */
export type LatentVector = { num_blocks: number[][]; program: number[][][]; raw_locations: number[][][] };

export type CameraVector = OrbitVector & {
  fov_deg?: number;
  eye?: Vector3;
  forward?: Vector3;
  right?: Vector3;
  up?: Vector3;
  projections?: { point: Vector3; depth: number; image_plane: [number, number]; pixel_xy_64?: [number, number] }[];
};
export type PositionVector = LatentVector & {
  shrink: number;
  z_mode: "centred" | "reference";
  sizes: number[];
  blocks: { row: number; col: number; level: number; primitive: number; size: number; centre: Vector3 }[];
};
export type SceneVector = LatentVector & {
  /** "colour"; in any other variant raw_color is not used. */
  variant: string;
  shade: "lab" | "reference";
  sigma_px: number;
  shrink: number;
  z_mode: "centred" | "reference";
  camera: OrbitVector;
  R: number;
  raw_size: number[];
  raw_color: number[][] | null;
  boxes_front_to_back?: BoxVector[];
  image?: number[][][];
  silhouette?: number[][];
  gradient_check?: {
    loss_value?: number;
    d_centre?: number[][];
    d_size?: number[][];
    d_color?: number[][] | null;
    d_raw_size?: number[];
    d_raw_color?: number[][] | null;
    d_raw_locations?: number[][][];
  };
  log_prior?: { num_blocks: number; program: number; raw_locations: number };
};
type ScenesFile = {
  constants?: {
    min_size?: number;
    max_size?: number;
    eps_gap?: number;
    nu0?: number;
    background?: number;
    grid_n?: number;
    max_blocks?: number;
    shade_lab?: Record<string, number>;
    shade_reference?: number;
  };
  cameras?: CameraVector[];
  constraints?: { raw_size: number[]; size: number[]; raw_color: number[][]; color: number[][] };
  positions?: PositionVector[];
  scenes?: SceneVector[];
  depth_order?: { camera: OrbitVector; boxes: BoxVector[]; order_front_to_back: number[] }[];
};

const folder = process.env.LAB_FIXTURES ?? "test/fixtures/reference";
// The format is checked by the tests that read it.
export const scenesFile = JSON.parse(readFileSync(join(folder, "scenes.json"), "utf8")) as ScenesFile;

/** Shades by the names of the file: x_lo is -x. */
export const shadesOf = (table: Record<string, number>): Shades =>
  ["x_lo", "x_hi", "y_lo", "y_hi", "z_lo", "z_hi"].map((face) => table[face] ?? Number.NaN) as unknown as Shades; // six

/** A packed program and its raw locations, 0 where nothing stands. */
export function packedLatents({ num_blocks, program, raw_locations }: LatentVector) {
  const levels = program[0]![0]!.length;
  const isThere = num_blocks.flat().flatMap((n) => Array.from({ length: levels }, (_, level) => level < n));
  const types = program.flat(2);
  const raw = raw_locations.flat(2);
  return {
    gridSide: num_blocks.length,
    program: Int32Array.from(isThere, (is, i) => (is ? 1 + types[i]! : 0)),
    raw: Float64Array.from(isThere, (is, i) => (is ? raw[i]! : 0)),
  };
}

/** [P, 3] raw colours, or null in the variant without. */
export const rawColorsOf = ({ variant, raw_color }: SceneVector): number[] | null =>
  variant === "colour" ? (raw_color?.flat() ?? null) : null;
