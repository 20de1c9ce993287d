// What is under a point of the picture: the nearest block, or a cell of the ground.

import { cellEdges, GROUND } from "./ground";
import { eyeOf, type OrbitView, tangents } from "./orbit";
import type { SceneBlock, SceneCell, Vector3 } from "./sceneTypes";

export type Hit = { readonly block: SceneBlock | null; readonly cell: SceneCell | null };

export type PointInPicture = {
  /** px from the left and from the top. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** The block under a point and the cell that it stands in, or the cell of the ground there. Faint blocks count. */
export function hitAt(point: PointInPicture, view: OrbitView, blocks: readonly SceneBlock[], gridSide: number): Hit {
  const { eye, ray } = rayThrough(point, view);
  let nearest: SceneBlock | null = null;
  let depth = Number.POSITIVE_INFINITY;
  for (const block of blocks) {
    const at = entryDepth(eye, ray, block);
    if (at < depth) [nearest, depth] = [block, at];
  }
  if (nearest) {
    const { row, column } = nearest;
    return { block: nearest, cell: row === undefined || column === undefined ? null : { row, column } };
  }
  const toGround = (GROUND - eye[1]) / ray[1];
  if (!(toGround > 0) || !Number.isFinite(toGround)) return { block: null, cell: null };
  return { block: null, cell: cellAt(eye[0] + toGround * ray[0], eye[2] + toGround * ray[2], gridSide) };
}

/** The ray from the eye through a point of the picture; its parameter is depth along the viewing direction. */
export function rayThrough(point: PointInPicture, view: OrbitView): { readonly eye: Vector3; readonly ray: Vector3 } {
  const { eye, forward, right, up } = eyeOf(view);
  const tau = tangents(point.width, point.height);
  const alpha = tau.across * ((2 * point.x) / point.width - 1);
  const beta = tau.up * (1 - (2 * point.y) / point.height);
  const along = (i: 0 | 1 | 2) => forward[i] + alpha * right[i] + beta * up[i];
  return { eye, ray: [along(0), along(1), along(2)] };
}

/** Depth at which a ray enters a block, Infinity where it misses it or the block is behind the eye. */
function entryDepth(eye: Vector3, ray: Vector3, { centre, size }: SceneBlock): number {
  let [enter, leave] = [0, Number.POSITIVE_INFINITY];
  for (const i of [0, 1, 2] as const) {
    const one = (centre[i] - size[i] / 2 - eye[i]) / ray[i];
    const other = (centre[i] + size[i] / 2 - eye[i]) / ray[i];
    enter = Math.max(enter, Math.min(one, other));
    leave = Math.min(leave, Math.max(one, other));
  }
  return enter < leave ? enter : Number.POSITIVE_INFINITY;
}

function cellAt(x: number, z: number, gridSide: number): SceneCell | null {
  for (let row = 0; row < gridSide; row++) {
    for (let column = 0; column < gridSide; column++) {
      const edges = cellEdges({ row, column }, gridSide);
      if (x >= edges.left && x <= edges.right && z >= edges.near && z <= edges.far) return { row, column };
    }
  }
  return null;
}
