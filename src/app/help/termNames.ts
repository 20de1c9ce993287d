// The names of the glossary's entries, apart from their texts: page titles need only these.

/** Entry id to its name. */
export const TERM_NAMES = {
  observation: "Observation",
  program: "Program",
  "generative-model": "Generative model, θ",
  "recognition-model": "Recognition model, φ",
  prior: "Prior",
  likelihood: "Likelihood",
  memory: "Memory, M",
  weight: "Weight",
  particles: "Particles, K",
  wake: "Wake",
  replay: "Replay",
  fantasy: "Fantasy",
  bound: "Bound",
  ess: "Effective sample size",
  nats: "Nats",
  noise: "Noise level",
  posterior: "Posterior",
  joint: "Joint",
  proposals: "Proposals, R",
  "estimator-lens": "Estimator lens",
  "importance-weight": "Importance weight",
  dream: "Dream",
  phase: "Phases",
  step: "Step, epoch, batch",
  seed: "Seed",
  "held-out": "Held out",
  band: "Band and interval",
  exact: "Exact answer",
  residual: "Residual",
  curves: "Learning curves",
  checkpoint: "Checkpoint",
  mws: "MWS, memoised wake-sleep",
  rws: "RWS, reweighted wake-sleep",
  vimco: "VIMCO",
  reinforce: "REINFORCE",
  hmws: "HMWS, hybrid memoised wake-sleep",
  "hmws-minus": "HMWS\u2212",
  "rws-plus": "RWS+",
  "hybrid-program": "Hybrid program",
  "replay-factor": "Replay factor, λ",
  "hybrid-weights": "Weights v, ω, w̄",
  iwae: "IWAE bound",
  kernel: "Kernel",
  covariance: "Covariance",
  "gaussian-process": "Gaussian process",
  "length-penalty": "Length penalty",
  "syntax-mask": "Syntax mask",
  "stroke-bank": "Stroke bank",
  pen: "Pen up, pen down",
  transform: "Transform, affine map",
  "bits-per-pixel": "Bits per pixel",
  parse: "Parse of a scene",
  "block-type": "Block type",
  cuboid: "Cuboid",
  "soft-edge": "Soft edge",
  silhouette: "Silhouette",
  "hidden-tower": "Hidden tower",
  "data-sets": "Data sets of others",
  privacy: "Where your data go",
  device: "What this device can do",
} as const;

export type TermId = keyof typeof TERM_NAMES;

/** The name of an entry, or undefined where there is none. */
export function termName(id: string): string | undefined {
  return isTerm(id) ? TERM_NAMES[id] : undefined;
}

function isTerm(id: string): id is TermId {
  return Object.hasOwn(TERM_NAMES, id);
}
