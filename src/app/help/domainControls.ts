// What the controls of single domains do, each list in a file of its own.

import { BLOCKS_CONTROLS } from "./blocksControls";
import type { ControlHelp } from "./controls";
import { OWN_CHARACTER_CONTROLS } from "./ownCharacterControls";
import { SCENE_CONTROLS } from "./sceneControls";
import { SERIES_CONTROLS } from "./seriesControls";

export const DOMAIN_CONTROLS: readonly ControlHelp[] = [
  ...OWN_CHARACTER_CONTROLS,
  ...SERIES_CONTROLS,
  ...SCENE_CONTROLS,
  ...BLOCKS_CONTROLS,
];
