// Derivatives of the four operators' probabilities: from the root's nu, first, last and the edges down to every node.
// A node's fb and lb stand in the places of its atoms, which siblings do not share, so one vector of each serves all.
// Source: strings specification, section 5, "Operators", one function a row.

import { PHI_LAYOUT } from "../evaluator";
import { ALT, ATOM, CAT, OPT_NODE, STAR_NODE } from "../syntax";
import type { RootDerivatives } from "./gradient";
import type { EvaluatorNumbers } from "./numbers";
import { NODE, type Topology } from "./topology";
import { type NodeWeights, newWeights, weigh } from "./weigh";

/** All of one sweep. */
type Sweep = {
  readonly topology: Topology;
  readonly numbers: EvaluatorNumbers;
  /** Every node's nu, first and last. */
  readonly own: NodeWeights;
  /** Derivative by every node's nu. */
  readonly nb: Float64Array;
  readonly fb: Float64Array;
  readonly lb: Float64Array;
  readonly Fb: Float64Array;
  /** Derivatives by starStop, plusStop, optKeep, altLeft, as PHI_LAYOUT orders them. */
  readonly chances: Float64Array;
};

/** Adds weight * derivative by the four operators' logits to `gradient`; uses up `root`. */
export function sweepDown(
  topology: Topology,
  numbers: EvaluatorNumbers,
  root: RootDerivatives,
  weight: number,
  gradient: Float64Array,
): void {
  const { numNodes, numAtoms, nodes } = topology;
  const size = numNodes * numAtoms;
  const own = { nu: new Float64Array(numNodes), first: new Float64Array(size), last: new Float64Array(size) };
  weigh(topology, numbers, newWeights(topology), false, own);
  const nb = new Float64Array(numNodes);
  nb[numNodes - 1] = root.nb;
  const sweep: Sweep = { ...root, topology, numbers, own, nb, chances: new Float64Array(4) };
  for (let node = numNodes - 1; node >= 0; node--) {
    const op = nodes[node * NODE.size]!;
    if (op === CAT) sweepSequence(sweep, node);
    else if (op === ALT) sweepChoice(sweep, node);
    else if (op === OPT_NODE) sweepOptional(sweep, node);
    else if (op !== ATOM) sweepLoop(sweep, node);
  }
  const values = [numbers.starStop, numbers.plusStop, numbers.optKeep, numbers.altLeft];
  for (const [i, p] of values.entries()) gradient[i]! += weight * sweep.chances[i]! * p * (1 - p);
}

/** Sum of derivative times a node's own values over its atoms. */
function dot({ topology }: Sweep, node: number, derivative: Float64Array, values: Float64Array): number {
  const row = node * topology.numAtoms;
  const at = node * NODE.size;
  let sum = 0;
  for (let j = topology.nodes[at + NODE.atomFrom]!; j < topology.nodes[at + NODE.atomTo]!; j++)
    sum += derivative[j]! * values[row + j]!;
  return sum;
}

function scaleRange({ topology: { nodes } }: Sweep, node: number, values: Float64Array, factor: number): void {
  const at = node * NODE.size;
  for (let j = nodes[at + NODE.atomFrom]!; j < nodes[at + NODE.atomTo]!; j++) values[j]! *= factor;
}

/**
 * Adds what the edges that `node` joins say: factor * sum_i Fb[i, j] last_left[i] to fb[j], and
 * factor * sum_j Fb[i, j] first_right[j] to lb[i].
 * @returns Q = sum_ij Fb[i, j] last_left[i] first_right[j]
 */
function addEdges({ topology, own, fb, lb, Fb }: Sweep, node: number, left: number, right: number, factor: number) {
  const { joins, joinStart, numAtoms } = topology;
  let q = 0;
  for (let at = 3 * joinStart[node]!; at < 3 * joinStart[node + 1]!; at += 3) {
    const i = joins[at]!;
    const j = joins[at + 1]!;
    const derivative = Fb[joins[at + 2]!]!;
    const last = own.last[left * numAtoms + i]!;
    const first = own.first[right * numAtoms + j]!;
    fb[j]! += factor * derivative * last;
    lb[i]! += factor * derivative * first;
    q += derivative * last * first;
  }
  return q;
}

function childrenOf({ topology: { nodes } }: Sweep, node: number): { left: number; right: number } {
  return { left: nodes[node * NODE.size + NODE.left]!, right: nodes[node * NODE.size + NODE.right]! };
}

function sweepSequence(sweep: Sweep, node: number): void {
  const { own, nb, fb, lb } = sweep;
  const { left, right } = childrenOf(sweep, node);
  const nuA = own.nu[left]!;
  const nuB = own.nu[right]!;
  nb[left] = nb[node]! * nuB + dot(sweep, right, fb, own.first);
  nb[right] = nb[node]! * nuA + dot(sweep, left, lb, own.last);
  scaleRange(sweep, right, fb, nuA);
  scaleRange(sweep, left, lb, nuB);
  addEdges(sweep, node, left, right, 1);
}

function sweepChoice(sweep: Sweep, node: number): void {
  const { own, nb, fb, chances, numbers } = sweep;
  const { left, right } = childrenOf(sweep, node);
  const a = numbers.altLeft;
  const byFirst = dot(sweep, left, fb, own.first) - dot(sweep, right, fb, own.first);
  chances[PHI_LAYOUT.altLeft]! += nb[node]! * (own.nu[left]! - own.nu[right]!) + byFirst;
  nb[left] = a * nb[node]!;
  nb[right] = (1 - a) * nb[node]!;
  scaleRange(sweep, left, fb, a);
  scaleRange(sweep, right, fb, 1 - a);
}

function sweepOptional(sweep: Sweep, node: number): void {
  const { own, nb, fb, chances, numbers } = sweep;
  const { left } = childrenOf(sweep, node);
  const k = numbers.optKeep;
  chances[PHI_LAYOUT.optKeep]! += nb[node]! * (own.nu[left]! - 1) + dot(sweep, left, fb, own.first);
  nb[left] = k * nb[node]!;
  scaleRange(sweep, left, fb, k);
}

/** star and plus */
function sweepLoop(sweep: Sweep, node: number): void {
  const { own, nb, fb, lb, chances, numbers, topology } = sweep;
  const { left: child } = childrenOf(sweep, node);
  const isStar = topology.nodes[node * NODE.size] === STAR_NODE;
  const s = isStar ? numbers.starStop : numbers.plusStop;
  const c = 1 - s;
  const nu = own.nu[child]!;
  const kappa = 1 / (1 - c * nu);
  const n = nb[node]!;
  const G = dot(sweep, child, fb, own.first);
  const H = dot(sweep, child, lb, own.last);
  // fb and lb of the child: the own ones scaled, then what the edges of the loop add.
  scaleRange(sweep, child, fb, isStar ? c * kappa : kappa);
  scaleRange(sweep, child, lb, s * kappa);
  const Q = addEdges(sweep, node, child, child, c * kappa);
  const byKappa = isStar ? n * s + c * G + s * H + c * Q : n * nu * s + G + s * H + c * Q;
  const throughKappa = byKappa * kappa * kappa;
  const byStop = isStar
    ? n * kappa + kappa * H - (kappa * G + kappa * Q + throughKappa * nu)
    : n * nu * kappa + kappa * H - (kappa * Q + throughKappa * nu);
  chances[isStar ? PHI_LAYOUT.starStop : PHI_LAYOUT.plusStop]! += byStop;
  nb[child] = throughKappa * c + (isStar ? 0 : n * s * kappa);
}
