// Scoring lanes: real threads beside this one, the same numbers whatever their number, and scoring here without them.

import { afterEach, describe, expect, it, vi } from "vitest";
import { EvaluatorBlock } from "../../../src/domains/strings/evaluatorBlock";
import { GenerativeModel } from "../../../src/domains/strings/generative";
import type { StringsModel } from "../../../src/domains/strings/model";
import { createEvaluator } from "../../../src/domains/strings/scoring/createEvaluator";
import { encodeStrings } from "../../../src/domains/strings/scoring/encode";
import type { LaneEvents, ScoreBatch } from "../../../src/domains/strings/scoring/laneMessages";
import { initialLogits } from "../../../src/domains/strings/scoring/numbers";
import { numPairs } from "../../../src/domains/strings/scoring/scoreBatch";
import { ScoringPool } from "../../../src/domains/strings/scoring/scoringPool";
import { serveLane } from "../../../src/domains/strings/scoring/serveLane";
import { startLane } from "../../../src/domains/strings/scoring/startLane";
import { FIRST_CLASS, STAR } from "../../../src/domains/strings/tokens";
import { Rng } from "../../../src/engine/rng/rng";
import { maskedProgram } from "../../helpers/stringPrograms";
import { buildStrings, firstConcepts, programsOf } from "../../helpers/strings";

const TEXTS = ["12", "3-4", "a", "", "Ab-1", "é", "77", "b"];
const STRINGS = encodeStrings(TEXTS);
const ATOMS = [65, 66, 13, 17, ...Array.from({ length: 6 }, (_, i) => FIRST_CLASS + i)];

function batchOf(count: number, seed = 1): ScoreBatch {
  const rng = new Rng(seed);
  const tokens = new Int32Array(count * 30);
  for (let n = 0; n < count; n++) tokens.set(maskedProgram(rng, ATOMS), n * 30);
  const from = Int32Array.from({ length: count }, (_, n) => n % TEXTS.length);
  return { tokens, from, to: from.map((at) => at + 1) };
}

function logitsOf(seed: number): Float64Array {
  const rng = new Rng(seed);
  return initialLogits().map((logit) => logit + rng.normal());
}

const pools: ScoringPool[] = [];
function poolOf(...args: ConstructorParameters<typeof ScoringPool>): ScoringPool {
  const pool = new ScoringPool(...args);
  pools.push(pool);
  return pool;
}
afterEach(() => {
  for (const pool of pools.splice(0)) pool.dispose();
});

/** A pool whose lanes have started, by scoring something large enough. */
async function startedPool(lanes: number): Promise<ScoringPool> {
  const pool = poolOf(startLane, lanes, 10);
  await pool.score(STRINGS, batchOf(20), logitsOf(0));
  await vi.waitFor(() => expect(pool.numReady).toBe(lanes), { timeout: 25_000, interval: 20 });
  return pool;
}

/** A lane in this thread that answers as a real one does; `answers` says to how many batches. */
function laneHere(answers: number) {
  let posted = 0;
  return ({ onAnswer, onFailure }: LaneEvents) => {
    const serve = serveLane((answer) => queueMicrotask(() => onAnswer(answer)));
    return {
      post: (request: Parameters<typeof serve>[0]) => {
        if (request.kind === "score") posted += 1;
        if (posted > answers) queueMicrotask(onFailure);
        else serve(request);
      },
      hold: () => undefined,
      terminate: () => undefined,
    };
  };
}

