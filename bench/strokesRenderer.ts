// The stroke renderer on the best wasm build: log likelihood and gradient of the same lanes beside eager tfjs with its
// autodiff on its own wasm backend, and programs scored a second as a training step asks for them (batch 20: K programs an
// image are scored, one an image gets a gradient, and the parameters move in between).

import { createRequire } from "node:module";
import { enableRelaxedSimd } from "../src/engine/kernels/assembly/relaxedSimdInNode";
import { createRenderer } from "../src/engine/kernels/strokes/createRenderer";
import { eagerGradient } from "../src/engine/kernels/strokes/reference";
import type { StrokeRendererSpec } from "../src/engine/kernels/strokes/renderer";
import { Rng } from "../src/engine/rng/rng";
import { type BenchResult, benchResult, measureRate } from "./result";

type Tfjs = typeof import("@tensorflow/tfjs-core");

const BATCH = 20;
const RUNS = 5;

/** Rates for T = 40, 8 and 0 transforms. */
export async function benchStrokesRenderer(): Promise<readonly BenchResult[]> {
  enableRelaxedSimd();
  const tf: Tfjs = createRequire(import.meta.url)("@tensorflow/tfjs");
  createRequire(import.meta.url)("@tensorflow/tfjs-backend-wasm");
  await tf.setBackend("wasm");
  const results: BenchResult[] = [];
  for (const transforms of [40, 8, 0]) {
    const spec = { name: "strokes", strokes: 64, tokens: 10, transforms, height: 28, width: 28 };
    results.push(await benchGradient(tf, spec), await benchScore(spec));
    for (const particles of [3, 10]) results.push(await benchStep(spec, particles));
  }
  return results;
}

/** Log likelihoods and gradients of 20 lanes. */
async function benchGradient(tf: Tfjs, spec: StrokeRendererSpec): Promise<BenchResult> {
  const { renderer, lanes, images } = await prepared(spec, BATCH);
  const coefficient = new Float64Array(BATCH).fill(1 / BATCH);
  const rate = await measureRate(() => renderer.accumulate(lanes, images, coefficient), BATCH, { runs: RUNS });
  const eager = () => eagerGradient(tf, spec, renderer.stored.values, lanes, images, coefficient);
  const reference = await measureRate(eager, BATCH, { runs: 3, seconds: 0.1 });
  return benchResult(`strokesRenderer.gradient.T${spec.transforms}`, "programs", rate, reference, RUNS);
}

/** Log likelihoods of 200 lanes. */
async function benchScore(spec: StrokeRendererSpec): Promise<BenchResult> {
  const count = 10 * BATCH;
  const { renderer, lanes, images } = await prepared(spec, count);
  const rate = await measureRate(() => renderer.logLikelihood(lanes, images), count, { runs: RUNS });
  return benchResult(`strokesRenderer.score.T${spec.transforms}`, "programs", rate, null, RUNS);
}

/** K * 20 lanes scored, 20 of them learnt from, one step of Adam. */
async function benchStep(spec: StrokeRendererSpec, particles: number): Promise<BenchResult> {
  const count = particles * BATCH;
  const { renderer, lanes, images } = await prepared(spec, count);
  const coefficient = Float64Array.from({ length: count }, (_, n) => (n < BATCH ? 1 / BATCH : 0));
  let time = 0;
  const step = async () => {
    await renderer.logLikelihood(lanes, images);
    renderer.block.zeroGradient();
    await renderer.accumulate(lanes, images, coefficient);
    renderer.block.adam(1e-5, ++time);
  };
  const rate = await measureRate(step, count, { runs: RUNS });
  return benchResult(`strokesRenderer.step.K${particles}.T${spec.transforms}`, "programs", rate, null, RUNS);
}

async function prepared(spec: StrokeRendererSpec, count: number) {
  const rng = new Rng(1);
  const renderer = await createRenderer(spec, "wasm", rng);
  const tokens = Int32Array.from({ length: count * spec.tokens }, () => rng.int(2 * spec.strokes));
  const lanes = { tokens, groups: Int32Array.from({ length: count }, (_, n) => n % BATCH) };
  const images = await renderer.sample(tokens.slice(0, BATCH * spec.tokens), rng);
  return { renderer, lanes, images };
}
