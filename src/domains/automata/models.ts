// Trained models of this domain, under public/models/automata (README.md there: data, commands, measured quality).

import type { MetricValues, ModelInfo } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";
import type { Neighbours } from "./grid";
import { neighboursOf } from "./options";

/** The aligned networks first: they read pictures of any size. The generic one fits sides that pool to 4 by 4. */
export const MODELS: readonly ModelInfo[] = [
  model("k3", "Rules of three neighbours, pictures of any size", 3, "aligned", { elbo: -120.4, phi: 0.0198 }),
  model("k5", "Rules of five neighbours, pictures of any size", 5, "aligned", { elbo: -141.9, phi: 0.0201 }),
  model("k3-generic", "Rules of three neighbours, the default network", 3, "generic", { elbo: -124.4, phi: 0.0198 }),
];

function model(
  name: string,
  title: string,
  neighbours: Neighbours,
  network: "aligned" | "generic",
  metrics: MetricValues,
): ModelInfo {
  const file = `models/automata/${name}.model`;
  const fits = (options: OptionValues) =>
    neighboursOf(options) === neighbours &&
    options.network === network &&
    options.prior !== "lstm" &&
    (network === "aligned" || [options.height, options.width].every(poolsToFour));
  return { name, title, file, fits, metrics, own: { neighbours: String(neighbours), network, images: 1 } };
}

/** 0 stands for the data set's own side, 32 or 64. */
function poolsToFour(side: OptionValues[string] | undefined): boolean {
  return Math.ceil(Number(side ?? 0) / 8) % 4 === 0;
}
