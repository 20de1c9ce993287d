// The options that steps are made with, also when they are repeated.

import { describe, expect, it } from "vitest";
import { automata } from "../../../../src/domains/automata";
import { requireOptions } from "../../../../src/engine/options";
import { OptionLog } from "../../../../src/engine/run/optionLog";
import type { RunOptions } from "../../../../src/engine/run/options";

// The cast: the domain's table contains the common options.
const optionsWith = (learningRate: number) => requireOptions(automata.options, { learningRate }) as RunOptions;
const rates = (log: OptionLog, steps: readonly number[]) => steps.map((step) => log.at(step).learningRate);

describe("the log of options", () => {
  it("gives every step the options that counted then", () => {
    const log = new OptionLog(optionsWith(0.001));
    log.change(3, optionsWith(0.002));
    log.change(7, optionsWith(0.003));
    expect(rates(log, [1, 2, 3, 6, 7, 100])).toEqual([0.001, 0.001, 0.002, 0.002, 0.003, 0.003]);
    expect(log.latest.learningRate).toBe(0.003);
  });

  it("keeps the last of several changes before one step", () => {
    const log = new OptionLog(optionsWith(0.001));
    log.change(5, optionsWith(0.002));
    log.change(5, optionsWith(0.004));
    expect(rates(log, [4, 5])).toEqual([0.001, 0.004]);
  });

  it("can be taken over by the run that repeats the steps", () => {
    const log = new OptionLog(optionsWith(0.001));
    log.change(3, optionsWith(0.002));
    const repeating = new OptionLog(log.latest);
    repeating.follow(log);
    expect(rates(repeating, [2, 3])).toEqual([0.001, 0.002]);
  });
});
