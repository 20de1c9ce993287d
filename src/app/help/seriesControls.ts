// What the controls of time series do, one sentence each.

import type { ControlHelp } from "./controls";

export const SERIES_CONTROLS: readonly ControlHelp[] = [
  {
    id: "series",
    names: ["samples", "fit", /^(Best|Chosen) expression: /],
    title: "A series and its fit",
    text: "Fit draws the expression's curve, its forecast and a band of two standard deviations, with samples if wanted; residual draws what the curve leaves over. Press the expression to choose it in the memory; arrow keys in the plot read values point by point, and in the list of series go from one to the next.",
  },
];
