// The 108 learnable logits of the evaluator as a parameter block. The four of the operators stay within +-9.2, so that
// their probabilities stay within [1e-4, 1 - 1e-4]. Source: strings specification, section 3.

import type { BlockState } from "../../engine/optim/parameterBlock";
import { PlainBlock } from "../../engine/optim/plainBlock";
import { PHI_LAYOUT } from "./evaluator";
import { BERNOULLI_BOUND } from "./scoring/numbers";

const NUM_OPERATORS = 4;

export class EvaluatorBlock extends PlainBlock {
  /** Grows with every change of the values. */
  version = 0;
  private readonly hasUniformClasses: boolean;

  /** @param hasUniformClasses freezes the class tables and mixtures; only the four operators learn */
  constructor(initial: ArrayLike<number>, hasUniformClasses: boolean) {
    super("theta.evaluator", "theta", initial);
    this.hasUniformClasses = hasUniformClasses;
  }

  /** Takes an ascent direction [108]: adds its negative to the gradient. */
  descend(ascent: Float64Array): void {
    const count = this.hasUniformClasses ? NUM_OPERATORS : PHI_LAYOUT.size;
    for (let i = 0; i < count; i++) this.gradient[i] = this.gradient[i]! - ascent[i]!;
  }

  override adam(rate: number, time: number): void {
    super.adam(rate, time);
    for (let i = 0; i < NUM_OPERATORS; i++) {
      this.values[i] = Math.min(BERNOULLI_BOUND, Math.max(-BERNOULLI_BOUND, this.values[i]!));
    }
    this.version++;
  }

  override async write(state: BlockState): Promise<void> {
    await super.write(state);
    this.version++;
  }
}
