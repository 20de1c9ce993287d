// The glossary: the words of the lab, one entry each, the same words as in code and captions.

import { BLOCKS_TERMS } from "./blocksTerms";
import { HYBRID_TERMS } from "./hybridTerms";
import { TERM_NAMES, type TermId } from "./termNames";

export type Term = {
  readonly id: string;
  readonly term: string;
  readonly text: string;
  readonly see: readonly string[];
};

const ENTRIES: readonly (Omit<Term, "term"> & { readonly id: TermId })[] = [
  {
    id: "observation",
    text: "One thing to explain, written x: a picture, a set of points, a list of strings, a series. The data are many of them.",
    see: ["program"],
  },
  {
    id: "program",
    text: "What explains an observation, written z: a rule, a clustering, a regular expression, an expression of kernels. It is discrete, or has a discrete structure, can be printed, and is not given with the data.",
    see: ["generative-model", "memory", "hybrid-program"],
  },
  {
    id: "generative-model",
    text: "How likely each program is before seeing data (prior), and how likely the data are under a program (likelihood). Everything it learns is called theta.",
    see: ["prior", "likelihood", "recognition-model"],
  },
  {
    id: "recognition-model",
    text: "A network that looks at an observation and proposes programs for it. Everything it learns is called phi.",
    see: ["generative-model", "particles"],
  },
  {
    id: "prior",
    text: "log p(z): how likely a program is before any data are seen, in nats.",
    see: ["likelihood", "nats"],
  },
  {
    id: "likelihood",
    text: "log p(x | z): how well a program explains its observation, in nats. Prior and likelihood add up to the log joint.",
    see: ["prior", "nats"],
  },
  {
    id: "memory",
    text: "For each observation, the M best different programs found so far. Their weights are proportional to p(z, x) and sum to 1. Memoised wake-sleep, plain and hybrid, keeps one; the other algorithms forget after each step.",
    see: ["wake", "replay", "weight"],
  },
  {
    id: "weight",
    text: "The share of one program among those shown: its p(z, x), or its importance weight where there is no memory, divided by the sum over all of them.",
    see: ["memory", "ess"],
  },
  {
    id: "particles",
    text: "Programs scored per observation and step. With a memory, K is split into M remembered and R newly proposed ones.",
    see: ["memory", "recognition-model"],
  },
  {
    id: "wake",
    text: "The phase that looks at data: propose programs, score them, keep the best.",
    see: ["replay", "fantasy"],
  },
  {
    id: "replay",
    text: "The phase that learns from memory: a remembered program is made more likely (theta) and easier to propose (phi).",
    see: ["wake", "fantasy"],
  },
  {
    id: "fantasy",
    text: "The phase that dreams: the generative model invents a program and its data, and the recognition model learns to recognise it.",
    see: ["wake", "replay"],
  },
  {
    id: "bound",
    text: "An estimate from below of log p(x) per observation, in nats: with a memory the log-sum-exp of its log joints, otherwise the K-sample bound. Bounds with different K are not the same quantity.",
    see: ["nats", "ess"],
  },
  {
    id: "ess",
    text: "1 / sum of squared weights. Between 1 (one program has all the weight) and the number of programs.",
    see: ["weight"],
  },
  {
    id: "nats",
    text: "The unit of natural logarithms of probabilities. One nat is about 1.44 bits.",
    see: ["bound"],
  },
  {
    id: "noise",
    text: "The share of cells that break their rule, one learned number for all pictures. A wrong rule leaves more cells unexplained, and only noise can explain those: a noise level that is too high tells of poor rules.",
    see: ["likelihood", "rws"],
  },
  {
    id: "posterior",
    text: "Which programs explain an observation, with their weights, once it has been seen: p(z | x). Three views of it can be compared: the memory, fresh proposals of the recognition model, and the prior, which has not looked.",
    see: ["memory", "recognition-model", "prior"],
  },
  {
    id: "joint",
    text: "log p(z, x): prior and likelihood together, in nats. The memory keeps the programs with the highest joint.",
    see: ["prior", "likelihood", "weight"],
  },
  {
    id: "proposals",
    text: "Programs newly drawn from the recognition model for an observation in one step. Accepted: it entered the memory. New: it was not in memory. New best: it became the best. Duplicate: it was there already. Too low: the memory is full of better ones. Evicted: a better one took its place.",
    see: ["particles", "memory"],
  },
  {
    id: "estimator-lens",
    text: "The same particles of one observation with the coefficients that each algorithm would give them: how strongly θ and φ are pulled towards each program. It shows what the algorithms do differently with the same scores.",
    see: ["weight", "mws", "rws", "vimco"],
  },
  {
    id: "importance-weight",
    text: "p(z, x) divided by q(z | x), for a program that was drawn from the recognition model; divided by the sum over all K they add up to 1, even if all K are poor. That is the bias of RWS at small K.",
    see: ["rws", "ess", "particles"],
  },
  {
    id: "dream",
    text: "A program and its data drawn from the generative model. Its right explanation is known, so the recognition model can learn from as many dreams as it likes.",
    see: ["fantasy", "generative-model"],
  },
  {
    id: "phase",
    text: "Wake, replay and fantasy: open, half and full circle. Awake, programs are proposed and remembered; asleep, both models learn from what is remembered, and the recognition model learns from dreams. A phase has two to four stages; captions name each.",
    see: ["wake", "replay", "fantasy"],
  },
  {
    id: "step",
    text: "A step is one update of both models, on the observations of one batch. An epoch is one pass over all observations.",
    see: ["phase", "seed"],
  },
  {
    id: "seed",
    text: "The number from which all randomness of a run follows. The same seed gives the same numbers, at any speed and on any day, on the same kind of device.",
    see: ["step"],
  },
  {
    id: "held-out",
    text: "Observations that are never trained on. A bound on held-out data says whether what was learned holds for new data; where it is estimated, the number of samples stands beside it.",
    see: ["bound", "ess"],
  },
  {
    id: "band",
    text: "A band around a mean shows the spread of the runs of a group (standard deviation, or least to greatest; the legend says which). An interval beside a difference says how large the true difference may be, given so few runs.",
    see: ["seed"],
  },
  {
    id: "exact",
    text: "Where all programs can be listed (877 clusterings of seven points, 256 rules), the posterior is computed without sampling. It is drawn as a fine dotted line with its name on it.",
    see: ["posterior"],
  },
  {
    id: "residual",
    text: "What a program does not explain: the cells that break the rule. In pictures it is red.",
    see: ["noise", "likelihood"],
  },
  {
    id: "curves",
    text: "How the numbers of a run change: by step, by training time, or by the number of scored programs. “New best” ticks mark steps at which a best program changed. Smoothing leaves the raw line visible and writes its formula.",
    see: ["bound", "ess", "band"],
  },
  {
    id: "checkpoint",
    text: "Everything a run needs to go on bit for bit: parameters, memory, random numbers, records. Saved on this device every 30 seconds and on pause.",
    see: ["seed", "privacy"],
  },
  {
    id: "mws",
    text: "Remembers the best programs of every observation, and trains both models on what it remembers. Hewitt, Le and Tenenbaum 2020.",
    see: ["memory", "rws", "vimco"],
  },
  {
    id: "rws",
    text: "Draws K fresh programs at each step and weights them by importance. Where all K are poor, the least bad one still gets nearly all the weight, and the noise level grows to explain what it gets wrong. Bornschein and Bengio 2015; Le and others 2019.",
    see: ["importance-weight", "noise", "mws"],
  },
  {
    id: "vimco",
    text: "Follows the gradient of the K-sample bound with a baseline made from the other samples. Mnih and Rezende 2016.",
    see: ["rws", "reinforce"],
  },
  {
    id: "reinforce",
    text: "Follows the gradient of the bound by the score function alone: simple and noisy. Williams 1992.",
    see: ["vimco"],
  },
  ...HYBRID_TERMS,
  ...BLOCKS_TERMS,
  {
    id: "stroke-bank",
    text: "The pen strokes that all characters share, 64 unless an option says otherwise: arcs with a learned length, direction, bend, width and sharpness. A program names them by number. Everything about them is part of theta.",
    see: ["program", "pen", "transform"],
  },
  {
    id: "pen",
    text: "Each token of a strokes program says which stroke of the bank comes next and whether the pen is down. With the pen up nothing is drawn, but the pen goes on, so the next stroke begins elsewhere; in print such moves stand in brackets.",
    see: ["stroke-bank", "program"],
  },
  {
    id: "transform",
    text: "A learned map that shifts, turns, stretches or slants a drawn character as a whole. Several are mixed evenly, so a program need not know how a hand leans; the picture is explained by their mean probability. They are the same for all characters.",
    see: ["stroke-bank", "likelihood"],
  },
  {
    id: "bits-per-pixel",
    text: "Minus log p(x) divided by the number of pixels and by log 2: what one pixel costs to tell. It depends on how much ink there is, so only pictures prepared alike compare; one rate of ink for all pixels, and one rate for each, stand beside it as simple models.",
    see: ["nats", "held-out"],
  },
  {
    id: "data-sets",
    text: "Collections that others own and the lab does not ship: Omniglot, MNIST, KMNIST, Quick, Draw. On request the page downloads one from its owner's address, or reads the files that you have; it keeps them on this device, where runs find them, and deletes them when you say so.",
    see: ["privacy"],
  },
  {
    id: "privacy",
    text: "Nowhere. The page, the engine and the built-in data sets are files from this site; training happens in this browser, in a worker on your device. Pictures that you open are read by the page and never sent. Only where you press Download for a data set of others does the page ask its owner's server for those files, and tells it nothing else. There are no cookies and no measurements of visitors; the theme and motion settings are kept on this device only.",
    see: ["device", "data-sets"],
  },
  {
    id: "device",
    text: "The engine uses WebGPU if the browser offers a real graphics device to workers, else WebAssembly with SIMD on one CPU core, else plain TypeScript. Current Chrome, Edge and Safari have WebGPU, and Firefox on Windows and on recent Macs. Without it everything works: these models are small, and the WebAssembly kernels are written for them.",
    see: ["privacy"],
  },
];

export const GLOSSARY: readonly Term[] = ENTRIES.map((entry) => ({ ...entry, term: TERM_NAMES[entry.id] }));

/** The entry with this id, as in "#/help/memory". */
export function findTerm(id: string): Term | undefined {
  return GLOSSARY.find((entry) => entry.id === id);
}
