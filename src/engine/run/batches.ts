// Which observations a step sees: a pure function of the seed and the step number, so a resumed run sees the same ones.
// Within an epoch no observation repeats; each epoch has its own order. A last, smaller batch completes the epoch.

import type { Batch, Observations } from "../model";
import type { Rng } from "../rng/rng";

/** The batches of a run. Holds the order of one epoch at a time. */
export class Batches {
  readonly stepsPerEpoch: number;
  private readonly order: Int32Array;
  private orderOfEpoch = -1;

  /**
   * @param observations training data, at least one row
   * @param batchSize B; more than the data holds means all of it
   * @param rng the run's root stream; epoch e is shuffled by root.fork("batches").fork(e)
   */
  constructor(
    private readonly observations: Observations,
    private readonly batchSize: number,
    private readonly rng: Rng,
  ) {
    this.stepsPerEpoch = Math.max(1, Math.ceil(observations.count / batchSize));
    this.order = new Int32Array(observations.count);
  }

  /** Epoch (from 0) of step `step` >= 1. */
  epochOf(step: number): number {
    return Math.floor((step - 1) / this.stepsPerEpoch);
  }

  /** The batch of step `step` >= 1, freshly allocated. */
  at(step: number): Batch {
    const epoch = this.epochOf(step);
    if (epoch !== this.orderOfEpoch) this.shuffle(epoch);
    const from = ((step - 1) % this.stepsPerEpoch) * this.batchSize;
    return { observations: this.observations, ids: this.order.slice(from, from + this.batchSize) };
  }

  private shuffle(epoch: number): void {
    for (let i = 0; i < this.order.length; i++) this.order[i] = i;
    this.rng.fork("batches").fork(epoch).shuffle(this.order);
    this.orderOfEpoch = epoch;
  }
}
