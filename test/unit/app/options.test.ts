// Option controls: stepping, writing, what is shown, what waits for Reset; keys; ends of axes; advice after failures.

import { describe, expect, it } from "vitest";
import { commandOf } from "../../../src/app/commands/keys";
import { niceCeiling } from "../../../src/app/lab/axisRange";
import { adviceFor, lowerLearningRate } from "../../../src/app/lab/failureAdvice";
import { derivedValue, shownOptions } from "../../../src/app/lab/options/OptionPanel";
import { stepValue, writeValue } from "../../../src/app/lab/options/stepping";
import { waitingOptions } from "../../../src/app/stores/labStore";
import { LabError, type LabErrorCode } from "../../../src/engine/errors";
import { defaultsOf } from "../../../src/engine/options";
import { COMMON_OPTIONS } from "../../../src/engine/run/options";

const table = COMMON_OPTIONS;

describe("stepValue", () => {
  it("walks 1, 2, 5 on a log scale, both ways", () => {
    const rate = table.learningRate;
    expect(stepValue(rate, 0.001, 1)).toBe(0.002);
    expect(stepValue(rate, 0.002, 1)).toBe(0.005);
    expect(stepValue(rate, 0.005, 1)).toBe(0.01);
    expect(stepValue(rate, 0.001, -1)).toBe(0.0005);
    expect(stepValue(rate, 0.003, -1)).toBe(0.002);
  });

  it("stays inside the usual range, and comes back from outside it", () => {
    expect(stepValue(table.particles, 100, 1)).toBe(100);
    expect(stepValue(table.particles, 2, -1)).toBe(2);
    expect(stepValue(table.particles, 500, 1)).toBe(500);
    expect(stepValue(table.particles, 500, -1)).toBeLessThan(500);
    expect(stepValue(table.learningRate, 0.1, 1)).toBe(0.1);
  });

  it("takes larger strides for larger whole numbers", () => {
    expect(stepValue(table.iterations, 1500, 1)).toBe(2000);
    expect(stepValue(table.particles, 10, 1)).toBe(11);
    expect(stepValue(table.seed, 1, 1)).toBe(2);
  });
});

describe("writeValue", () => {
  it.each([
    [0.0005, "0.0005"],
    [0.00001, "0.00001"],
    [1500, "1500"],
    [0.1 + 0.2, "0.3"],
    ["mws", "mws"],
  ])("%s", (value, text) => {
    expect(writeValue(value)).toBe(text);
  });
});

describe("option lists", () => {
  it("leave out the options of algorithms that are not on the bench", () => {
    expect(shownOptions(table, ["rws"], false)).not.toContain("sleep");
    expect(shownOptions(table, ["rws"], false)).toContain("phi");
    expect(shownOptions(table, ["mws", "rws"], false)).toEqual(expect.arrayContaining(["sleep", "phi"]));
    expect(shownOptions(table, ["mws"], true)).toContain("replayBy");
  });

  it("say what 0 stands for", () => {
    expect(derivedValue("memory", { particles: 5, memory: 0 })).toBe(3);
    expect(derivedValue("proposals", { particles: 5, proposals: 0 })).toBe(2);
    expect(derivedValue("memory", { particles: 5, memory: 4 })).toBeNull();
    expect(derivedValue("patience", { particles: 5, patience: 0 })).toBeNull();
  });

  it("name only changes that wait for Reset", () => {
    const started = defaultsOf(table);
    const draft = { ...started, particles: 20, learningRate: 0.01, seed: 2 };
    expect(waitingOptions(table, draft, started)).toEqual(["particles", "seed"]);
    expect(waitingOptions(table, started, started)).toEqual([]);
  });
});

describe("keys", () => {
  const press = (key: string, shiftKey = false) => ({ key, shiftKey, ctrlKey: false, altKey: false, metaKey: false });
  const on = (tagName: string, role: string | null = null) => ({ tagName, role });

  it("mean their commands", () => {
    expect(commandOf(press(" "), null)).toBe("playPause");
    expect(commandOf(press("n"), on("MAIN"))).toBe("step");
    expect(commandOf(press("N", true), on("BODY"))).toBe("phaseStep");
    expect(commandOf(press("m"), on("BUTTON"))).toBe("slow");
    expect(commandOf(press("?", true), null)).toBe("keys");
  });

  it("are letters while typing, and Space stays with what it operates", () => {
    expect(commandOf(press("n"), on("INPUT"))).toBeNull();
    expect(commandOf(press(" "), on("BUTTON"))).toBeNull();
    expect(commandOf(press(" "), on("TD", "gridcell"))).toBeNull();
    expect(commandOf({ ...press("r"), ctrlKey: true }, null)).toBeNull();
  });
});

describe("niceCeiling", () => {
  it.each([
    [0, 1],
    [0.93, 1],
    [1, 1.5],
    [47, 50],
    [99, 150],
    [Number.NaN, 1],
  ])("%d -> %d", (value, end) => {
    expect(niceCeiling(value)).toBeCloseTo(end, 10);
  });
});

describe("adviceFor", () => {
  const failure = (code: LabErrorCode, fields = {}) => ({
    error: new LabError(code, { message: "the bound is NaN", help: "Do this" }, fields).toData(),
    lastGoodStep: 412,
    checkpointStep: 400,
  });
  const options = { ...defaultsOf(table), learningRate: 0.05 };

  it("offers the checkpoint and a lower learning rate after a value that is not a number", () => {
    const advice = adviceFor(failure("non-finite"), table, options);
    expect(advice.actions.map((action) => action.label)).toEqual([
      "Go back to step 400",
      "Lower the learning rate to 0.001",
    ]);
    expect(advice.actions[1]?.changes).toEqual({ learningRate: 0.001 });
    expect(advice.why).toBe(
      "The bound is not a number. You see the last good state, step 412; the last checkpoint is of step 400.",
    );
  });

  it("lowers to the default, then by ten", () => {
    expect(lowerLearningRate(0.05, 0.001)).toBe(0.001);
    expect(lowerLearningRate(0.001, 0.001)).toBe(0.0001);
  });

  it("offers less for a run that would not fit, and the CPU for a lost device", () => {
    expect(adviceFor(failure("memory-limit"), table, options).actions.map((action) => action.changes)).toEqual([
      { particles: 5 },
      { batch: 10 },
    ]);
    expect(adviceFor(failure("device-lost"), table, options).actions[0]?.changes).toEqual({ backend: "wasm" });
    expect(adviceFor(failure("option", { name: "batch" }), table, options).actions[0]?.changes).toEqual({ batch: 20 });
  });
});
