// The numeric half of compiling: weights of a topology under the evaluator's numbers, in one pass from the atoms up.
// Source: strings specification, section 4. kappa is the closed form of any number of rounds that emit nothing.

import { ALT, ATOM, CAT, OPT_NODE, PLUS_NODE, STAR_NODE } from "../syntax";
import type { EvaluatorNumbers } from "./numbers";
import { NODE, type Topology } from "./topology";

/** Weights of the whole program. */
export type Weights = {
  /** Probability of the empty string. */
  empty: number;
  /** [atoms] entering and being about to emit there; leaving after it without a further emission. */
  readonly first: Float64Array;
  readonly last: Float64Array;
  /** [edges] in the order of Topology.source. */
  readonly follow: Float64Array;
};

/** Every node's own nu, first and last, which the gradient needs: rows of `first` and `last` are as long as the program. */
export type NodeWeights = { readonly nu: Float64Array; readonly first: Float64Array; readonly last: Float64Array };

export function newWeights(topology: Topology): Weights {
  const { numAtoms, source } = topology;
  const first = new Float64Array(numAtoms);
  return { empty: 0, first, last: new Float64Array(numAtoms), follow: new Float64Array(source.length) };
}

let nus = new Float64Array(64);

/**
 * Fills `weights`.
 * @param isBest true for the best derivation: the largest instead of every sum, and no round that emits nothing
 * @param record gets every node's own values, or null
 */
export function weigh(
  topology: Topology,
  numbers: EvaluatorNumbers,
  weights: Weights,
  isBest = false,
  record: NodeWeights | null = null,
): void {
  const { numAtoms, numNodes, nodes } = topology;
  const { first, last, follow } = weights;
  if (nus.length < numNodes) nus = new Float64Array(2 * numNodes);
  first.fill(1);
  last.fill(1);
  follow.fill(0);
  for (let node = 0; node < numNodes; node++) {
    const op = nodes[node * NODE.size]!;
    if (op === ATOM) nus[node] = 0;
    else if (op === CAT) weighSequence(topology, weights, node, isBest);
    else if (op === ALT) weighChoice(topology, weights, node, numbers.altLeft, isBest);
    else weighPostfix(topology, weights, node, numbers, isBest);
    if (record) recordNode(topology, weights, node, record);
  }
  const root = (numNodes - 1) * NODE.size;
  first.fill(0, nodes[root + NODE.firstTo]!, numAtoms);
  last.fill(0, 0, nodes[root + NODE.lastFrom]!);
  weights.empty = nus[numNodes - 1]!;
}

function addJoins({ joins, joinStart }: Topology, weights: Weights, node: number, factor: number, isBest: boolean) {
  const { first, last, follow } = weights;
  const end = 3 * joinStart[node + 1]!;
  for (let at = 3 * joinStart[node]!; at < end; at += 3) {
    const weight = factor * last[joins[at]!]! * first[joins[at + 1]!]!;
    const edge = joins[at + 2]!;
    if (!isBest) follow[edge]! += weight;
    else if (weight > follow[edge]!) follow[edge] = weight;
  }
}

function weighSequence(topology: Topology, weights: Weights, node: number, isBest: boolean): void {
  const { nodes } = topology;
  const { first, last } = weights;
  addJoins(topology, weights, node, 1, isBest);
  const at = node * NODE.size;
  const left = nodes[at + NODE.left]!;
  const right = nodes[at + NODE.right]!;
  const a = left * NODE.size;
  const b = right * NODE.size;
  if (nodes[a + NODE.nullable] === 1) {
    const nu = nus[left]!;
    for (let j = nodes[b + NODE.atomFrom]!; j < nodes[b + NODE.firstTo]!; j++) first[j]! *= nu;
    for (let j = nodes[a + NODE.firstTo]!; j < nodes[a + NODE.atomTo]!; j++) first[j] = 0;
  }
  if (nodes[b + NODE.nullable] === 1) {
    const nu = nus[right]!;
    for (let i = nodes[a + NODE.lastFrom]!; i < nodes[a + NODE.atomTo]!; i++) last[i]! *= nu;
    for (let i = nodes[b + NODE.atomFrom]!; i < nodes[b + NODE.lastFrom]!; i++) last[i] = 0;
  }
  nus[node] = nus[left]! * nus[right]!;
}

function weighChoice({ nodes }: Topology, weights: Weights, node: number, altLeft: number, isBest: boolean): void {
  const { first, last } = weights;
  const at = node * NODE.size;
  const left = nodes[at + NODE.left]!;
  const right = nodes[at + NODE.right]!;
  const a = left * NODE.size;
  const b = right * NODE.size;
  for (let j = nodes[a + NODE.atomFrom]!; j < nodes[a + NODE.firstTo]!; j++) first[j]! *= altLeft;
  for (let j = nodes[a + NODE.firstTo]!; j < nodes[a + NODE.atomTo]!; j++) first[j] = 0;
  for (let j = nodes[b + NODE.atomFrom]!; j < nodes[b + NODE.firstTo]!; j++) first[j]! *= 1 - altLeft;
  for (let i = nodes[b + NODE.atomFrom]!; i < nodes[b + NODE.lastFrom]!; i++) last[i] = 0;
  const nuA = altLeft * nus[left]!;
  const nuB = (1 - altLeft) * nus[right]!;
  nus[node] = isBest ? Math.max(nuA, nuB) : nuA + nuB;
}

function weighPostfix(
  topology: Topology,
  weights: Weights,
  node: number,
  numbers: EvaluatorNumbers,
  isBest: boolean,
): void {
  const { nodes } = topology;
  const at = node * NODE.size;
  const op = nodes[at]!;
  const nu = nus[nodes[at + NODE.left]!]!;
  if (op === OPT_NODE) {
    const keep = numbers.optKeep;
    scale(weights.first, nodes[at + NODE.atomFrom]!, nodes[at + NODE.firstTo]!, keep);
    nus[node] = isBest ? Math.max(1 - keep, keep * nu) : 1 - keep + keep * nu;
    return;
  }
  const stop = op === PLUS_NODE ? numbers.plusStop : numbers.starStop;
  const goOn = 1 - stop;
  const kappa = isBest ? 1 : 1 / (1 - goOn * nu);
  addJoins(topology, weights, node, goOn * kappa, isBest);
  const enter = op === STAR_NODE ? goOn * kappa : kappa;
  scale(weights.first, nodes[at + NODE.atomFrom]!, nodes[at + NODE.firstTo]!, enter);
  scale(weights.last, nodes[at + NODE.lastFrom]!, nodes[at + NODE.atomTo]!, stop * kappa);
  nus[node] = op === STAR_NODE ? stop * kappa : nu * stop * kappa;
}

function scale(values: Float64Array, from: number, to: number, factor: number): void {
  for (let i = from; i < to; i++) values[i]! *= factor;
}

function recordNode({ nodes, numAtoms }: Topology, weights: Weights, node: number, record: NodeWeights): void {
  const at = node * NODE.size;
  const row = node * numAtoms;
  record.nu[node] = nus[node]!;
  for (let j = nodes[at + NODE.atomFrom]!; j < nodes[at + NODE.firstTo]!; j++)
    record.first[row + j] = weights.first[j]!;
  for (let i = nodes[at + NODE.lastFrom]!; i < nodes[at + NODE.atomTo]!; i++) record.last[row + i] = weights.last[i]!;
}
