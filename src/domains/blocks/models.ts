// Trained models that ship with the lab, under public/models/blocks (README.md there: data, commands, measured quality).

import type { ModelInfo } from "../../engine/domain";

export const MODELS: readonly ModelInfo[] = [];
