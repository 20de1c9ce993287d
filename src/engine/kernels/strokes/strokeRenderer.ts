// The renderer on any backend: holds the parameters in plain float64 (562 numbers are too few to live on a device),
// scores equal lanes once, and turns gradients of the bank into gradients of its raw parameters.

import { LabError } from "../../errors";
import { distinctLanes } from "../../nn/distinctLanes";
import { CountedBlock } from "../../optim/countedBlock";
import type { PlainBlock } from "../../optim/plainBlock";
import type { Rng } from "../../rng/rng";
import { requireHeld } from "../network/calls";
import { addRawGradient, bankFromRaw } from "./bank";
import { requireLanes, requireTokens } from "./calls";
import type { RenderCore } from "./core";
import type { StrokeBank, StrokeLanes, StrokeRenderer, StrokeRendererSpec } from "./renderer";

export class BlockRenderer implements StrokeRenderer {
  readonly spec: StrokeRendererSpec;
  readonly block: CountedBlock;
  /** The same block with its numbers at hand. */
  readonly stored: PlainBlock;
  private core: RenderCore | null;
  private version = -1;

  constructor(spec: StrokeRendererSpec, core: RenderCore, block: PlainBlock) {
    this.spec = spec;
    this.core = core;
    this.stored = block;
    this.block = new CountedBlock(block);
  }

  async logLikelihood(lanes: StrokeLanes, images: Uint8Array): Promise<Float64Array> {
    requireLanes(this.spec, lanes, images);
    const { tokens, groups, index } = distinctLanes(lanes, this.spec.tokens, true, () => true);
    const values = await this.ready().score({ tokens, groups }, images);
    return Float64Array.from(index, (at) => values[at]!);
  }

  async accumulate(lanes: StrokeLanes, images: Uint8Array, coefficient: Float64Array): Promise<Float64Array> {
    requireLanes(this.spec, lanes, images, coefficient);
    const distinct = distinctLanes(lanes, this.spec.tokens, true, (lane) => coefficient[lane] !== 0);
    const { tokens, groups, index } = distinct;
    if (groups.length === 0) return new Float64Array(index.length);
    const factors = new Float64Array(groups.length);
    for (const [lane, at] of index.entries()) if (at >= 0) factors[at] = factors[at]! + coefficient[lane]!;
    const gradient = new Float64Array(this.stored.size);
    const values = await this.ready().learn({ tokens, groups }, images, factors, gradient);
    addRawGradient(this.spec, this.stored.values, gradient, this.stored.gradient);
    return Float64Array.from(index, (at) => (at < 0 ? 0 : values[at]!));
  }

  async sample(tokens: Int32Array, rng: Rng): Promise<Uint8Array> {
    requireTokens(this.spec, tokens);
    return this.ready().sample(tokens, rng);
  }

  async bank(): Promise<StrokeBank> {
    return bankFromRaw(this.spec, this.stored.values);
  }

  dispose(): void {
    this.core?.dispose();
    this.core = null;
  }

  /** The backend with the present parameters. @throws LabError("non-finite") where one is not a number. */
  private ready(): RenderCore {
    const core = requireHeld(this.core, this.spec.name);
    if (this.version === this.block.version) return core;
    const bad = this.stored.values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      const message = `${this.spec.name}: parameter ${bad} is ${this.stored.values[bad]}`;
      throw new LabError("non-finite", { message, help: "Go back to the last good checkpoint." }, { index: bad });
    }
    core.setBank(bankFromRaw(this.spec, this.stored.values));
    this.version = this.block.version;
    return core;
  }
}
