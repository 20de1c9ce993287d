// Whether two scenes look the same: snapshots bring new arrays with old contents, which are not drawn again.

import { useRef } from "react";
import type { SceneBlock } from "./sceneTypes";

/** Less cannot be seen: a tenth of a pixel, a quarter of a grey level. */
const TOLERANCE = 1e-3;

/** Whether every block looks the same in both. */
export function isSameScene(one: readonly SceneBlock[], other: readonly SceneBlock[]): boolean {
  if (one === other) return true;
  return one.length === other.length && one.every((block, i) => isSameBlock(block, other[i]!));
}

/** Whether two previews look the same. */
export const isSamePreview = (one: SceneBlock | null, other: SceneBlock | null): boolean =>
  one === other || (one !== null && other !== null && isSameBlock(one, other));

function isSameBlock(one: SceneBlock, other: SceneBlock): boolean {
  if (one.id !== other.id || one.row !== other.row || one.column !== other.column) return false;
  if (Math.abs((one.opacity ?? 1) - (other.opacity ?? 1)) > TOLERANCE) return false;
  return [0, 1, 2].every(
    (i) =>
      Math.abs(one.centre[i]! - other.centre[i]!) < TOLERANCE &&
      Math.abs(one.size[i]! - other.size[i]!) < TOLERANCE &&
      Math.abs(one.color[i]! - other.color[i]!) < TOLERANCE,
  );
}

/** The value, or the earlier one where both are the same. */
export function useSame<T>(value: T, isSame: (one: T, other: T) => boolean): T {
  const held = useRef(value);
  if (!isSame(held.current, value)) held.current = value;
  return held.current;
}
