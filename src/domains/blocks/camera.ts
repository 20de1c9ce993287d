// Where pictures are taken from: cameras that orbit the scene, and where a point of the world falls in the picture.
// Source: scenes specification, section 2.

import type { Camera } from "../../engine/kernels/cuboids/cuboidRenderer";
import type { Vector } from "./scene";

/** Height above the ground plane and turn to the side, degrees. */
export type Orbit = { readonly elevation: number; readonly azimuth: number };

export const DISTANCE = 3.7;
/** Vertical field of view, degrees. */
export const FIELD_OF_VIEW = 60;
/** What training pictures are centred on. */
export const TARGET: Vector = [-0.15, 0, 0.1];
/** What views from the side are centred on, so that front blocks stay in the picture. */
export const DISPLAY_TARGET: Vector = [-0.5, -0.9, 0.5];

export const FRONT: Orbit = { elevation: 0.1, azimuth: 0 };
export const LEFT: Orbit = { elevation: 30, azimuth: -40 };
export const RIGHT: Orbit = { elevation: 30, azimuth: 40 };

/** A camera on the sphere of radius DISTANCE around `target`. Azimuth 0 looks along +z, at world +x on the left. */
export function orbitCamera({ elevation, azimuth }: Orbit, target: Vector = TARGET): Camera {
  const e = (elevation * Math.PI) / 180;
  const a = ((azimuth + 180) * Math.PI) / 180;
  const away = [Math.cos(e) * Math.sin(a), Math.sin(e), Math.cos(e) * Math.cos(a)];
  const eye = [0, 1, 2].map((i) => target[i]! + DISTANCE * away[i]!);
  return lookAt(eye as unknown as Vector, target); // three entries
}

/** The camera at `eye` whose picture is centred on `target`, upright. The line between them must not be vertical. */
export function lookAt(eye: Vector, target: Vector): Camera {
  const forward = unit([target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]]);
  const right = unit(cross(forward, [0, 1, 0]));
  const tau = Math.tan((FIELD_OF_VIEW * Math.PI) / 360);
  return { eye, forward, right, up: cross(right, forward), tau };
}

/** The camera of training pictures. */
export const FRONT_CAMERA: Camera = orbitCamera(FRONT);

/**
 * Where a point falls in the picture.
 *
 * @returns alpha (-1 at the left edge, 1 at the right), beta (-1 at the bottom, 1 at the top), and the depth along the
 *   viewing direction; the point is in view where the depth is positive
 */
export function project(camera: Camera, point: Vector): { alpha: number; beta: number; depth: number } {
  const from: Vector = [point[0] - camera.eye[0], point[1] - camera.eye[1], point[2] - camera.eye[2]];
  const depth = dot(from, camera.forward);
  const scale = camera.tau * depth;
  return { alpha: dot(from, camera.right) / scale, beta: dot(from, camera.up) / scale, depth };
}

/** Column and row of a picture of side R, real-valued: pixel centres are at whole numbers. */
export function pixelOf(alpha: number, beta: number, side: number): { column: number; row: number } {
  return { column: ((alpha + 1) * side - 1) / 2, row: ((1 - beta) * side - 1) / 2 };
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unit(a: Vector): Vector {
  const length = Math.hypot(a[0], a[1], a[2]);
  return [a[0] / length, a[1] / length, a[2] / length];
}
