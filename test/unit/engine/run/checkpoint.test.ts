// Checkpoint files: what comes back is what went in, and every malformed file is refused with one sentence.

import { beforeAll, describe, expect, it } from "vitest";
import { readCheckpoint, writeCheckpoint } from "../../../../src/engine/run/checkpoint";
import { crc32, packContainer } from "../../../../src/engine/run/container";
import { createRun } from "../../../../src/engine/run/createRun";
import { CHECKPOINT_VERSION } from "../../../../src/engine/run/runFile";
import { captureState, type RunState } from "../../../../src/engine/run/state";
import { tiny } from "../../../helpers/tinyDomain";

const readAsset = async () => new Uint8Array();
let state: RunState;
let file: Uint8Array;

const openRun = (checkpoint: Uint8Array | null, options = {}) =>
  createRun({ spec: tiny, options: { backend: "cpu", ...options }, userData: null, checkpoint, readAsset });

/** A state as a file, without the checks of writeCheckpoint's types. */
const repack = (changes: object) => {
  const history = { names: [], step: new Float64Array(), wallMs: new Float64Array(), evaluations: new Float64Array() };
  const empty = { ...history, values: new Float64Array(), present: new Uint8Array() };
  return packContainer({ ...state, history: empty, ...changes }, CHECKPOINT_VERSION);
};

beforeAll(async () => {
  const payload = { pixels: Uint8Array.of(1, 2, 3), gaps: [Number.NaN, -0, -Infinity] };
  const request = { spec: tiny, options: { backend: "cpu" }, userData: { name: "mine", payload: 2 }, readAsset };
  const { run } = await createRun({ ...request, checkpoint: null });
  for (let i = 0; i < 27; i++) await run.advance("step");
  state = { ...(await captureState(run.core)), userData: { name: "mine", payload } };
  file = writeCheckpoint(state);
});

describe("a checkpoint", () => {
  it("gives back what was written, to the bit", () => {
    expect(readCheckpoint(file)).toEqual(state);
    expect(writeCheckpoint({ ...state, ...readCheckpoint(file), options: state.options })).toEqual(file);
  });

  it("can be read from a window onto a larger buffer", () => {
    const padded = new Uint8Array(file.length + 13);
    padded.set(file, 13);
    expect(readCheckpoint(padded.subarray(13))).toEqual(state);
  });

  it("keeps metrics that are missing, infinite or negative zero apart", () => {
    const record = { wallMs: 0.5, evaluations: 7 };
    const history = [
      { ...record, step: 0, metrics: { a: -0 } },
      { ...record, step: 1, metrics: { a: Number.NaN, b: -Infinity } },
    ];
    expect(readCheckpoint(writeCheckpoint({ ...state, history })).history).toEqual(history);
  });

  it("is small beside what it holds", () => {
    const numbers = state.blocks.reduce((sum, block) => sum + block.values.length, 0);
    expect(file.length).toBeLessThan(3 * 8 * numbers + 8000);
  });

  it.each([
    ["is empty", () => new Uint8Array(), "this is not a Wake-Sleep Lab checkpoint: its first bytes are others."],
    ["is a picture", () => Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10, ...new Array(40).fill(0)), "first bytes"],
    ["ends in its prefix", () => file.slice(0, 10), "cut off"],
    ["ends in its header", () => file.slice(0, 100), "cut off"],
    ["ends in its arrays", () => file.slice(0, file.length - 64), "cut off"],
    ["has a flipped bit in its header", () => flipped(60), "damaged"],
    ["has a flipped bit in its arrays", () => flipped(file.length - 20), "damaged"],
    ["is from a newer lab", () => versioned(CHECKPOINT_VERSION + 1), "has format 3; this lab reads formats 1 to 2."],
    ["has version 0", () => versioned(0), "has format 0"],
    ["has no blocks", () => repack({ blocks: undefined }), "checkpoint's blocks"],
    ["has a text for a step", () => repack({ step: "27" }), "checkpoint's step"],
    ["has plain lists for parameters", () => repack({ blocks: [{ name: "theta", values: [1] }] }), "blocks.0.values"],
    ["has a short history", () => repack({ history: { ...shortHistory() } }), "checkpoint's history"],
    ["holds nothing", () => packContainer(null, CHECKPOINT_VERSION), "checkpoint's"],
  ])("is refused with a sentence when it %s", (_, make, sentence) => {
    expect(() => readCheckpoint(make())).toThrowError(expect.objectContaining({ code: "checkpoint" }));
    expect(() => readCheckpoint(make())).toThrowError(sentence);
  });

  it("is caught by its checksum wherever a byte is flipped", () => {
    for (let at = 0; at < file.length; at += 37) {
      expect(() => readCheckpoint(flipped(at))).toThrowError(expect.objectContaining({ code: "checkpoint" }));
    }
  });

  it("has the checksum of ISO 3309", () => {
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  });
});

function flipped(at: number): Uint8Array {
  const bytes = file.slice();
  bytes[at] = bytes[at]! ^ 4;
  return bytes;
}

function versioned(version: number): Uint8Array {
  const bytes = file.slice();
  new DataView(bytes.buffer).setUint32(8, version, true);
  return bytes;
}

function shortHistory() {
  const one = new Float64Array(1);
  return {
    names: ["a"],
    step: one,
    wallMs: one,
    evaluations: one,
    values: new Float64Array(),
    present: new Uint8Array(),
  };
}

describe("opening a checkpoint", () => {
  it("takes data, seed and options from the file, and live options from the caller", async () => {
    const { run } = await openRun(file, { seed: 99, learningRate: 0.5 });
    expect(run.core.step).toBe(27);
    expect(run.core.options).toMatchObject({ seed: 1, learningRate: 0.5 });
    expect(run.core.parts.userData?.name).toBe("mine");
    expect(run.core.parts.instance.train.count).toBe(11);
    expect(run.core.history).toEqual(state.history);
  });

  it.each([
    ["another domain", () => repack({ domain: "poems" }), 'belongs to "poems", not to "tiny"'],
    ["other parameters", () => repack({ blocks: state.blocks.slice(1) }), "parameter blocks"],
    ["a short block", () => repack({ blocks: shortened() }), "numbers in theta.prior: 3, expected 6"],
    ["another memory", () => repack({ memory: { ...state.memory, memorySize: 7 } }), "memorySize: 7, expected 2"],
    [
      "a short memory",
      () => repack({ memory: { ...state.memory, counts: new Int32Array(2) } }),
      "counts: 2, expected 11",
    ],
    ["no memory", () => repack({ memory: null }), "program memory: none, expected one"],
  ])("refuses %s", async (_, make, sentence) => {
    const opened = openRun(make());
    await expect(opened).rejects.toMatchObject({ code: "checkpoint" });
    await expect(opened).rejects.toThrowError(sentence);
  });

  it("refuses options that are out of range", async () => {
    const opened = openRun(repack({ options: { ...state.options, particles: -4 } }));
    await expect(opened).rejects.toMatchObject({ code: "option", fields: { name: "particles" } });
  });
});

function shortened() {
  return state.blocks.map((block, i) => (i === 0 ? { ...block, values: new Float64Array(3) } : block));
}