describe("scoring lanes", () => {
  it("answer the next batch with its own numbers after one that held no program", async () => {
    const late = ({ onAnswer }: LaneEvents) => {
      const serve = serveLane((answer) => setTimeout(() => onAnswer(answer), answer.kind === "ready" ? 0 : 20));
      return { post: serve, hold: () => undefined, terminate: () => undefined };
    };
    const pool = poolOf(late, 1, 10);
    await pool.score(STRINGS, batchOf(20), logitsOf(0));
    await vi.waitFor(() => expect(pool.numReady).toBe(1));
    const bad = batchOf(20, 2);
    bad.tokens.fill(STAR, 0, 30);
    await expect(pool.score(STRINGS, bad, logitsOf(1))).rejects.toThrow(/invalid program/);
    const batch = batchOf(20, 3);
    expect(await pool.score(STRINGS, batch, logitsOf(1))).toEqual(
      await poolOf(startLane, 0, 10).score(STRINGS, batch, logitsOf(1)),
    );
  });

  it("give the same numbers to the last digit, with none, one or three of them", async () => {
    const alone = poolOf(startLane, 0, 10);
    const [one, three] = [await startedPool(1), await startedPool(3)];
    for (const [seed, count] of [
      [1, 501],
      [2, 64],
      [3, 2],
    ] as const) {
      const batch = batchOf(count, seed);
      const expected = await alone.score(STRINGS, batch, logitsOf(seed));
      if (count > 10) expect(expected.some(Number.isFinite)).toBe(true);
      expect(await one.score(STRINGS, batch, logitsOf(seed))).toEqual(expected);
      expect(await three.score(STRINGS, batch, logitsOf(seed))).toEqual(expected);
    }
  });

  it("serve calls that overlap in turn, each with its own numbers and strings", async () => {
    const pool = await startedPool(2);
    const alone = poolOf(startLane, 0);
    const other = encodeStrings([...TEXTS].reverse());
    const calls = [STRINGS, other, STRINGS].map((strings, i) => [strings, batchOf(40, i), logitsOf(i)] as const);
    const results = await Promise.all(calls.map((call) => pool.score(...call)));
    for (const [i, call] of calls.entries()) expect(results[i]).toEqual(await alone.score(...call));
  });

  it("do not start for batches that are too small to be worth it", async () => {
    const start = vi.fn(laneHere(100));
    const pool = poolOf(start, 2, 50);
    await pool.score(STRINGS, batchOf(49), logitsOf(0));
    expect(start).not.toHaveBeenCalled();
    await pool.score(STRINGS, batchOf(50), logitsOf(0));
    expect(start).toHaveBeenCalledTimes(2);
    expect(numPairs(batchOf(50))).toBe(50);
  });

  it("are done without where none can be had", async () => {
    const pool = poolOf(() => null, 3, 10);
    const expected = await poolOf(startLane, 0).score(STRINGS, batchOf(30), logitsOf(4));
    expect(await pool.score(STRINGS, batchOf(30), logitsOf(4))).toEqual(expected);
    expect(pool.numReady).toBe(0);
  });

  it("that fail lose nothing: their share is scored here", async () => {
    const pool = poolOf(laneHere(1), 1, 10);
    const expected = await poolOf(startLane, 0).score(STRINGS, batchOf(30), logitsOf(5));
    const sizes: number[] = [];
    for (let call = 0; call < 4; call++) {
      expect(await pool.score(STRINGS, batchOf(30), logitsOf(5))).toEqual(expected);
      sizes.push(pool.numReady);
    }
    // Started, answered once, failed, gone.
    expect(sizes).toEqual([1, 1, 0, 0]);
  });

  it("end with their pool, which then scores alone", async () => {
    const pool = await startedPool(1);
    const expected = await pool.score(STRINGS, batchOf(30), logitsOf(6));
    pool.dispose();
    expect(pool.numReady).toBe(0);
    expect(await pool.score(STRINGS, batchOf(30), logitsOf(6))).toEqual(expected);
  });

  it("serve the model's large batches, programs outside the networks' vocabulary and repeats included", async () => {
    const instance = await buildStrings();
    const { prior } = (instance.model as StringsModel).generative; // built by the domain itself
    const pool = await startedPool(1);
    const logits = new EvaluatorBlock(logitsOf(7), false);
    const generative = new GenerativeModel(prior, logits, createEvaluator(), 0, pool);
    const score = vi.spyOn(pool, "score");
    const batch = firstConcepts(instance, 2);
    const programs = programsOf([
      [".+", ".*"],
      ["é|.+", "\\w.*"],
      [".+", ".*"],
    ]);
    expect(await generative.logLikelihoodInLanes(batch, programs)).toEqual(generative.logLikelihood(batch, programs));
    expect(score).toHaveBeenCalledTimes(1);
    instance.dispose();
  });
});
