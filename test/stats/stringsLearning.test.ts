// Strings are learned: held-out strings become more probable, memories leave the universal programs. Small and seeded;
// the thresholds leave a margin of about half of the measured gain.

import { describe, expect, it } from "vitest";
import { strings } from "../../src/domains/strings/index";
import { meanOf } from "../../src/engine/algorithms/requirements";
import type { OptionValues } from "../../src/engine/options";
import { Rng } from "../../src/engine/rng/rng";
import { createRun } from "../../src/engine/run/createRun";
import { readPublicFile } from "../../src/engine/worker/threadPort";

/** Metrics before and after `iterations` steps on 20 concepts. */
async function learn(changes: OptionValues, iterations: number) {
  const options = {
    concepts: 20,
    batch: 10,
    iterations,
    evaluateEvery: 1_000_000,
    evaluationConcepts: 20,
    evaluationSamples: 50,
  };
  const request = { options: { backend: "wasm", ...options, ...changes }, userData: null, checkpoint: null };
  const { run } = await createRun({ spec: strings, ...request, readAsset: readPublicFile });
  const { core } = run;
  const before = await core.evaluate();
  while (core.step < iterations) await run.advance("step");
  const after = await core.evaluate();
  const history = core.history.map(({ metrics }) => metrics).filter(({ elbo }) => elbo !== undefined);
  core.dispose();
  return { before, after, history };
}

describe("from the pretrained start", () => {
  it("MWS lowers the nats of held-out strings and finds programs that fit all five", { timeout: 60_000 }, async () => {
    const { before, after, history } = await learn({ sleep: "mix" }, 60);
    expect(before.nllHeldOut).toBeGreaterThan(170);
    expect(after.nllHeldOut).toBeLessThan(before.nllHeldOut! - 25);
    expect(after.nllPredictive).toBeLessThan(before.nllPredictive! - 25);
    expect(after.supported).toBeGreaterThan(0.9);
    // A batch holds half of the concepts, so two records stand for all of them: -185 to -135 nats when measured.
    const boundOf = (records: typeof history) => meanOf(records.map(({ elbo }) => elbo!));
    expect(boundOf(history.slice(-2)) - boundOf(history.slice(0, 2))).toBeGreaterThan(25);
    // The evaluator learns that repeats go on.
    expect(history.at(-1)!.plusStop).toBeLessThan(0.45);
  });

  it("RWS learns to propose programs that fit", { timeout: 60_000 }, async () => {
    const { before, after } = await learn({ algorithm: "rws", phi: "both" }, 100);
    expect(after.nllHeldOut).toBeLessThan(before.nllHeldOut! - 7);
    expect(after.nllPredictive).toBeLessThan(before.nllPredictive! - 7);
  });
});

describe("pretraining", () => {
  it("raises both models' log probability of simple programs and leaves the evaluator", {
    timeout: 60_000,
  }, async () => {
    const options = { algorithm: "pretraining", backend: "wasm", concepts: 50, batch: 50, evaluateEvery: 1_000_000 };
    const request = { spec: strings, options, userData: null, checkpoint: null, readAsset: readPublicFile };
    const { run } = await createRun(request);
    const { model } = run.core.parts.instance;
    const pairs = await model.simplePairs!(100, new Rng(99));
    const means = async () => {
      const { logPrior } = await model.score(pairs.batch, pairs.programs);
      return [logPrior, await model.logQ(pairs.batch, pairs.programs)].map((values) => meanOf(values));
    };
    const [priorBefore, recognitionBefore] = await means();
    while (run.core.step < 40) await run.core.advance(() => undefined);
    const [prior, recognition] = await means();
    expect(prior).toBeGreaterThan(priorBefore! + 2);
    expect(recognition).toBeGreaterThan(recognitionBefore! + 2);
    expect(run.core.parts.instance.metrics().plusStop).toBe(0.5);
    run.core.dispose();
  });
});
