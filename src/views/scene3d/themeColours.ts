// The tokens that a 3D picture is drawn with, as numbers.

import { tokenRgb } from "../frame/useColours";
import type { Vector3 } from "./sceneTypes";
import type { StageColours } from "./stageTypes";

/** Reading tokens makes the browser settle its styles: once a theme is enough. */
const known = new Map<string, StageColours>();

/** Colours of the theme in force. */
export function themeColours(): StageColours {
  const own = document.documentElement.dataset["theme"] ?? "system";
  const theme = `${own} ${window.matchMedia("(prefers-color-scheme: dark)").matches}`;
  const colours = known.get(theme) ?? readColours();
  known.set(theme, colours);
  return colours;
}

function readColours(): StageColours {
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
