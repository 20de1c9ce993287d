// What people read about the domain: metrics with split and estimator, and presets.

import type { MetricInfo, Preset } from "../../engine/domain";

export const METRICS: readonly MetricInfo[] = [
  {
    name: "phi",
    title: "Noise level",
    unit: "",
    help: "The learned share of flipped cells, one number for all pictures; the true value is the data's noise.",
    scale: "log",
    better: "none",
    chart: true,
    formula: (phi) => ({
      symbols: "\u03c6 = \u03c3(a) / 2,   a is learned",
      numbers: `\u03c6 = 0.5 / (1 + exp(${Math.log(0.5 / phi - 1)
        .toFixed(2)
        .replace("-", "\u2212")})) = ${phi.toFixed(4)}`,
    }),
  },
  {
    name: "phiError",
    title: "Error of the noise level",
    unit: "",
    help: "Distance of the learned noise level from the true one that made the training pictures.",
    scale: "log",
    better: "lower",
    chart: true,
  },
  {
    name: "bitAccuracy",
    title: "Rule bits right",
    unit: "share",
    help: "Training pictures: share of visited rule bits that are right in the memory's best rule, or in the recognition model's most probable rule where there is no memory.",
    scale: "linear",
    better: "higher",
    chart: true,
  },
  {
    name: "exactRecovery",
    title: "Rules exactly right",
    unit: "share",
    help: "Training pictures: share whose best rule is right in every visited bit, from the memory or, without one, from the recognition model.",
    scale: "linear",
    better: "higher",
    chart: true,
  },
  {
    name: "recogniserBits",
    title: "Recognised bits, training",
    unit: "share",
    help: "Training pictures (500 at most): share of visited rule bits that are right in the recognition model's most probable rule.",
    scale: "linear",
    better: "higher",
    chart: false,
  },
  {
    name: "recogniserBitsHeldOut",
    title: "Recognised bits, held out",
    unit: "share",
    help: "Held-out pictures (500 at most): share of visited rule bits that are right in the recognition model's most probable rule.",
    scale: "linear",
    better: "higher",
    chart: false,
  },
  {
    name: "bitsPerPixel",
    title: "Bits per pixel",
    unit: "bits per pixel",
    help: "Held-out pictures: exact marginal likelihood at the learned noise level and prior, over height times width (with the LSTM prior: over the prior's rules, by importance sampling).",
    scale: "linear",
    better: "lower",
    chart: true,
  },
  {
    name: "logPx",
    title: "log p(x)",
    unit: "nats",
    help: "Held-out pictures: closed-form sum over all rules at the learned noise level and prior (with the LSTM prior and 5 neighbours: importance sampling).",
    scale: "linear",
    better: "higher",
    chart: false,
  },
  {
    name: "logPxSampled",
    title: "log p(x), by sampling",
    unit: "nats",
    help: "Held-out pictures: importance sampling with rules from the recognition model, in expectation a lower bound of log p(x).",
    scale: "linear",
    better: "higher",
    chart: false,
  },
  {
    name: "logPxSampledEss",
    title: "Effective samples of it",
    unit: "samples",
    help: "Held-out pictures: effective sample size of that importance sampling; near 1 the estimate hangs on one rule.",
    scale: "linear",
    better: "higher",
    chart: false,
  },
];

export const PRESETS: readonly Preset[] = [
  { id: "live", title: "Live", summary: "100 pictures, 3 neighbours", options: {}, improves: 100 },
  {
    id: "live-hard",
    title: "Live, hard",
    summary: "100 pictures, 5 neighbours",
    options: { dataset: "live-hard", neighbours: "5", iterations: 2500 },
  },
  {
    id: "standard",
    title: "Standard",
    summary: "500 pictures of 64 × 64 cells",
    options: { dataset: "standard", iterations: 12500 },
  },
  {
    id: "standard-hard",
    title: "Standard, hard",
    summary: "500 of 64 × 64, 5 neighbours",
    options: { dataset: "standard-hard", neighbours: "5", iterations: 12500 },
  },
  {
    id: "full",
    title: "Full",
    summary: "5 000 pictures: a long run",
    options: { dataset: "full-hard", neighbours: "5", batch: 50, iterations: 50000 },
  },
  {
    id: "light",
    title: "Light, for phones",
    summary: "50 pictures of 24 × 24 cells",
    options: { images: 50, height: 24, width: 24, batch: 10, particles: 6 },
    isLight: true,
  },
];
