// What people read about the domain: metrics with split and estimator, and presets.

import type { MetricInfo, Preset } from "../../engine/domain";

export const METRICS: readonly MetricInfo[] = [
  {
    name: "memoryBits",
    title: "Bits per pixel, memory",
    unit: "bits per pixel",
    help: "Training characters: minus the memory bound over 784 pixels, each character as scored at its latest visit. An upper bound of what the model needs for them.",
    scale: "linear",
    better: "lower",
    chart: true,
  },
  {
    name: "bitsPerPixel",
    title: "Bits per pixel, held out",
    unit: "bits per pixel",
    help: "Held-out characters (the first 20 unless an option says otherwise): minus log p(x) over 784 pixels, by importance sampling with S programs from the recognition model (S = 100 unless an option says otherwise). Few samples overstate it.",
    isEstimate: true,
    scale: "linear",
    better: "lower",
    chart: true,
  },
  {
    name: "logPx",
    title: "log p(x)",
    unit: "nats",
    help: "The same held-out estimate in nats per character, in expectation a lower bound of log p(x).",
    isEstimate: true,
    scale: "linear",
    better: "higher",
    chart: false,
  },
  {
    name: "logPxStderr",
    title: "Standard error of it",
    unit: "nats",
    help: "Held-out characters: standard error of the mean log p(x) from sampling alone.",
    scale: "linear",
    better: "lower",
    chart: false,
  },
  {
    name: "logPxEss",
    title: "Effective samples of it",
    unit: "samples",
    help: "Held-out characters: effective sample size of that importance sampling; near 1 the estimate hangs on one program.",
    scale: "linear",
    better: "higher",
    chart: false,
  },
  {
    name: "samples",
    title: "Samples of it",
    unit: "samples",
    help: "Held-out characters: S, the programs drawn for each at this evaluation.",
    scale: "linear",
    better: "none",
    chart: false,
  },
];

export const PRESETS: readonly Preset[] = [
  {
    id: "live",
    title: "Live",
    summary: "100 characters, small network",
    options: { images: 100, mutations: 4, rewritten: 0.05 },
    improves: 40,
  },
  {
    id: "fast",
    title: "Fast",
    summary: "500 characters, 8 transforms",
    options: { images: 500, transforms: "8", size: "paper", iterations: 20000, evaluateEvery: 500 },
  },
  {
    id: "paper",
    title: "Like the paper",
    summary: "10 each of 50 alphabets: hours",
    options: {
      alphabets: 50,
      perAlphabet: 10,
      transforms: "40",
      size: "paper",
      batch: 50,
      sleep: "replay",
      sleepFirst: 10000,
      bankLearningRate: 0.001,
      iterations: 200000,
      evaluateEvery: 2000,
    },
  },
  {
    id: "alphabets",
    title: "Alphabets",
    summary: "Each alphabet has its own habits",
    options: { images: 200, conditional: true, particles: 40, evaluateEvery: 500 },
  },
  {
    id: "recovery",
    title: "Bank recovery",
    summary: "Find 12 hidden strokes again",
    options: { dataset: "bank12", strokes: 12, transforms: "1", mutations: 3, iterations: 10000, evaluateEvery: 500 },
  },
  {
    id: "light",
    title: "Light, for phones",
    summary: "50 characters, no transforms",
    options: { images: 50, transforms: "1", batch: 10, particles: 6, mutations: 2, rewritten: 0.1 },
    isLight: true,
  },
];
