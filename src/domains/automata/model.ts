// The automata model: generative and recognition part behind the engine's Model interface. Programs have length 1.

import {
  accumulateParts,
  type Batch,
  type Dreams,
  emptyPrograms,
  type Model,
  type Programs,
  type Proposals,
  type Scores,
  type Term,
} from "../../engine/model";
import type { ParameterBlock } from "../../engine/optim/parameterBlock";
import type { Rng } from "../../engine/rng/rng";
import { randomRule } from "./generate";
import type { GenerativeModel } from "./generative";
import { type Neighbours, numBits } from "./grid";
import type { Pictures } from "./observations";
import { PROGRAM_LENGTH } from "./program";
import type { Recogniser } from "./recognition";

export class AutomataModel implements Model<Pictures> {
  readonly programLength = PROGRAM_LENGTH;
  readonly blocks: readonly ParameterBlock[];
  readonly generative: GenerativeModel;
  readonly recogniser: Recogniser;

  constructor(generative: GenerativeModel, recogniser: Recogniser) {
    this.generative = generative;
    this.recogniser = recogniser;
    this.blocks = [...generative.blocks, recogniser.block];
  }

  propose(batch: Batch<Pictures>, numParticles: number, rng: Rng): Promise<Proposals> {
    return this.recogniser.propose(batch, numParticles, rng);
  }

  async score(batch: Batch<Pictures>, programs: Programs): Promise<Scores> {
    return {
      logPrior: this.generative.prior.logProb(programs.values),
      logLikelihood: this.generative.logLikelihood(batch, programs),
    };
  }

  logQ(batch: Batch<Pictures>, programs: Programs): Promise<Float64Array> {
    return this.recogniser.logQ(batch, programs);
  }

  async dream(count: number, rng: Rng): Promise<Dreams<Pictures>> {
    const { rules, pictures } = this.generative.dream(count, rng);
    const ids = Int32Array.from({ length: count }, (_, b) => b);
    const programs: Programs = { values: rules, numParticles: 1, batchSize: count, length: PROGRAM_LENGTH };
    return { batch: { observations: pictures, ids }, programs };
  }

  async firstPrograms(
    batch: Batch<Pictures>,
    memorySize: number,
    rng: Rng,
  ): Promise<{ readonly programs: Programs; readonly present: Uint8Array }> {
    const batchSize = batch.ids.length;
    const programs = emptyPrograms(memorySize, batchSize, PROGRAM_LENGTH);
    const present = new Uint8Array(memorySize * batchSize);
    for (let b = 0; b < batchSize; b++) {
      const rules = distinctRules(batch.observations.neighbours, memorySize, rng);
      for (const [m, rule] of rules.entries()) {
        programs.values[m * batchSize + b] = rule;
        present[m * batchSize + b] = 1;
      }
    }
    return { programs, present };
  }

  /** One random bit of every rule flipped. */
  vary(_batch: Batch<Pictures>, programs: Programs, rng: Rng): Programs {
    const bits = numBits(this.generative.neighbours);
    return { ...programs, values: programs.values.map((rule) => rule ^ (1 << rng.int(bits))) };
  }

  accumulate(terms: readonly Term<Pictures>[]): Promise<Float64Array> {
    return accumulateParts(terms, {
      theta: (term) => this.generative.accumulate(term),
      phi: (own) => this.recogniser.accumulate(own),
    });
  }

  dispose(): void {
    this.recogniser.dispose();
  }
}

/** Up to `count` distinct uniform rules: all 256 at most for three neighbours. */
function distinctRules(neighbours: Neighbours, count: number, rng: Rng): number[] {
  if (neighbours === 3) {
    const all = Int32Array.from({ length: 256 }, (_, z) => z);
    for (let i = 0; i < Math.min(count, 256); i++) {
      const j = i + rng.int(256 - i);
      const held = all[i]!;
      all[i] = all[j]!;
      all[j] = held;
    }
    return [...all.subarray(0, count)];
  }
  const rules = new Set<number>();
  while (rules.size < count) rules.add(randomRule(neighbours, rng));
  return [...rules];
}
