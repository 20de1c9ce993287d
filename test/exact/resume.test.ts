// 100 steps = 50 + save + reload + 50, bit for bit: the parameters, Adam's moments, the memory and the history.

import { describe, expect, it } from "vitest";
import { domains } from "../../src/domains/list";
import type { DomainSpec } from "../../src/engine/domain";
import type { OptionValues } from "../../src/engine/options";
import { writeCheckpoint } from "../../src/engine/run/checkpoint";
import { createRun } from "../../src/engine/run/createRun";
import type { Run } from "../../src/engine/run/run";
import { captureState } from "../../src/engine/run/state";
import { readPublicFile } from "../../src/engine/worker/threadPort";
import { algorithmsOf } from "../helpers/algorithmVariants";
import { TINY_BLOCKS } from "../helpers/blocks";
import { TINY } from "../helpers/strokesRuns";
import { TINY_SERIES } from "../helpers/timeseries";
import { tiny } from "../helpers/tinyDomain";

async function open(spec: DomainSpec, options: OptionValues, checkpoint: Uint8Array | null = null): Promise<Run> {
  const request = { spec, options, userData: null, checkpoint, readAsset: readPublicFile };
  return (await createRun(request)).run;
}

async function runTo(run: Run, step: number): Promise<void> {
  while (run.core.step < step) await run.advance("step");
}

/** Everything but clock readings. */
async function numbersOf(run: Run) {
  const { wallMs: _wallMs, history, ...state } = await captureState(run.core);
  return { ...state, history: history.map(({ wallMs: _ms, ...record }) => record) };
}

/** Small enough for a test; every stage of every algorithm takes part. */
const SMALL: Readonly<Record<string, OptionValues>> = {
  tiny: {},
  automata: { images: 12, height: 16, width: 16, batch: 5, particles: 4 },
  blocks: TINY_BLOCKS,
  clusters: {},
  strings: { size: "tiny", concepts: 8, batch: 4, particles: 4, evaluationSamples: 10, evaluationConcepts: 4 },
  strokes: { ...TINY, evaluationSamples: 10, evaluationImages: 4 },
  timeseries: TINY_SERIES,
};

const cases = [tiny, ...domains].flatMap((spec) =>
  algorithmsOf(spec).flatMap((algorithm) =>
    (["wasm", "cpu"] as const)
      .filter((backend) => spec.backends.includes(backend))
      .map((backend) => ({ spec, id: spec.id, algorithm: algorithm.id, backend })),
  ),
);

describe.each(cases)("$id, $algorithm, $backend", ({ spec, algorithm, backend }) => {
  const options = {
    ...SMALL[spec.id],
    algorithm,
    backend,
    sleep: "mix",
    phi: "both",
    seed: 5,
    iterations: 100,
    evaluateEvery: 50,
  };

  it("resumes bit for bit", { timeout: 60_000 }, async () => {
    const straight = await open(spec, options);
    await runTo(straight, 50);
    const file = writeCheckpoint(await captureState(straight.core));
    await runTo(straight, 100);
    const resumed = await open(spec, {}, file);
    expect(resumed.core.step).toBe(50);
    await runTo(resumed, 100);
    expect(await numbersOf(resumed)).toEqual(await numbersOf(straight));
    straight.core.dispose();
    resumed.core.dispose();
  });
});
