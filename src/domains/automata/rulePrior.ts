// The prior over rules, p_theta(z): what every prior offers, and independent learnable Bernoulli bits.

import { softplus } from "../../engine/dists/logs";
import type { ParameterBlock } from "../../engine/optim/parameterBlock";
import { PlainBlock } from "../../engine/optim/plainBlock";
import type { Rng } from "../../engine/rng/rng";

export interface RulePrior {
  readonly blocks: readonly ParameterBlock[];
  /** log p(z) of packed rules, nats. */
  logProb(rules: Int32Array): Float64Array;
  /** `count` rules drawn from the prior. */
  sample(count: number, rng: Rng): Int32Array;
  /** Adds the gradient of -sum_i weight[i] * log p(rules[i]) to the blocks. Entries of weight 0 are skipped. */
  accumulate(rules: Int32Array, weight: Float64Array): void;
  /** [2^k] logits of P(bit = 1) if the bits are independent, else null: what closed forms need. */
  bitLogits(): Float64Array | null;
  /** [2^k] P(bit = 1), for pictures; for dependent bits along the most probable path. */
  bitProbabilities(): Float64Array;
}

/** Independent bits with learnable logits, 0 at the start. */
export class BernoulliPrior implements RulePrior {
  readonly blocks: readonly ParameterBlock[];
  private readonly logits: PlainBlock;
  private readonly bits: number;

  constructor(bits: number) {
    this.bits = bits;
    this.logits = new PlainBlock("theta.prior", "theta", new Float64Array(bits));
    this.blocks = [this.logits];
  }

  logProb(rules: Int32Array): Float64Array {
    const logits = this.logits.values;
    let none = 0;
    for (let i = 0; i < this.bits; i++) none -= softplus(logits[i]!);
    const out = new Float64Array(rules.length);
    for (let n = 0; n < rules.length; n++) {
      const rule = rules[n]!;
      let sum = none;
      for (let i = 0; i < this.bits; i++) sum += (rule >>> i) & 1 ? logits[i]! : 0;
      out[n] = sum;
    }
    return out;
  }

  sample(count: number, rng: Rng): Int32Array {
    const p = this.bitProbabilities();
    const rules = new Int32Array(count);
    for (let n = 0; n < count; n++) {
      let rule = 0;
      for (let i = 0; i < this.bits; i++) if (rng.uniform() < p[i]!) rule |= 1 << i;
      rules[n] = rule;
    }
    return rules;
  }

  accumulate(rules: Int32Array, weight: Float64Array): void {
    const p = this.bitProbabilities();
    const gradient = this.logits.gradient;
    for (let n = 0; n < rules.length; n++) {
      const w = weight[n]!;
      if (w === 0) continue;
      const rule = rules[n]!;
      for (let i = 0; i < this.bits; i++) gradient[i] = gradient[i]! - w * (((rule >>> i) & 1) - p[i]!);
    }
  }

  bitLogits(): Float64Array {
    return this.logits.values;
  }

  bitProbabilities(): Float64Array {
    return this.logits.values.map((logit) => Math.exp(-softplus(-logit)));
  }
}
