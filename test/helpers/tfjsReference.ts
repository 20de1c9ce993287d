// tfjs for the oracle, on its plain cpu backend: the one that has every kernel and every gradient.

import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-cpu";
import { planNetwork } from "../../src/engine/kernels/network/plan";
import { ReferenceNetwork } from "../../src/engine/kernels/network/reference";
import { initialParameters } from "../../src/engine/nn/createNetwork";
import type { NetworkSpec } from "../../src/engine/nn/network";
import { Rng } from "../../src/engine/rng/rng";

/** The oracle with the numbers that createNetwork(spec, _, new Rng(seed), capacity) starts from. */
export async function referenceNetwork(spec: NetworkSpec, seed: number, capacity: number): Promise<ReferenceNetwork> {
  await tf.setBackend("cpu");
  const initial = initialParameters(planNetwork(spec), new Rng(seed).fork("phi.network"));
  return new ReferenceNetwork(tf, spec, initial, capacity);
}
