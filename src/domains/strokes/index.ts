// The strokes domain: handwritten characters, and programs that write them with a learned bank of pen strokes.
// Source: Hewitt, Le & Tenenbaum 2020, section 4.2. Light enough for the page; `load` brings data and model.

import type { DomainSpec } from "../../engine/domain";
import { DATASET_LIST } from "./datasets";
import { entry } from "./entry";
import { explain } from "./explain";
import { help } from "./helpPage";
import { MODELS } from "./models";
import { OPTIONS } from "./options";
import { parseProgram, printProgram } from "./print";
import { type StrokesTools, tools } from "./tools";
import { fromFiles, fromUpload } from "./upload/fromUpload";
import { METRICS, PRESETS } from "./words";

export type { StrokesData, StrokesPicture } from "./facts";
export type { StrokesTools } from "./tools";

/** What the lab knows about strokes before anything is loaded. */
export const strokes: DomainSpec<StrokesTools> = {
  ...entry,
  options: OPTIONS,
  presets: PRESETS,
  datasets: DATASET_LIST,
  imports: async () => (await import("./imports")).imports,
  models: MODELS,
  metrics: METRICS,
  backends: ["webgpu", "wasm", "cpu"],
  program: { print: printProgram, parse: parseProgram },
  explain,
  fromUpload,
  fromFiles,
  help,
  tools,
  load: async () => (await import("./runtime")).strokesRuntime,
};
