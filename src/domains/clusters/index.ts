// The clusters domain: seven points, an unknown number of groups, and all 877 answers known exactly.
// Source: Hewitt, Le & Tenenbaum 2020, section 4.1. Light enough for the page; `load` brings data and model.

import type { DomainSpec } from "../../engine/domain";
import { entry } from "./entry";
import { explainProgram } from "./explain";
import { help } from "./helpPage";
import { models } from "./models";
import { datasets, metrics, options, presets } from "./options";
import { parseProgram, printProgram } from "./program";
import { type ClusterTools, tools } from "./tools";
import { fromUpload } from "./upload";

export type { Cloud, ClusterPosteriors } from "./clusterPosterior";
export type { ClusterData } from "./model";
export type { ClusterPicture } from "./picture";
export type { ClusterTools, ExactPosterior } from "./tools";

export const clusters: DomainSpec<ClusterTools> = {
  ...entry,
  options,
  presets,
  datasets,
  models,
  metrics,
  backends: ["wasm", "cpu"],
  program: { print: (program) => printProgram(program[0] ?? 0), parse: (text) => parseProgram(text) },
  explain: (program) => [explainProgram(program[0] ?? 0)],
  fromUpload: (input) => fromUpload(input),
  help,
  tools,
  load: async () => (await import("./model")).runtime,
};
