// What people read about the domain: metrics with split and estimator, presets, and the one-page help.

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

export const HELP: readonly { readonly heading: string; readonly text: string }[] = [
  {
    heading: "Observation",
    text: "A black-and-white picture. It grows from left to right: each column follows from the one before it by one rule, the same for every cell, and now and then a cell comes out wrong. Built-in pictures are drawn by a seeded generator; a picture of your own is cut to the same size.",
  },
  {
    heading: "Program",
    text: 'A rule: for each pattern of 3 (or 5) neighbouring cells, light or dark next. That is 8 (or 32) bits, written "rule 110" (or "rule 0x0f3a5c77"). Bit n answers for the pattern whose cells, read from the top, spell n in binary; the upper cell is the left cell of Wolfram\'s numbering.',
  },
  {
    heading: "Prior",
    text: "Independent bits, each with a learned probability, one half at the start. Another choice lets a small LSTM read the bits in order. The prior is shared by all pictures.",
  },
  {
    heading: "Likelihood",
    text: "The first column is fair coins. Every later cell is what the rule says with probability 1 − φ, and the opposite with probability φ. The noise level φ lies between 0 and 1/2 and is shared by all pictures. A wrong bit in a rule must be paid for with more noise, so φ measures how good the rules are.",
  },
  {
    heading: "Limits",
    text: "Bits of patterns that never occur in a picture cannot be known from it; accuracy counts only the visited ones. The rule and the noise are the same everywhere in a picture, cells have two colours, and only the column just before matters. Many pictures are no automata; then the saving in bits is small or negative, and the page says so.",
  },
  {
    heading: "Sources",
    text: "Hewitt, Le and Tenenbaum, Learning to learn generative programs with Memoised Wake-Sleep, UAI 2020, section 4.4. Numbering of rules: Wolfram, A New Kind of Science, 2002. Threshold: Otsu 1979.",
  },
];
