// The stroke renderer: programs over a bank of pen strokes become ink, ink becomes log p(x | z), and gradients of all the
// bank's numbers come back. The interface; cpu.ts (float64), wasm.ts and webgpu.ts implement it.
// Source: MWS specification, sections 3.2 to 3.4.

import type { ParameterBlock } from "../../optim/parameterBlock";
import type { Rng } from "../../rng/rng";

export type StrokeRendererSpec = {
  readonly name: string;
  /** S: strokes of the bank. */
  readonly strokes: number;
  /** A: tokens of a program. */
  readonly tokens: number;
  /** T: learned affine maps mixed uniformly; 0 for none: pixels are then Bernoulli of the logits themselves. */
  readonly transforms: number;
  readonly height: number;
  readonly width: number;
};

/**
 * Raw parameters in block order: dx, dy [S, 2], theta [S], sharpness [S], width [S], scale, bias, transforms [T, 2, 3]:
 * 5 S + 2 + 6 T numbers, 562 for S = 64 and T = 40.
 */
export const rawSize = ({ strokes, transforms }: Pick<StrokeRendererSpec, "strokes" | "transforms">): number =>
  5 * strokes + 2 + 6 * transforms;

/** What the raw numbers mean (3.2). Lengths in canvas sides (the canvas is the unit square, y up), angles in radians. */
export type StrokeBank = {
  /** [S] */
  readonly dx: Float64Array;
  readonly dy: Float64Array;
  /** [S] half the turning angle. */
  readonly theta: Float64Array;
  readonly sharpness: Float64Array;
  readonly width: Float64Array;
  readonly scale: number;
  readonly bias: number;
  /** [T, 2, 3] */
  readonly transforms: Float64Array;
};

/** N programs, each with the picture that it is to explain. A token is 2 * stroke + (1 where the pen is down). */
export type StrokeLanes = {
  /** [N, A] */
  readonly tokens: Int32Array;
  /** [N] row of `images`. */
  readonly groups: Int32Array;
};

export interface StrokeRenderer {
  readonly spec: StrokeRendererSpec;
  /** "theta.strokes" */
  readonly block: ParameterBlock;
  /**
   * log p(x | z) per lane, nats.
   *
   * @param images [G, height * width] of 0 and 1
   */
  logLikelihood(lanes: StrokeLanes, images: Uint8Array): Promise<Float64Array>;
  /**
   * Adds the gradient of minus sum_n coefficient[n] * log p(x_n | z_n) to the block. Lanes with coefficient 0 cost nothing.
   *
   * @returns [N] log p(x | z), 0 where the coefficient is 0
   */
  accumulate(lanes: StrokeLanes, images: Uint8Array, coefficient: Float64Array): Promise<Float64Array>;
  /**
   * One picture per program [N, A]: a transform drawn uniformly per picture from `rng.fork("transform")`, then Bernoulli
   * pixels, word n * height * width + i of `rng.fork("pixels")`.
   *
   * @returns [N, height * width] of 0 and 1
   */
  sample(tokens: Int32Array, rng: Rng): Promise<Uint8Array>;
  /** The present bank, for pictures and tests. */
  bank(): Promise<StrokeBank>;
  dispose(): void;
}
