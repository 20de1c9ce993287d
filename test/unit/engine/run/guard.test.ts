// The non-finite guard names the quantity, the step and the observation, and leaves everything as it was.

import { describe, expect, it } from "vitest";
import type { Algorithm } from "../../../../src/engine/algorithms/algorithm";
import { findAlgorithm } from "../../../../src/engine/algorithms/list";
import type { Model } from "../../../../src/engine/model";
import type { RunCore } from "../../../../src/engine/run/core";
import { createRun } from "../../../../src/engine/run/createRun";
import { captureState } from "../../../../src/engine/run/state";
import type { TinyInstance } from "../../../helpers/tinyDomain";
import { tiny } from "../../../helpers/tinyDomain";

const readAsset = async () => new Uint8Array();
const nothing = () => undefined;

type Change = { readonly model?: (model: Model) => Partial<Model>; readonly algorithm?: Algorithm };

/** A core after four good steps whose model or algorithm is then changed. */
async function brokenCore({ model, algorithm }: Change): Promise<RunCore> {
  const request = { spec: tiny, options: { backend: "cpu" }, userData: null, checkpoint: null, readAsset };
  const { core } = (await createRun(request)).run;
  for (let i = 0; i < 4; i++) await core.advance(nothing);
  // The cast: createRun built the tiny domain's instance.
  const instance = core.parts.instance as unknown as TinyInstance;
  Object.assign(instance.model, model?.(instance.model as unknown as Model) ?? {});
  Object.assign(core.parts, algorithm ? { algorithm } : {});
  return core;
}

const withScores = (change: (scores: Float64Array) => void): Change => ({
  model: (model) => {
    const score = model.score.bind(model);
    return {
      score: async (batch, programs) => {
        const scores = await score(batch, programs);
        change(scores.logLikelihood);
        return scores;
      },
    };
  },
});

const mws = findAlgorithm("mws");

describe("the guard", () => {
  it.each<[string, Change, RegExp]>([
    // 2 members and 2 proposals of 4 observations: entry 13 is proposal 2 of batch row 1.
    ["NaN score", withScores((s) => s.fill(Number.NaN, 13, 14)), /^log p\(x \| z\) is NaN at step 5, observation \d+$/],
    ["infinite score", withScores((s) => s.fill(Infinity, 13, 14)), /^log p\(x \| z\) is Infinity at step 5, obs/],
    // Entry 1 is a remembered program of batch row 1.
    [
      "NaN score of a remembered program",
      withScores((s) => s.fill(Number.NaN, 1, 2)),
      /^log p\(z, x\) of a remembered program is NaN at step 5, observation \d+$/,
    ],
    [
      "NaN value",
      { model: () => ({ accumulate: async () => Float64Array.of(0, Number.NaN) }) },
      /^the mean of log q\(z \| x\) is NaN at step 5$/,
    ],
    [
      "NaN bound",
      { algorithm: { ...mws, step: async (c) => ({ ...(await mws.step(c)), info: badInfo }) } },
      /^the bound is NaN at step 5$/,
    ],
    [
      "infinite coefficient",
      { algorithm: { ...mws, step: async (c) => withCoefficient(await mws.step(c)) } },
      /^a coefficient of log p\(z, x\) is -Infinity at step 5, observation \d+$/,
    ],
  ])("stops at a %s", async (_, change, sentence) => {
    const core = await brokenCore(change);
    const before = await captureState(core);
    const failed = core.advance(nothing);
    await expect(failed).rejects.toMatchObject({ code: "non-finite", fields: { step: 5 } });
    await expect(failed).rejects.toThrowError(sentence);
    const { wallMs: _after, ...after } = await captureState(core);
    const { wallMs: _before, ...expected } = before;
    expect(after).toEqual(expected);
  });

  it("stops at a gradient that is not a number", async () => {
    const core = await brokenCore({});
    const block = core.parts.instance.model.blocks[1];
    const gradientSquared = async () => Number.NaN;
    Object.assign(block ?? {}, { gradientSquared });
    await expect(core.advance(nothing)).rejects.toThrowError("the gradient of theta.likelihood is NaN at step 5");
    expect(core.step).toBe(4);
  });

  it("names the observation of the first bad score", async () => {
    const core = await brokenCore(withScores((scores) => scores.fill(Number.NaN, 13, 14)));
    const observation = core.batches.at(5).ids[1];
    await expect(core.advance(nothing)).rejects.toMatchObject({ fields: { observation } });
  });

  it("lets impossible programs pass", async () => {
    const core = await brokenCore(withScores((scores) => scores.fill(-Infinity)));
    await core.advance(nothing);
    expect(core.step).toBe(5);
    expect(core.history.at(-1)?.metrics.degenerate).toBe(4);
  });
});

const badInfo = {
  elbo: Number.NaN,
  ess: 1,
  accepted: 0,
  novel: 0,
  newBest: 0,
  evaluations: 1,
  degenerate: 0,
  impossible: 0,
};

function withCoefficient(result: Awaited<ReturnType<Algorithm["step"]>>) {
  const [first, ...others] = result.terms;
  if (!first) throw new Error("mws returns terms");
  const coefficient = first.coefficient.slice();
  coefficient[0] = -Infinity;
  return { ...result, terms: [{ ...first, coefficient }, ...others] };
}
