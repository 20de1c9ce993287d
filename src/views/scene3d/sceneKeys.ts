// What the keys of a 3D picture do (sceneKeyList.ts names them).

import type { CameraName } from "./sceneTypes";
import type { Orbit } from "./useOrbit";

const TURN = 10;
const FAR_TURN = 30;
const ZOOM = 1.15;
const CAMERAS: Readonly<Record<string, CameraName>> = { "1": "front", "2": "left", "3": "right" };

type KeyPress = {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
};

/** Does what the key says. @param reset the camera of "Reset view" @returns false for keys that are not the picture's */
export function pressKey(press: KeyPress, orbit: Orbit, reset: CameraName): boolean {
  if (press.ctrlKey || press.altKey || press.metaKey) return false;
  const { key } = press;
  const step = press.shiftKey ? FAR_TURN : TURN;
  const camera = CAMERAS[key];
  if (key === "ArrowRight") orbit.turn(step, 0);
  else if (key === "ArrowLeft") orbit.turn(-step, 0);
  else if (key === "ArrowUp") orbit.turn(0, step);
  else if (key === "ArrowDown") orbit.turn(0, -step);
  else if (key === "+" || key === "=") orbit.zoom(1 / ZOOM);
  else if (key === "-" || key === "\u2212") orbit.zoom(ZOOM);
  else if (key === "0" || key === "Home") orbit.go(reset);
  else if (camera) orbit.go(camera);
  else return false;
  return true;
}
