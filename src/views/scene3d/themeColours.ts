// The tokens that a 3D picture is drawn with, as numbers.

import { tokenRgb } from "../frame/useColours";
import type { Vector3 } from "./sceneTypes";
import type { StageColours } from "./stageTypes";

/** Colours of the theme in force. */
export function themeColours(): StageColours {
  const read = (token: string): Vector3 => {
    const [r, g, b] = tokenRgb(token);
    return [r / 255, g / 255, b / 255];
  };
  return {
    background: read("--surface-1"),
    ground: read("--surface-2"),
    groundLine: read("--line-2"),
    frontLine: read("--line-3"),
    edge: read("--text-1"),
    select: read("--select"),
    selectEdge: read("--select-edge"),
    remove: read("--bad"),
  };
}
