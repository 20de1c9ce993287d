// scenes.json (scenes specification, section 12) as far as pictures of boxes are concerned. Reads the folder in
// LAB_FIXTURES, else the committed copy. Sections and fields may be missing in another file of the format.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Camera, CuboidRendererSpec, Shades } from "../../src/engine/kernels/cuboids/cuboidRenderer";
import { orbit } from "./cuboids";

type Box = { centre: number[]; size: number[]; color: number[] };
type View = { elevation: number; azimuth: number };
type Picture = { camera?: View; shade?: string; sigma_px: number; R: number; image?: number[][][] };
export type SceneVector = Picture & {
  variant?: string;
  boxes_front_to_back: Box[];
  silhouette?: number[][];
  channel_means_at?: Record<string, number[]>;
  rms_to_supersampled_hard?: number;
  gradient_check?: { loss_value?: number; d_centre?: number[][]; d_size?: number[][]; d_color?: number[][] };
  log_likelihood_by_noise_sd?: Record<string, number>;
};
export type OrderVector = Picture & { boxes: Box[]; order_front_to_back: number[] };
type CameraVector = View & { eye?: number[]; forward?: number[]; right?: number[]; up?: number[]; fov_deg?: number };
type ScenesFile = {
  about?: string;
  constants?: { nu0?: number; background?: number; shade_lab?: Record<string, number>; shade_reference?: number };
  cameras?: CameraVector[];
  scenes?: SceneVector[];
  depth_order?: OrderVector[];
};

const folder = process.env["LAB_FIXTURES"] ?? join(import.meta.dirname, "../fixtures/reference");
// The cast names the documented format; every field that is used is checked for presence first.
export const scenesFile = JSON.parse(readFileSync(join(folder, "scenes.json"), "utf8")) as ScenesFile;
export const sceneVectors: readonly SceneVector[] = scenesFile.scenes ?? [];
export const orderVectors: readonly OrderVector[] = scenesFile.depth_order ?? [];

/** [n, 9] boxes of a section, in this order. */
export function boxNumbers(boxes: readonly Box[]): Float64Array {
  return Float64Array.from(boxes.flatMap(({ centre, size, color }) => [...centre, ...size, ...color]));
}

/** [R, R, 3] of the file's [3][R][R]. */
export function pictureOf(image: readonly (readonly (readonly number[])[])[]): number[] {
  const rows = image[0] ?? [];
  return rows.flatMap((row, i) => row.flatMap((_, j) => image.map((channel) => channel[i]?.[j] ?? Number.NaN)));
}

/** The renderer that a section's picture was drawn with, at its own size or another. */
export function specOf(picture: Picture, boxes: number, side = picture.R): CuboidRendererSpec {
  return {
    name: "vectors",
    side,
    boxes,
    camera: cameraOf(picture.camera ?? { elevation: 0.1, azimuth: 0 }),
    shades: shadesOf(picture.shade ?? "lab"),
    softness: picture.sigma_px,
    background: scenesFile.constants?.background ?? 1,
  };
}

function shadesOf(name: string): Shades {
  const flat = scenesFile.constants?.shade_reference ?? 0.5;
  if (name !== "lab") return [flat, flat, flat, flat, flat, flat];
  const lab = scenesFile.constants?.shade_lab ?? {};
  const at = (face: string, usual: number) => lab[face] ?? usual;
  return [
    ...([at("x_lo", 0.5), at("x_hi", 0.63)] as const),
    ...([at("y_lo", 0.5), at("y_hi", 0.93)] as const),
    ...([at("z_lo", 0.73), at("z_hi", 0.5)] as const),
  ];
}

/** Exact, from the angles: the file's own vectors are printed with 8 digits. */
export function cameraOf({ elevation, azimuth }: View): Camera {
  return orbit(elevation, azimuth);
}
