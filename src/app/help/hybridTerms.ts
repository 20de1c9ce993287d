// Glossary entries of programs with numbers in them: the hybrid algorithms, and kernels of time series.

import type { TermId } from "./termNames";

/** In the order of the glossary. */
export const HYBRID_TERMS: readonly {
  readonly id: TermId;
  readonly text: string;
  readonly see: readonly string[];
}[] = [
  {
    id: "hmws",
    text: "Memoised wake-sleep for hybrid programs. The memory holds structures without their numbers; at every visit K sets of numbers are drawn for each structure, and their average importance weight is its score. Le, Collins, Hewitt, Ellis, Siddharth, Gershman and Tenenbaum 2022.",
    see: ["hybrid-program", "hybrid-weights", "replay-factor"],
  },
  {
    id: "hmws-minus",
    text: "HMWS with one part taken out: the recognition model learns to propose numbers from fresh weighted samples, as in RWS, instead of from the draws for remembered structures. It shows how much that part gives.",
    see: ["hmws", "rws-plus"],
  },
  {
    id: "rws-plus",
    text: "RWS with one part of HMWS put in: the recognition model learns to propose numbers from K draws for each of a few fresh structures. Nothing is remembered.",
    see: ["rws", "hmws"],
  },
  {
    id: "hybrid-program",
    text: "A program of two parts: a structure, which is discrete (an expression), and numbers, which are continuous (a variance, a period). The recognition model proposes the structure first, then numbers for it.",
    see: ["program", "hmws", "kernel"],
  },
  {
    id: "replay-factor",
    text: "The share of replay in what the recognition model learns; the rest comes from dreams. 1: replay alone, 0: dreams alone. The paper calls it insomnia and uses 0.5 for time series.",
    see: ["replay", "fantasy", "hmws"],
  },
  {
    id: "hybrid-weights",
    text: "Three ways to share out the same weights of structure m and draw k. v: over all draws that were kept, for the generative model. ω: the sum of v over the draws of a structure, its weight in the memory. w̄: over the K draws of one structure, for learning its numbers.",
    see: ["hmws", "weight", "importance-weight"],
  },
  {
    id: "iwae",
    text: "The log of the mean importance weight of S samples from the recognition model: in expectation a lower bound of log p(x), closer with more samples. It needs no memory, so algorithms with and without one are compared by it, with S = 100. One evaluation is noisy: one series found or missed moves the mean.",
    see: ["bound", "importance-weight", "held-out"],
  },
  {
    id: "kernel",
    text: "A rule for how much two points of a series have to do with each other, by their distance. WN: nothing, noise. SE: much when they are near, smooth change. PER: much when they are whole periods apart, rhythm. C: always, a constant level. Sums and products of kernels are kernels.",
    see: ["covariance", "gaussian-process"],
  },
  {
    id: "covariance",
    text: "What a kernel gives for two points: how strongly they vary together. Expressions with equal covariances are the same kernel written in several ways; the memory marks them.",
    see: ["kernel"],
  },
  {
    id: "gaussian-process",
    text: "A distribution over curves: the values at any points are jointly Gaussian, with the kernel as covariance. Given the observed points it says what comes next, as a mean and a standard deviation; the band is two of them wide on either side.",
    see: ["kernel", "likelihood"],
  },
  {
    id: "length-penalty",
    text: "Nats taken off log p for every symbol of an expression: 10 in the released code of HMWS, none in its paper. It holds in memory scores, weights and log p(x); curves say whether they include it.",
    see: ["likelihood", "prior"],
  },
  {
    id: "syntax-mask",
    text: "While an expression is written, symbols that could never lead to a readable one get probability 0, in both models. Without it some strings mean nothing and explain no series.",
    see: ["prior", "recognition-model"],
  },
];
