// The keys of a 3D picture while it has the focus: declared once for the handler, the picture's description, the list that
// "?" opens and the help page.

import type { CameraName } from "./sceneTypes";
import type { Orbit } from "./useOrbit";

export const SCENE_KEYS = [
  { keys: "Arrow keys", text: "Turn a 3D picture by 10 degrees; with Shift by 30" },
  { keys: "+ and −", text: "Zoom the 3D picture in and out" },
  { keys: "1, 2, 3", text: "The 3D picture's front, left and right camera" },
  { keys: "0 or Home", text: "Reset the 3D picture's view" },
] as const;

/** What the keys do, for people who hear the picture. */
export const KEYS_SENTENCE =
  "Arrow keys turn the picture by 10 degrees, with Shift by 30. Plus and minus zoom. " +
  "1, 2 and 3 are the front, left and right camera. 0 or Home resets the view.";

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
