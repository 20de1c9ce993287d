// What a string is to the networks that write parameters: the last state of an LSTM that has read it.
// Source: HMWS specification, section 9.

import type { Recurrent, Tape } from "../../../engine/nn/recurrent";
import { type Floats, SINGLE } from "./floats";
import { plainLanes, type Strings } from "./stringInputs";

export class StringEmbedder {
  constructor(
    private readonly network: Recurrent,
    private readonly Numbers: Floats = SINGLE,
  ) {}

  /** [N, H] embeddings; with `keep` a tape for the way back. */
  async embed(strings: Strings, keep: boolean): Promise<{ readonly last: Float32Array; readonly tape: Tape | null }> {
    return this.network.forward(plainLanes(strings, this.Numbers), keep);
  }

  /** Takes the gradient [N, H] of a loss with respect to the embeddings to the block; uses up the tape. */
  async backward(tape: Tape, gradient: Float32Array): Promise<void> {
    await this.network.backward(tape, null, gradient, false);
  }
}
