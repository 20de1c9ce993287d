// The prior and the recognition LSTM of strokes.json (specification 4.2): log_prior, log_prior_steps, log_q.
// Reads the folder in LAB_FIXTURES, else the committed copy. Sections may be missing in another file of the format.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createFactorSequence } from "../../src/engine/nn/createFactorSequence";
import { planFactorSequence } from "../../src/engine/nn/factorPlan";
import type { FactorSequenceSpec } from "../../src/engine/nn/factorSequence";
import { Rng } from "../../src/engine/rng/rng";
import { blockOf, type LstmVectors } from "../helpers/factorSequences";

type Program = {
  ids: number[];
  on_off: number[];
  log_prior?: number;
  log_prior_steps?: number[];
  embedding?: number[];
  log_q?: number;
};
type Fixture = {
  num_primitives?: number;
  programs?: Program[];
  prior_lstm?: LstmVectors;
  recognition?: LstmVectors;
};

const folder = process.env.LAB_FIXTURES ?? join(import.meta.dirname, "../fixtures/reference");
const fixture: Fixture = JSON.parse(readFileSync(join(folder, "strokes.json"), "utf8"));
const programs = fixture.programs ?? [];
/** Absolute, nats: the embeddings that the vectors give have six digits, and log_q feels that. */
const BACKENDS = [
  ["cpu", 2e-6],
  ["wasm", 1e-4],
] as const;

async function make(vectors: LstmVectors, backend: "cpu" | "wasm", steps: number, context: number) {
  const numValues = fixture.num_primitives ?? vectors.bo.length - 2;
  const spec: FactorSequenceSpec = {
    name: "vectors",
    factors: [numValues, 2],
    steps,
    hidden: vectors.wh[0]!.length,
    context,
    forced: [{ step: 0, factor: 1, value: 0 }],
  };
  const network = await createFactorSequence(spec, backend, new Rng(1), "phi.vectors");
  const values = blockOf(vectors, planFactorSequence(spec));
  const zeros = new Float64Array(values.length);
  await network.block.write({ values, moment1: zeros, moment2: zeros });
  return network;
}

function lanesOf(program: Program, steps: number) {
  const tokens = program.ids.slice(0, steps).flatMap((id, t) => [id, t === 0 ? 0 : program.on_off[t]!]);
  return { tokens: Int32Array.from(tokens), groups: new Int32Array(1) };
}

it.runIf(process.env.LAB_FIXTURES === undefined)("the committed file has every section", () => {
  expect(fixture.prior_lstm && fixture.recognition).toBeDefined();
  expect(programs.every(({ log_prior_steps, log_prior, log_q }) => log_prior_steps && log_prior && log_q)).toBe(true);
});

describe.each(BACKENDS)("sequences of strokes.json on %s", (backend, tolerance) => {
  it.each(programs)("log_prior of $ids", async (program) => {
    if (!fixture.prior_lstm) return;
    const numSteps = program.ids.length;
    let before = 0;
    for (let steps = 1; steps <= numSteps; steps++) {
      // A shorter sequence is a prefix: the difference is one step.
      const network = await make(fixture.prior_lstm, backend, steps, 0);
      const [logProb] = await network.logProb(null, lanesOf(program, steps));
      const expected = program.log_prior_steps?.[steps - 1];
      if (expected !== undefined) expect(Math.abs(logProb! - before - expected)).toBeLessThan(tolerance);
      before = logProb!;
    }
    if (program.log_prior !== undefined) expect(Math.abs(before - program.log_prior)).toBeLessThan(tolerance);
  });

  it.each(programs)("log_q of $ids", async (program) => {
    if (!fixture.recognition || !program.embedding || program.log_q === undefined) return;
    const { length } = program.ids;
    const network = await make(fixture.recognition, backend, length, program.embedding.length);
    const [logQ] = await network.logProb(Float32Array.from(program.embedding), lanesOf(program, length));
    expect(Math.abs(logQ! - program.log_q)).toBeLessThan(tolerance);
  });
});
