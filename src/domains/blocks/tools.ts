// The domain's functions for views and the command line: what places, draws and measures scenes is fetched with the
// domain's pictures, because no other workbench needs it.

import { LabError } from "../../engine/errors";
import type { SceneTools } from "./blocksTools";
import { parseProgram } from "./parse";
import { printProgram, typeName } from "./print";

export type BlocksTools = {
  readonly printProgram: typeof printProgram;
  readonly parseProgram: typeof parseProgram;
  readonly typeName: typeof typeName;
  /** All of them. @throws LabError("unexpected") before DomainSpec.loadTools */
  readonly scenes: () => SceneTools;
};

let fetched: SceneTools | null = null;

/** Fetches what draws scenes (DomainSpec.loadTools). */
export async function loadTools(): Promise<void> {
  fetched = (await import("./blocksTools")).sceneTools;
}

export const tools: BlocksTools = {
  printProgram,
  parseProgram,
  typeName,
  scenes: () => {
    if (fetched) return fetched;
    const message = "scenes were drawn before what draws them was loaded";
    throw new LabError("unexpected", { message, help: "Reload the page." });
  },
};
