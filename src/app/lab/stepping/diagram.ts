// The algorithm as a graph, as data: which parts talk to which, and which edges work at each stage (UX-58).

import type { StageName } from "../../../engine/algorithms/algorithm";
import type { PartName } from "../../parts/parts";

export type NodeId = "x" | "phi" | "z" | "theta" | "memory" | "dream";
export type EdgeId =
  | "x-phi"
  | "phi-z"
  | "theta-z"
  | "z-memory"
  | "memory-z"
  | "z-theta"
  | "z-phi"
  | "theta-dream"
  | "dream-phi";

export type DiagramNode = {
  readonly label: string;
  readonly name: string;
  readonly part: PartName;
  readonly at: readonly [number, number];
  readonly colour: string;
};

/** Places in a box of 216 x 132. */
export const NODES: Readonly<Record<NodeId, DiagramNode>> = {
  phi: { label: "φ", name: "recognition model", part: "recognition", at: [36, 28], colour: "var(--phi)" },
  z: { label: "z", name: "programs", part: "proposals", at: [108, 28], colour: "var(--text-1)" },
  theta: { label: "θ", name: "generative model", part: "generative", at: [180, 28], colour: "var(--theta)" },
  x: { label: "x", name: "observation", part: "observation", at: [36, 96], colour: "var(--text-1)" },
  memory: { label: "M", name: "memory", part: "memory", at: [108, 96], colour: "var(--memory)" },
  dream: { label: "x′", name: "dream", part: "dreams", at: [180, 96], colour: "var(--replay)" },
};

/** `bend` in px to the right of the arrow: two edges between the same parts keep apart. */
export const EDGES: Readonly<
  Record<EdgeId, { readonly from: NodeId; readonly to: NodeId; readonly bend: number; readonly words: string }>
> = {
  "x-phi": { from: "x", to: "phi", bend: 0, words: "the recognition model looks at the observation" },
  "phi-z": { from: "phi", to: "z", bend: 9, words: "the recognition model proposes programs" },
  "theta-z": { from: "theta", to: "z", bend: 9, words: "the generative model scores programs" },
  "z-memory": { from: "z", to: "memory", bend: 9, words: "programs enter the memory" },
  "memory-z": { from: "memory", to: "z", bend: 9, words: "a program is recalled from the memory" },
  "z-theta": { from: "z", to: "theta", bend: 9, words: "the generative model learns from programs" },
  "z-phi": { from: "z", to: "phi", bend: 9, words: "the recognition model learns from programs" },
  "theta-dream": { from: "theta", to: "dream", bend: 0, words: "the generative model dreams" },
  "dream-phi": { from: "dream", to: "phi", bend: -10, words: "the recognition model learns from the dream" },
};

/** The edges that work at each stage. */
export const ACTIVE_EDGES: Readonly<Record<StageName, readonly EdgeId[]>> = {
  look: ["x-phi"],
  propose: ["phi-z"],
  score: ["theta-z"],
  remember: ["z-memory"],
  recall: ["memory-z"],
  learnTheta: ["z-theta"],
  learnPhi: ["z-phi"],
  dream: ["theta-dream"],
  learnFromDream: ["dream-phi"],
};

/** The edges that some stage of the list uses: without memory or dreams, theirs are left out. */
export function edgesOf(stages: readonly StageName[]): readonly EdgeId[] {
  return stages.flatMap((stage) => ACTIVE_EDGES[stage]);
}
