// What the controls of a 3D picture do that is not live; the domain's own help explains the cameras.

import type { ControlHelp } from "./controls";

export const SCENE_CONTROLS: readonly ControlHelp[] = [
  {
    id: "show-3d",
    names: ["Show in 3D"],
    title: "Show in 3D",
    text: "Draws this picture in 3D in the place of another: a page has at most two at a time.",
  },
];
