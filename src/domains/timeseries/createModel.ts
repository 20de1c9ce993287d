// Builds the networks and the Gaussian process of a run on its backend.

import type { BackendName } from "../../engine/backend";
import { createGaussianProcess } from "../../engine/kernels/gaussianProcess/createGaussianProcess";
import { createRecurrent } from "../../engine/nn/createRecurrent";
import type { Recurrent, RecurrentSpec } from "../../engine/nn/recurrent";
import type { Rng } from "../../engine/rng/rng";
import { DATASETS } from "./data/datasets";
import { GenerativeModel } from "./generative";
import { NUM_SYMBOLS } from "./grammar/syntaxMask";
import { SeriesModel } from "./model";
import { NUM_OUTPUTS } from "./networks/gaussianStep";
import { NUM_LOGITS } from "./networks/symbolChoice";
import type { SeriesSettings } from "./options";
import { SERIES_PROCESS } from "./process";
import { NUM_SLOTS } from "./program";
import { Recogniser } from "./recognition";

/** The six networks by the names of their blocks, in block order. Source: HMWS specification, section 9. */
function networkSpecs(hidden: number): readonly (readonly [string, Omit<RecurrentSpec, "name">])[] {
  const writer = { inputs: NUM_SYMBOLS, hidden, outputs: NUM_LOGITS };
  const numbers = { inputs: NUM_SLOTS, hidden, outputs: NUM_OUTPUTS };
  return [
    ["theta.expression", { ...writer, context: 0 }],
    ["theta.parameters", { ...numbers, context: hidden }],
    ["phi.signal", { inputs: 1, context: 0, hidden, outputs: 0 }],
    ["phi.expression", { ...writer, context: hidden }],
    ["phi.embedder", { inputs: NUM_SYMBOLS, context: 0, hidden, outputs: 0 }],
    ["phi.parameters", { ...numbers, context: 2 * hidden }],
  ];
}

/**
 * The model with first weights from `parameters`: the same on every backend.
 *
 * @throws LabError("backend") where the backend is missing
 */
export async function createModel(
  settings: SeriesSettings,
  backend: BackendName,
  parameters: Rng,
): Promise<SeriesModel> {
  const made: { dispose(): void }[] = [];
  try {
    const networks: Recurrent[] = [];
    for (const [name, spec] of networkSpecs(settings.hidden)) {
      const network = await createRecurrent({ ...spec, name }, backend, parameters, name);
      made.push(network);
      networks.push(network);
    }
    const process = await createGaussianProcess(SERIES_PROCESS, backend);
    made.push(process);
    // The cast: six networks for the six specs.
    return assemble(settings, networks as [Recurrent, Recurrent, Recurrent, Recurrent, Recurrent, Recurrent], process);
  } catch (thrown) {
    for (const part of made) part.dispose();
    throw thrown;
  }
}

function assemble(
  settings: SeriesSettings,
  [written, numbers, signal, expression, embedder, parameters]: [
    Recurrent,
    Recurrent,
    Recurrent,
    Recurrent,
    Recurrent,
    Recurrent,
  ],
  process: Awaited<ReturnType<typeof createGaussianProcess>>,
): SeriesModel {
  const generative = new GenerativeModel(written, numbers, process, settings);
  const recogniser = new Recogniser({ signal, expression, embedder, parameters }, settings);
  const { leastSymbols } = DATASETS[settings.dataset]!;
  const { mergeEquivalent, fitsIntegrals } = settings;
  return new SeriesModel([written.block, numbers.block], generative, recogniser, {
    mergeEquivalent,
    leastSymbols,
    fitsIntegrals,
  });
}
