// The trained model of this domain, under public/models/clusters (README.md there: data, command, measured quality).

import type { ModelInfo } from "../../engine/domain";

/** Trained on 1 000 fresh sets, half on memory and half on dreams. */
export const models: readonly ModelInfo[] = [
  {
    name: "seven",
    title: "Seven points, 1 000 sets from the true model",
    file: "models/clusters/seven.model",
    fits: () => true,
    metrics: { elbo: -10.84, sigma: 0.0305 },
    own: { dataset: "fresh", numSets: 1 },
  },
];
