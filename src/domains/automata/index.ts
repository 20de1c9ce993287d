// The automata domain: binary pictures that grow by an unknown local rule with a little noise. Light: no kernels here.

import type { DomainSpec } from "../../engine/domain";
import { entry } from "./entry";
import { explainRule } from "./explain";
import { help } from "./helpPage";
import { MODELS } from "./models";
import { DATASET_LIST, neighboursOf, OPTIONS } from "./options";
import { parseRule, printRule } from "./program";
import type { AutomataTools } from "./tools";
import { tools } from "./tools";
import { fromUpload } from "./upload";
import { METRICS, PRESETS } from "./words";

export type { AutomataData, AutomataPicture } from "./facts";
export type { Boundary, Grid, Neighbours } from "./grid";
export type { AutomataTools } from "./tools";

/** What the lab knows about automata before anything is loaded. */
export const automata: DomainSpec<AutomataTools> = {
  ...entry,
  options: OPTIONS,
  presets: PRESETS,
  datasets: DATASET_LIST,
  models: MODELS,
  metrics: METRICS,
  backends: ["webgpu", "wasm", "cpu"],
  program: {
    print: (program, options) => printRule(program[0] ?? 0, neighboursOf(options)),
    parse: (text, options) => parseRule(text, neighboursOf(options)),
  },
  explain: (program, options) => explainRule(program[0] ?? 0, neighboursOf(options)),
  fromUpload,
  help,
  tools,
  load: async () => (await import("./runtime")).automataRuntime,
};
