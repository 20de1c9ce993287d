// What a backend brings to the renderer: scores and gradients of distinct lanes. The rest (the block, equal lanes, the
// chain rule, the checks) is the same everywhere: strokeRenderer.ts.

import type { Rng } from "../../rng/rng";
import type { StrokeBank, StrokeLanes } from "./renderer";

export interface RenderCore {
  /** Takes new parameters; called before anything else and whenever they have moved. */
  setBank(bank: StrokeBank): void;
  /** [N] log p(x | z). Lanes are distinct and in the order of their groups. */
  score(lanes: StrokeLanes, images: Uint8Array): Promise<Float64Array>;
  /**
   * Adds the gradient of minus sum_n factor[n] * log p(x_n | z_n) with respect to the bank (block order, derived values).
   *
   * @param factors [N], none of them 0
   * @returns [N] log p(x | z)
   */
  learn(lanes: StrokeLanes, images: Uint8Array, factors: Float64Array, gradient: Float64Array): Promise<Float64Array>;
  /** Pictures as StrokeRenderer.sample draws them. */
  sample(tokens: Int32Array, rng: Rng): Promise<Uint8Array>;
  dispose(): void;
}
