// The time-series domain: curves, and expressions of Gaussian-process kernels that explain and continue them.
// Source: Le et al. 2022 (Hybrid Memoised Wake-Sleep), section 4.1. Light enough for the page; `load` brings the rest.

import type { DomainSpec } from "../../engine/domain";
import { DATASET_LIST } from "./data/datasets";
import { entry } from "./entry";
import { explain } from "./explain";
import { help } from "./helpPage";
import { MODELS } from "./models";
import { OPTIONS } from "./options";
import { parseProgram } from "./parse";
import { printProgram } from "./print";
import { type SeriesTools, tools } from "./tools";
import { fromUpload, loadReaders, readingTools } from "./upload/onDemand";
import { METRICS, PRESETS } from "./words";

export type { OwnScale, SeriesData, SeriesFit, SeriesPicture } from "./facts";
export type { SeriesTools } from "./tools";

/** What the lab knows about time series before anything is loaded. */
export const timeseries: DomainSpec<SeriesTools> = {
  ...entry,
  options: OPTIONS,
  presets: PRESETS,
  datasets: DATASET_LIST,
  models: MODELS,
  metrics: METRICS,
  backends: ["webgpu", "wasm", "cpu"],
  program: { print: printProgram, parse: parseProgram },
  explain,
  readsColumns: true,
  loadReaders,
  fromUpload,
  // Ranges wide enough for people's data; little data of its own, because nothing is learned from it.
  untrained: { scheme: "wide", size: "small", series: 10, lengthPenalty: 3, mergeEquivalent: true, integrateBy: "fit" },
  describeFit: (program, observation, options) => readingTools().describeFit(program, observation, options),
  help,
  tools,
  load: async () => (await import("./runtime")).seriesRuntime,
};
