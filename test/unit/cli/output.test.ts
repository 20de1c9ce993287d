// Lines and numbers as the command line prints them.

import { describe, expect, it } from "vitest";
import { exitCodeOf, sentenceOf } from "../../../src/cli/failures";
import { flagOf, normaliseFlags } from "../../../src/cli/flags";
import { formatMetrics, formatNumber, recordLine } from "../../../src/cli/output";
import { anyRecord } from "../../../src/cli/schema";
import { LabError } from "../../../src/engine/errors";

describe("recordLine", () => {
  it("puts the version first and writes non-finite numbers as null", () => {
    const metrics = { elbo: Number.NEGATIVE_INFINITY, phi: Number.NaN, ess: 2 };
    const line = recordLine({ kind: "progress", step: 1, wallMs: 2, evaluations: 3, metrics });
    expect(line).toBe(
      '{"v":1,"kind":"progress","step":1,"wallMs":2,"evaluations":3,"metrics":{"elbo":null,"phi":null,"ess":2}}',
    );
    expect(anyRecord.parse(JSON.parse(line))).toMatchObject({ kind: "progress", step: 1 });
  });

  it("writes typed arrays as lists", () => {
    const line = recordLine({ kind: "sample", program: "z", observation: { bits: Uint8Array.of(1, 0) } });
    expect(JSON.parse(line).observation).toEqual({ bits: [1, 0] });
  });
});

describe("numbers for people", () => {
  it.each([
    [12.34567, "12.35"],
    [0.00012345, "1.234e-4"],
    [1234567, "1234567"],
    [0, "0"],
    [null, "not known"],
    [Number.NaN, "not known"],
    [Number.NEGATIVE_INFINITY, "minus infinity"],
  ])("shows %s as %s", (value, text) => expect(formatNumber(value)).toBe(text));

  it("leaves out metrics that are not there", () => {
    expect(formatMetrics({ elbo: -1.5 }, ["phi", "elbo"])).toBe("elbo -1.5");
  });
});

describe("flags", () => {
  it("accepts an option's name in a flag's place", () => {
    expect(flagOf("learningRate")).toBe("--learning-rate");
    expect(normaliseFlags(["train", "--learningRate", "0.1", "--replayBy=sampled", "-h", "A=--xY"])).toEqual([
      "train",
      "--learning-rate",
      "0.1",
      "--replay-by=sampled",
      "-h",
      "A=--xY",
    ]);
  });
});

describe("failures", () => {
  it("ends with 2 for a person's mistake and with 1 for a failed run", () => {
    const help = "";
    expect(exitCodeOf(new LabError("option", { message: "a", help }))).toBe(2);
    expect(exitCodeOf(new LabError("file", { message: "a", help }))).toBe(2);
    expect(exitCodeOf(new LabError("checkpoint", { message: "a", help }))).toBe(2);
    expect(exitCodeOf(new LabError("non-finite", { message: "a", help }))).toBe(1);
  });

  it("makes one line with a full stop", () => {
    expect(sentenceOf(new LabError("file", { message: "a file\n is bad", help: "" }))).toBe("a file is bad.");
  });
});
