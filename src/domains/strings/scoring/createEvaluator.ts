// The evaluator that the model, the page and the benches use: programs compiled once per token sequence and kept in a
// bounded cache, their weights computed again only after new logits. Source: strings specification, section 6.1.

import type { Derivation, EncodedStrings, Evaluator } from "../evaluator";
import { numTokens } from "../syntax";
import { bestDerivation } from "./derive";
import { type Compiled, logProbOf, mayProduce } from "./forward";
import { addGradientOf } from "./gradient";
import { type EvaluatorNumbers, initialLogits, numbersOf } from "./numbers";
import { sampleString } from "./sample";
import { compileTopology } from "./topology";
import { newWeights, type Weights, weigh } from "./weigh";

/** Programs kept per generation of the cache; two generations are kept. */
const GENERATION = 8192;
/** Longest string that sampling gives. */
const MAX_SAMPLE = 40;
const IMPOSSIBLE = Number.NEGATIVE_INFINITY;

/** Evaluator with every Bernoulli 0.5 and uniform classes, or with the given logits [108]. */
export function createEvaluator(logits: ArrayLike<number> = initialLogits()): StringsEvaluator {
  return new StringsEvaluator(logits);
}

/** A program in the cache, chained with those of the same hash. */
type Entry = Compiled & {
  readonly tokens: Int32Array;
  readonly next: Entry | undefined;
  /** Version of the numbers that the weights belong to; those of the best derivation are made when first asked for. */
  version: number;
  best: Weights | null;
  bestVersion: number;
};

export class StringsEvaluator implements Evaluator {
  private numbers: EvaluatorNumbers;
  private version = 1;
  private young = new Map<number, Entry>();
  private old = new Map<number, Entry>();
  private numYoung = 0;

  constructor(logits: ArrayLike<number>) {
    this.numbers = numbersOf(logits);
  }

  setLogits(logits: ArrayLike<number>): void {
    this.setNumbers(numbersOf(logits));
  }

  /** Takes probabilities as they are, without the bounds that logits have. */
  setNumbers(numbers: EvaluatorNumbers): void {
    this.numbers = numbers;
    this.version += 1;
  }

  logProb(program: ArrayLike<number>, strings: EncodedStrings, from: number, to: number): number {
    const entry = this.find(program);
    const { symbols, offsets } = strings;
    for (let i = from; i < to; i++)
      if (!mayProduce(entry.topology, symbols, offsets[i]!, offsets[i + 1]!)) return IMPOSSIBLE;
    this.refresh(entry);
    let total = 0;
    for (let i = from; i < to && total > IMPOSSIBLE; i++)
      total += logProbOf(entry, this.numbers, symbols, offsets[i]!, offsets[i + 1]!);
    return total;
  }

  derive(program: ArrayLike<number>, { symbols, offsets }: EncodedStrings, index: number): Derivation | null {
    const entry = this.find(program);
    entry.best ??= newWeights(entry.topology);
    if (entry.bestVersion !== this.version) weigh(entry.topology, this.numbers, entry.best, true);
    entry.bestVersion = this.version;
    const compiled = { topology: entry.topology, weights: entry.best };
    return bestDerivation(compiled, this.numbers, symbols, offsets[index]!, offsets[index + 1]!);
  }

  addGradient(
    program: ArrayLike<number>,
    strings: EncodedStrings,
    from: number,
    to: number,
    weight: number,
    gradient: Float64Array,
  ): number {
    const entry = this.refresh(this.find(program));
    return addGradientOf(entry, this.numbers, strings, { from, to }, weight, gradient);
  }

  sample(program: ArrayLike<number>, rng: Parameters<Evaluator["sample"]>[1], maxSymbols = MAX_SAMPLE) {
    return sampleString(this.refresh(this.find(program)), this.numbers, rng, maxSymbols);
  }

  /** Topology and weights of a program under the present numbers; valid until the next call of any method. */
  compile(program: ArrayLike<number>): Compiled {
    return this.refresh(this.find(program));
  }

  private refresh(entry: Entry): Entry {
    if (entry.version !== this.version) weigh(entry.topology, this.numbers, entry.weights);
    entry.version = this.version;
    return entry;
  }

  private find(program: ArrayLike<number>): Entry {
    const length = numTokens(program);
    const hash = hashOf(program, length);
    const young = this.young.get(hash);
    const known = inChain(young, program, length);
    if (known) return known;
    const old = inChain(this.old.get(hash), program, length);
    const entry = old ? { ...old, next: young } : newEntry(program, length, young);
    if (++this.numYoung > GENERATION) {
      this.old = this.young;
      this.young = new Map();
      this.numYoung = 1;
      const alone = { ...entry, next: undefined };
      this.young.set(hash, alone);
      return alone;
    }
    this.young.set(hash, entry);
    return entry;
  }
}

function newEntry(program: ArrayLike<number>, length: number, next: Entry | undefined): Entry {
  const topology = compileTopology(program, length);
  const tokens = new Int32Array(length);
  for (let t = 0; t < length; t++) tokens[t] = program[t]!;
  return { topology, weights: newWeights(topology), tokens, next, version: 0, best: null, bestVersion: 0 };
}

function inChain(entry: Entry | undefined, program: ArrayLike<number>, length: number): Entry | undefined {
  for (let candidate = entry; candidate; candidate = candidate.next) {
    const { tokens } = candidate;
    if (tokens.length !== length) continue;
    let t = 0;
    while (t < length && tokens[t] === program[t]) t++;
    if (t === length) return candidate;
  }
  return undefined;
}

/** 30 bits of FNV-1a over the tokens: a small integer, which Map stores without boxing. */
function hashOf(program: ArrayLike<number>, length: number): number {
  let hash = 0x811c9dc5;
  for (let t = 0; t < length; t++) hash = Math.imul(hash ^ program[t]!, 0x01000193);
  return hash & 0x3fffffff;
}
