// The dense layers of the recognition network, twice: plain float64 TypeScript, and the engine's float32 wasm kernels.
// Both start from the same weights (drawn once, in float64) and share the masked softmax of recognition.ts.

import type { BackendName } from "../../engine/backend";
import { createNetwork } from "../../engine/nn/createNetwork";
import type { Network, NetworkSpec } from "../../engine/nn/network";
import { CountedBlock } from "../../engine/optim/countedBlock";
import type { ParameterBlock } from "../../engine/optim/parameterBlock";
import type { PlainBlock } from "../../engine/optim/plainBlock";
import type { Rng } from "../../engine/rng/rng";
import { NUM_COORDINATES, type PointSets } from "./pointSets";
import {
  backward,
  createNetworkBlock,
  forward,
  NUM_HIDDEN,
  NUM_LOGITS,
  passOf,
  type RecognitionPass,
} from "./recognition";

export interface PassNetwork {
  /** "phi.network", 1 073 numbers. */
  readonly block: ParameterBlock;
  /** Changes whenever phi has moved. */
  version(): number;
  forward(sets: PointSets, rows: Int32Array): Promise<RecognitionPass>;
  /** Adds the gradient of sum(logits * logitGradient) to the block. logitGradient [B, 49] */
  backward(pass: RecognitionPass, logitGradient: Float64Array): Promise<void>;
  dispose(): void;
}

/** Plain float64 typed arrays: the "cpu" backend, and the oracle of the other. */
export class PlainPassNetwork implements PassNetwork {
  readonly block: PlainBlock;
  private readonly seen: Float64Array;
  private changes = 0;

  /** @param rng stream of the initial weights */
  constructor(rng: Rng) {
    this.block = createNetworkBlock(rng);
    this.seen = this.block.values.slice();
  }

  version(): number {
    const { values } = this.block;
    for (let i = 0; i < values.length; i++) {
      if (values[i] === this.seen[i]) continue;
      this.seen.set(values);
      return ++this.changes;
    }
    return this.changes;
  }

  async forward(sets: PointSets, rows: Int32Array): Promise<RecognitionPass> {
    return forward(this.block.values, sets, rows);
  }

  async backward(pass: RecognitionPass, logitGradient: Float64Array): Promise<void> {
    backward(this.block.values, pass, logitGradient, this.block.gradient);
  }

  /** Nothing to free: every array is an ordinary one. */
  dispose(): void {
    this.changes++;
  }
}

const SPEC: NetworkSpec = {
  name: "clusters",
  input: [1, 1, NUM_COORDINATES],
  layers: [
    { kind: "dense", units: NUM_HIDDEN, activation: "tanh" },
    { kind: "dense", units: NUM_LOGITS, activation: "none" },
  ],
};

/** Most rows of one call of the kernels. */
const CAPACITY = 128;

/** The engine's kernels (float32). */
export class KernelPassNetwork implements PassNetwork {
  readonly block: CountedBlock;
  private readonly input = new Float32Array(CAPACITY * NUM_COORDINATES);
  /** The pass whose activations the kernels hold. */
  private held: RecognitionPass | null = null;

  constructor(private readonly network: Network) {
    this.block = new CountedBlock(network.block);
  }

  version(): number {
    return this.block.version;
  }

  async forward(sets: PointSets, rows: Int32Array): Promise<RecognitionPass> {
    const logits = new Float64Array(rows.length * NUM_LOGITS);
    for (let from = 0; from < rows.length; from += CAPACITY) {
      const some = rows.subarray(from, from + CAPACITY);
      logits.set(await this.forwardSome(sets, some), from * NUM_LOGITS);
    }
    const pass = passOf(sets, rows, new Float64Array(0), logits);
    this.held = rows.length <= CAPACITY ? pass : null;
    return pass;
  }

  async backward(pass: RecognitionPass, logitGradient: Float64Array): Promise<void> {
    for (let from = 0; from < pass.rows.length; from += CAPACITY) {
      if (this.held !== pass) await this.forwardSome(pass.sets, pass.rows.subarray(from, from + CAPACITY));
      const part = logitGradient.subarray(from * NUM_LOGITS, (from + CAPACITY) * NUM_LOGITS);
      await this.network.backward(Float32Array.from(part));
    }
  }

  dispose(): void {
    this.network.dispose();
  }

  private forwardSome(sets: PointSets, rows: Int32Array): Promise<Float32Array> {
    this.held = null;
    for (let b = 0; b < rows.length; b++) {
      for (let i = 0; i < NUM_COORDINATES; i++) {
        this.input[b * NUM_COORDINATES + i] = sets.points[rows[b]! * NUM_COORDINATES + i]!;
      }
    }
    return this.network.forward(this.input.subarray(0, rows.length * NUM_COORDINATES), rows.length);
  }
}

/** The network on a backend; `rng` is the stream of the initial weights. */
export async function createPassNetwork(backend: BackendName, rng: Rng): Promise<PassNetwork> {
  const plain = new PlainPassNetwork(rng);
  if (backend === "cpu") return plain;
  const network = await createNetwork(SPEC, backend, rng, CAPACITY, "phi.network");
  await network.block.write(await plain.block.read());
  return new KernelPassNetwork(network);
}
