// The strings domain: a few strings of one kind, and the probabilistic regular expressions that make them.
// Source: Hewitt, Le & Tenenbaum 2020, section 4.3. Light enough for the page; `load` brings data and model.

import type { DomainSpec } from "../../engine/domain";
import { entry } from "./entry";
import { explain } from "./explain";
import { help } from "./helpPage";
import { MODELS } from "./models";
import { DATASET_LIST, OPTIONS } from "./options";
import { parseProgram } from "./parse";
import { printProgram } from "./print";
import { loadTools, type StringsTools, tools } from "./tools";
import { toRegExp } from "./translate";
import { fromUpload, loadReaders } from "./upload/onDemand";
import { METRICS, PRESETS } from "./words";

export type { Concept, ConceptPicture, OwnConcepts } from "./concepts";
export type { Derivation, EncodedStrings, Evaluator } from "./evaluator";
export type { StringsData, StringsPicture } from "./facts";
export type { StringsTools } from "./tools";

/** What the lab knows about strings before anything is loaded. */
export const strings: DomainSpec<StringsTools> = {
  ...entry,
  options: OPTIONS,
  presets: PRESETS,
  datasets: DATASET_LIST,
  models: MODELS,
  metrics: METRICS,
  backends: ["webgpu", "wasm", "cpu"],
  program: { print: printProgram, parse: parseProgram, translate: toRegExp },
  explain,
  readsColumns: true,
  loadTools,
  // What scores is asked for in Try your own too.
  loadReaders: async () => {
    await Promise.all([loadReaders(), loadTools()]);
  },
  fromUpload,
  help,
  tools,
  load: async () => (await import("./runtime")).stringsRuntime,
};
