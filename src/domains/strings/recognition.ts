// The recognition model r(z | x): one LSTM reads each string, one copy of another writes the program, attends, and is
// pooled over the strings. Source: strings specification, section 8 (RobustFill, Devlin et al. 2017).

import { type Batch, emptyPrograms, type Programs, type Proposals, type Term } from "../../engine/model";
import type { SequenceNetwork } from "../../engine/nn/sequence";
import type { ParameterBlock } from "../../engine/optim/parameterBlock";
import type { Rng } from "../../engine/rng/rng";
import { gatherLanes, lanesOf, spreadLanes } from "./lanes";
import { type ConceptSet, textsOf } from "./observations";
import { PROGRAM_LENGTH } from "./program";

export class Recogniser {
  readonly block: ParameterBlock;
  private readonly network: SequenceNetwork;

  constructor(network: SequenceNetwork) {
    this.network = network;
    this.block = network.block;
  }

  /** K programs per concept; the strings are read once. */
  async propose(batch: Batch<ConceptSet>, numParticles: number, rng: Rng): Promise<Proposals> {
    const batchSize = batch.ids.length;
    const groups = Int32Array.from({ length: numParticles * batchSize }, (_, i) => i % batchSize);
    const { tokens, logProb } = await this.network.sample(textsOf(batch), groups, rng);
    const programs: Programs = { ...emptyPrograms(numParticles, batchSize, PROGRAM_LENGTH), values: tokens };
    return { programs, logQ: logProb };
  }

  /** [K, B] log r(z | x), nats; -Infinity for programs that the network cannot write. */
  async logQ(batch: Batch<ConceptSet>, programs: Programs): Promise<Float64Array> {
    const distinct = lanesOf(programs, true);
    if (distinct.lanes.groups.length === 0) return new Float64Array(distinct.laneOf.length).fill(-Infinity);
    return spreadLanes(distinct, await this.network.logProb(textsOf(batch), distinct.lanes), -Infinity);
  }

  /**
   * Adds the gradients of phi terms to the block, in the order of the terms: equal programs of a term go back once.
   *
   * @returns per term its value, nats
   */
  async accumulate(terms: readonly Term<ConceptSet>[]): Promise<number[]> {
    const values: number[] = [];
    for (const { batch, programs, coefficient } of terms) {
      const distinct = lanesOf(programs, true, (i) => coefficient[i] !== 0);
      const weight = gatherLanes(
        distinct,
        coefficient.map((value) => value / batch.ids.length),
      );
      const logQ = await this.network.accumulate(textsOf(batch), distinct.lanes, weight);
      values.push(weight.reduce((sum, w, lane) => (w === 0 ? sum : sum + w * logQ[lane]!), 0));
    }
    return values;
  }

  dispose(): void {
    this.network.dispose();
  }
}
