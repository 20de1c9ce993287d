// The blocks domain: pictures of toy towers, and programs that say which block stands where, with block types that the lab
// learns. Source: Le et al. 2022 (Hybrid Memoised Wake-Sleep), section 4.2. Light enough for the page; `load` brings the rest.

import type { DomainSpec } from "../../engine/domain";
import { DATASET_LIST } from "./datasets";
import { entry } from "./entry";
import { explain } from "./explain";
import { help } from "./helpPage";
import { MODELS } from "./models";
import { OPTIONS } from "./options";
import { parseProgram } from "./parse";
import { printProgram } from "./print";
import { type BlocksTools, loadTools, tools } from "./tools";
import { describeFit, fromFiles, fromUpload, loadReaders } from "./upload/onDemand";
import { METRICS, PRESETS } from "./words";

export type { SceneTools } from "./blocksTools";
export type { BlocksData, BlocksParse, BlocksPicture } from "./facts";
export type { BlocksTools } from "./tools";

/** What the lab knows about blocks before anything is loaded. */
export const blocks: DomainSpec<BlocksTools> = {
  ...entry,
  options: OPTIONS,
  presets: PRESETS,
  datasets: DATASET_LIST,
  models: MODELS,
  metrics: METRICS,
  backends: ["webgpu", "wasm", "cpu"],
  program: { print: printProgram, parse: parseProgram },
  explain,
  loadTools,
  loadReaders: async () => {
    await Promise.all([loadReaders(), loadTools()]);
  },
  fromUpload,
  fromFiles,
  // Without a model types are random; little data of its own, because nothing is learned from it.
  untrained: { scenes: 10 },
  describeFit,
  help,
  tools,
  load: async () => (await import("./runtime")).blocksRuntime,
};
