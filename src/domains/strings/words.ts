// What people read about the domain: metrics with split and estimator, and presets.

import type { MetricInfo, Preset } from "../../engine/domain";

const share = { unit: "share", scale: "linear", better: "none", chart: false } as const;

export const METRICS: readonly MetricInfo[] = [
  {
    name: "nllHeldOut",
    title: "Held-out strings, marginal",
    unit: "nats",
    help: "Held-out strings of the first concepts (40 unless an option says otherwise): minus log p(x), five strings together, by importance sampling with S programs from the recognition model (S = 100 unless an option says otherwise). Few samples overstate it.",
    scale: "linear",
    better: "lower",
    chart: true,
  },
  {
    name: "nllPredictive",
    title: "Held-out strings, given the others",
    unit: "nats",
    help: "Held-out strings under the programs found for the concept's training strings, weighted by their joint, `.*` among them: the memory, or K fresh samples where there is none. The same concepts as above.",
    scale: "linear",
    better: "lower",
    chart: true,
  },
  {
    name: "supported",
    title: "Held-out sets explained",
    unit: "share",
    help: "Share of those held-out sets that at least one of the S sampled programs can make. The others stand on `.*`.",
    scale: "linear",
    better: "higher",
    chart: true,
  },
  {
    name: "impossible",
    title: "Impossible proposals",
    unit: "share",
    help: "Share of the proposals of a step that cannot make all strings of their concept; mean since the record before.",
    scale: "linear",
    better: "lower",
    chart: true,
  },
  {
    name: "programLength",
    title: "Length of the best programs",
    unit: "tokens",
    help: "Training concepts (the first 40 unless an option says otherwise): mean number of tokens of the best program in memory, or of the best of K samples without one, the end included.",
    scale: "linear",
    better: "none",
    chart: false,
  },
  {
    name: "structured",
    title: "Best programs with | or brackets",
    unit: "share",
    help: "Training concepts (the first 40 unless an option says otherwise): share whose best program uses alternatives or brackets. The paper found them with MWS only.",
    scale: "linear",
    better: "none",
    chart: false,
  },
  {
    name: "memoryPrograms",
    title: "Different programs in memory",
    unit: "programs",
    help: "Different token sequences over the memories of all training concepts.",
    scale: "linear",
    better: "none",
    chart: false,
  },
  {
    name: "logPx",
    title: "log p(x)",
    unit: "nats",
    help: "Minus the marginal held-out nats: the same estimate with the sign of the other domains.",
    isEstimate: true,
    scale: "linear",
    better: "higher",
    chart: false,
  },
  {
    name: "logPxEss",
    title: "Effective samples of it",
    unit: "samples",
    help: "Held-out strings: effective sample size of that importance sampling; near 1 the estimate hangs on one program.",
    scale: "linear",
    better: "higher",
    chart: false,
  },
  {
    ...share,
    name: "starStop",
    title: "* stops",
    help: "The learned probability that * stops, before each further copy.",
  },
  { ...share, name: "plusStop", title: "+ stops", help: "The learned probability that + stops, after each copy." },
  { ...share, name: "optKeep", title: "? keeps", help: "The learned probability that ? keeps what it makes optional." },
  { ...share, name: "altLeft", title: "| goes left", help: "The learned probability that | takes its left side." },
];

export const PRESETS: readonly Preset[] = [
  { id: "live", title: "Live", summary: "200 concepts, small networks", options: {}, improves: 40 },
  {
    id: "standard",
    title: "Standard",
    summary: "1 500 concepts, a longer run",
    options: { dataset: "standard", iterations: 5000 },
  },
  {
    id: "paper",
    title: "Like the paper",
    summary: "1 500 concepts, its networks: hours",
    options: { dataset: "standard", size: "paper", batch: 50, iterations: 20000, startFrom: "none" },
  },
  {
    id: "light",
    title: "Light, for phones",
    summary: "50 concepts, small steps",
    options: { concepts: 50, batch: 5, particles: 6 },
    isLight: true,
  },
];
