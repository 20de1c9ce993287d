// The glossary: the words of the lab, one entry each, the same words as in code and captions.

export type Term = {
  readonly id: string;
  readonly term: string;
  readonly text: string;
  readonly see: readonly string[];
};

export const GLOSSARY: readonly Term[] = [
  {
    id: "observation",
    term: "Observation",
    text: "One thing to explain, written x: a picture, a set of points, a list of strings. The data are many of them.",
    see: ["program"],
  },
  {
    id: "program",
    term: "Program",
    text: "What explains an observation, written z: a rule, a clustering, a regular expression. It is discrete, can be printed, and is not given with the data.",
    see: ["generative-model", "memory"],
  },
  {
    id: "generative-model",
    term: "Generative model, θ",
    text: "How likely each program is before seeing data (prior), and how likely the data are under a program (likelihood). Everything it learns is called theta.",
    see: ["prior", "likelihood", "recognition-model"],
  },
  {
    id: "recognition-model",
    term: "Recognition model, φ",
    text: "A network that looks at an observation and proposes programs for it. Everything it learns is called phi.",
    see: ["generative-model", "particles"],
  },
  {
    id: "prior",
    term: "Prior",
    text: "log p(z): how likely a program is before any data are seen, in nats.",
    see: ["likelihood", "nats"],
  },
  {
    id: "likelihood",
    term: "Likelihood",
    text: "log p(x | z): how well a program explains its observation, in nats. Prior and likelihood add up to the log joint.",
    see: ["prior", "nats"],
  },
  {
    id: "memory",
    term: "Memory, M",
    text: "For each observation, the M best different programs found so far. Their weights are proportional to p(z, x) and sum to 1. Memoised wake-sleep keeps one; the other algorithms forget after each step.",
    see: ["wake", "replay", "weight"],
  },
  {
    id: "weight",
    term: "Weight",
    text: "The share of one program among those shown: its p(z, x), or its importance weight where there is no memory, divided by the sum over all of them.",
    see: ["memory", "ess"],
  },
  {
    id: "particles",
    term: "Particles, K",
    text: "Programs scored per observation and step. With a memory, K is split into M remembered and R newly proposed ones.",
    see: ["memory", "recognition-model"],
  },
  {
    id: "wake",
    term: "Wake",
    text: "The phase that looks at data: propose programs, score them, keep the best.",
    see: ["replay", "fantasy"],
  },
  {
    id: "replay",
    term: "Replay",
    text: "The phase that learns from memory: a remembered program is made more likely (theta) and easier to propose (phi).",
    see: ["wake", "fantasy"],
  },
  {
    id: "fantasy",
    term: "Fantasy",
    text: "The phase that dreams: the generative model invents a program and its data, and the recognition model learns to recognise it.",
    see: ["wake", "replay"],
  },
  {
    id: "bound",
    term: "Bound",
    text: "An estimate from below of log p(x) per observation, in nats: with a memory the log-sum-exp of its log joints, otherwise the K-sample bound. Bounds with different K are not the same quantity.",
    see: ["nats", "ess"],
  },
  {
    id: "ess",
    term: "Effective sample size",
    text: "1 / sum of squared weights. Between 1 (one program has all the weight) and the number of programs.",
    see: ["weight"],
  },
  {
    id: "nats",
    term: "Nats",
    text: "The unit of natural logarithms of probabilities. One nat is about 1.44 bits.",
    see: ["bound"],
  },
  {
    id: "mws",
    term: "MWS, memoised wake-sleep",
    text: "Remembers the best programs of every observation, and trains both models on what it remembers. Hewitt, Le and Tenenbaum 2020.",
    see: ["memory", "rws", "vimco"],
  },
  {
    id: "rws",
    term: "RWS, reweighted wake-sleep",
    text: "Draws K fresh programs at each step and weights them by importance. Bornschein and Bengio 2015; Le and others 2019.",
    see: ["mws", "particles"],
  },
  {
    id: "vimco",
    term: "VIMCO",
    text: "Follows the gradient of the K-sample bound with a baseline made from the other samples. Mnih and Rezende 2016.",
    see: ["rws", "reinforce"],
  },
  {
    id: "reinforce",
    term: "REINFORCE",
    text: "Follows the gradient of the bound by the score function alone: simple and noisy. Williams 1992.",
    see: ["vimco"],
  },
  {
    id: "privacy",
    term: "Where your data go",
    text: "Nowhere. The page, the engine and the data sets are files from this site; training happens in this browser, in a worker on your device. Pictures that you open are read by the page and never sent. There are no cookies and no measurements of visitors; the theme and motion settings are kept on this device only.",
    see: ["device"],
  },
  {
    id: "device",
    term: "What this device can do",
    text: "The engine uses WebGPU if the browser offers a real graphics device to workers, else WebAssembly with SIMD on one CPU core, else plain TypeScript. Current Chrome, Edge and Safari have WebGPU, and Firefox on Windows and on recent Macs. Without it everything works: these models are small, and the WebAssembly kernels are written for them.",
    see: ["privacy"],
  },
];

/** The entry with this id, as in "#/help/memory". */
export function findTerm(id: string): Term | undefined {
  return GLOSSARY.find((entry) => entry.id === id);
}
