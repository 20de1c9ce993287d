// On the real domains, with their networks and pictures: stepping by phase with a snapshot at every standstill (which
// scores, proposes and draws in the middle of a step) leaves the same numbers as running straight.

import { describe, expect, it } from "vitest";
import { domains } from "../../src/domains/list";
import type { DomainSpec } from "../../src/engine/domain";
import type { OptionValues } from "../../src/engine/options";
import { createRun } from "../../src/engine/run/createRun";
import type { Run } from "../../src/engine/run/run";
import { SnapshotMaker } from "../../src/engine/run/snapshot";
import { captureState } from "../../src/engine/run/state";
import { readPublicFile } from "../../src/engine/worker/threadPort";
import { algorithmsOf } from "../helpers/algorithmVariants";
import { TINY_BLOCKS } from "../helpers/blocks";
import { TINY } from "../helpers/strokesRuns";
import { TINY_SERIES } from "../helpers/timeseries";

const SMALL: Readonly<Record<string, OptionValues>> = {
  automata: { images: 12, height: 16, width: 16, batch: 5, particles: 4 },
  blocks: TINY_BLOCKS,
  clusters: {},
  strings: { concepts: 8, batch: 4, particles: 4, evaluationSamples: 10, evaluationConcepts: 4 },
  strokes: { ...TINY, evaluationSamples: 10, evaluationImages: 4 },
  timeseries: TINY_SERIES,
};

async function open(spec: DomainSpec, options: OptionValues): Promise<Run> {
  const request = { spec, options, userData: null, checkpoint: null, readAsset: readPublicFile };
  return (await createRun(request)).run;
}

async function numbersOf(run: Run) {
  const { wallMs: _wallMs, history, ...state } = await captureState(run.core);
  return { ...state, history: history.map(({ wallMs: _ms, ...record }) => record) };
}

/** The algorithm with a memory that a domain offers first. */
function memorising(spec: DomainSpec): string {
  const found = algorithmsOf(spec).find(({ usesMemory }) => usesMemory);
  if (found === undefined) throw new RangeError(`${spec.id} offers no algorithm with a memory`);
  return found.id;
}

const cases = domains.flatMap((spec) =>
  [memorising(spec), "vimco"].map((algorithm) => ({
    spec,
    algorithm,
    id: spec.id,
    sleep: "mix",
  })),
);

describe.each(cases)("$id, $algorithm", ({ spec, algorithm, sleep }) => {
  const options = { ...SMALL[spec.id], algorithm, sleep, backend: spec.backends.includes("wasm") ? "wasm" : "cpu" };

  it("steps and draws without disturbing the numbers", async () => {
    const straight = await open(spec, { ...options, iterations: 8 });
    await straight.advance("free");
    const stepped = await open(spec, { ...options, iterations: 8 });
    const maker = new SnapshotMaker(stepped);
    while (stepped.core.step < 8) {
      await stepped.advance("stage");
      stepped.core.selected = (stepped.core.selected + 1) % 10;
      await stepped.whenSafe(() => maker.take());
    }
    // What only pictures use follows the observation on show.
    const training = async (run: Run) => ({ ...(await numbersOf(run)), selected: 0, past: null });
    expect(await training(stepped)).toEqual(await training(straight));
    straight.core.dispose();
    stepped.core.dispose();
  });
});
