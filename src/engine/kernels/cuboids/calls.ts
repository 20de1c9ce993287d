// Checks of the arguments of a CuboidRenderer, the same sentences on every backend.

import { LabError } from "../../errors";
import { BOX_NUMBERS, type CuboidLanes, type CuboidRendererSpec } from "./cuboidRenderer";

/** @throws LabError("shape") for sizes, edges or a camera that no renderer can have. */
export function requireSpec({ name, side, boxes, softness, background, camera, shades }: CuboidRendererSpec): void {
  for (const [what, count] of Object.entries({ side, boxes })) {
    if (Number.isInteger(count) && count >= 1) continue;
    const message = `${name}: invalid ${what}: ${count} (expected a whole number >= 1)`;
    throw new LabError("shape", { message, help: "Use at least one pixel and one box." }, { what, count });
  }
  const { eye, forward, right, up, tau } = camera;
  const numbers = { softness, background, tau, eye, forward, right, up, shades };
  for (const [what, value] of Object.entries(numbers)) {
    if (Array.isArray(value) ? value.every(Number.isFinite) : Number.isFinite(value)) continue;
    const message = `${name}: ${what} is not finite`;
    throw new LabError("shape", { message, help: "Use finite numbers." }, { what });
  }
  if (softness > 0 && tau > 0) return;
  const message = `${name}: softness ${softness} and tau ${tau} (expected both above 0)`;
  throw new LabError("shape", { message, help: "Use soft edges and an open camera." }, { softness, tau });
}

/** @throws LabError("shape") unless `boxes` holds whole pictures. @returns N */
export function requireBoxes({ name, boxes: most }: CuboidRendererSpec, boxes: Float64Array): number {
  const count = boxes.length / (most * BOX_NUMBERS);
  if (Number.isInteger(count)) return count;
  const message = `${name}: ${boxes.length} numbers (expected a multiple of ${most * BOX_NUMBERS})`;
  throw new LabError("shape", { message, help: `Pass ${most} boxes of ${BOX_NUMBERS} numbers a picture.` });
}

/** @throws LabError("shape") unless boxes [N, n, 9], groups [N], images [G, R, R, 3] and coefficient [N] agree. @returns N */
export function requireLanes(
  spec: CuboidRendererSpec,
  { boxes, groups }: CuboidLanes,
  images: Float32Array,
  coefficient?: Float64Array,
): number {
  const count = requireBoxes(spec, boxes);
  const given = { pictures: count, groups: groups.length, coefficients: coefficient?.length ?? groups.length };
  if (given.groups !== count || given.coefficients !== count) {
    const message = `${spec.name}: ${count} pictures with ${given.groups} groups and ${given.coefficients} coefficients`;
    throw new LabError("shape", { message, help: "Pass one group and one coefficient a picture." }, given);
  }
  const rows = images.length / (3 * spec.side * spec.side);
  const isWhole = Number.isInteger(rows);
  const bad = isWhole ? groups.findIndex((group) => !(group >= 0 && group < rows)) : -1;
  if (isWhole && bad < 0) return count;
  const message = isWhole
    ? `${spec.name}: invalid group ${groups[bad]} (expected 0 to ${rows - 1})`
    : `${spec.name}: ${images.length} values of pictures (expected a multiple of ${3 * spec.side * spec.side})`;
  throw new LabError("shape", { message, help: "Pass the whole picture of every group." }, { lane: bad });
}
