// Laws that every algorithm obeys on every domain of the lab: same seed, same records; nothing left behind; finite
// gradients; a non-finite score stops the step and changes nothing. (Exact resume: resume.test.ts.)

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import "@tensorflow/tfjs-backend-cpu";
import { memory as tensors } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { domains } from "../../src/domains/list";
import type { OptionValues } from "../../src/engine/options";
import { createRun } from "../../src/engine/run/createRun";
import type { Run } from "../../src/engine/run/run";
import { captureState } from "../../src/engine/run/state";
import { readPublicFile } from "../../src/engine/worker/threadPort";
import { variantsOf } from "../helpers/algorithmVariants";
import { TINY_BLOCKS } from "../helpers/blocks";
import { TINY } from "../helpers/strokesRuns";
import { TINY_SERIES } from "../helpers/timeseries";

/** Small enough for a test; a domain without a line runs as it is. */
const SMALL: Readonly<Record<string, OptionValues>> = {
  automata: { images: 12, height: 16, width: 16, batch: 5, particles: 4 },
  blocks: TINY_BLOCKS,
  // Pretrained: untrained networks hardly ever write a program that fits five strings.
  strings: { concepts: 8, batch: 4, particles: 4, evaluationSamples: 10, evaluationConcepts: 4 },
  strokes: { ...TINY, evaluationSamples: 10, evaluationImages: 4 },
  timeseries: TINY_SERIES,
};

/**
 * Bytes by which typed arrays may grow over 80 steps: the history, the visits. Strings keep compiled programs, up to a
 * bound: at most 14 new ones a step here, of up to 4 kB.
 */
const growth = (id: string) => (id === "strings" ? 80 * 14 * 4096 + 256 * 1024 : 256 * 1024);

const cases = domains.flatMap((spec) =>
  variantsOf(spec).map(({ name, options }) => {
    const backend = spec.backends.includes("wasm") ? "wasm" : "cpu";
    const all = { evaluateEvery: 20, iterations: 1000, ...SMALL[spec.id], ...options, backend };
    return { spec, name, id: spec.id, backend, options: all };
  }),
);

setFlagsFromString("--expose-gc");
// The cast: with the flag above, a new context has the collector as a global.
const collect = runInNewContext("gc") as () => void;

/** Bytes of typed arrays that something still holds. Their memory is given back in the background, hence the rounds. */
async function heldBytes(): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < 5; round++) {
    collect();
    await new Promise((done) => setImmediate(done));
    least = Math.min(least, process.memoryUsage().arrayBuffers);
  }
  return least;
}

const wasmMemories: WebAssembly.Memory[] = [];
const wasmBytes = () => wasmMemories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
const instantiate = WebAssembly.instantiate;
beforeAll(() => {
  const watched = async (module: WebAssembly.Module, imports: WebAssembly.Imports) => {
    const instance = await instantiate(module, imports);
    if (instance.exports.memory instanceof WebAssembly.Memory) wasmMemories.push(instance.exports.memory);
    return instance;
  };
  // The cast: the engine uses the one of the overloads that takes a compiled module.
  vi.spyOn(WebAssembly, "instantiate").mockImplementation(watched as unknown as typeof WebAssembly.instantiate);
});
afterAll(() => vi.restoreAllMocks());

describe.each(cases)("$id, $name, $backend", ({ spec, options }) => {
  const open = async (seed: number): Promise<Run> => {
    const request = {
      spec,
      options: { ...options, seed },
      userData: null,
      checkpoint: null,
      readAsset: readPublicFile,
    };
    return (await createRun(request)).run;
  };
  const runTo = async (run: Run, step: number) => {
    while (run.core.step < step) await run.advance("step");
  };

  it("gives the same records for the same seed and others for another", async () => {
    const records = async (seed: number) => {
      const run = await open(seed);
      await runTo(run, 20);
      run.core.dispose();
      return run.core.history.map(({ wallMs: _ms, ...record }) => record);
    };
    const first = await records(3);
    expect(first.length).toBeGreaterThanOrEqual(2);
    expect(await records(3)).toEqual(first);
    expect(await records(4)).not.toEqual(first);
  });

  it("leaves nothing behind: 100 steps hold what 20 held, and every parameter stays finite and has moved", async () => {
    wasmMemories.length = 0;
    const run = await open(1);
    const { blocks } = run.core.parts.instance.model;
    const start = await Promise.all(blocks.map(async (block) => Array.from((await block.read()).values)));
    await runTo(run, 20);
    const [tensorsBefore, wasmBefore, bytesBefore] = [tensors().numTensors, wasmBytes(), await heldBytes()];
    await runTo(run, 100);
    expect(tensors().numTensors).toBe(tensorsBefore);
    expect(wasmBytes()).toBe(wasmBefore);
    expect(wasmBefore > 0).toBe(options.backend === "wasm");
    expect((await heldBytes()) - bytesBefore).toBeLessThan(growth(spec.id));
    for (const [index, block] of blocks.entries()) {
      const values = Array.from((await block.read()).values);
      expect(values.every(Number.isFinite), block.name).toBe(true);
      expect(values, block.name).not.toEqual(start[index]);
    }
    run.core.dispose();
  });

  it.each([Number.NaN, Infinity])("stops at a proposal whose score is %s and changes nothing", async (bad) => {
    const run = await open(1);
    await runTo(run, 3);
    const { model } = run.core.parts.instance;
    const score = model.score.bind(model);
    vi.spyOn(model, "score").mockImplementation(async (...given) => {
      const scores = await score(...given);
      scores.logLikelihood.fill(bad, -1);
      return scores;
    });
    const { wallMs: _before, ...before } = await captureState(run.core);
    await expect(run.core.advance(() => undefined)).rejects.toMatchObject({
      code: "non-finite",
      fields: { step: 4, where: "log p(x | z)" },
    });
    const { wallMs: _after, ...after } = await captureState(run.core);
    expect(after).toEqual(before);
    run.core.dispose();
  });
});
