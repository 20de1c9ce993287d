// scenes.json: recognition (log q of programs and raw locations under given heads) and cnn_shapes (the paper's encoder).
// Reads the folder in LAB_FIXTURES, else the committed copy; sections may be missing in another file of the format.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type EncoderSize, paperLayers, recognitionSpec } from "../../src/domains/blocks/encoder";
import { Heads, headLayout } from "../../src/domains/blocks/heads";
import { MOST_LEVELS } from "../../src/domains/blocks/program";
import { planNetwork, sizeOf } from "../../src/engine/kernels/network/plan";

type RecognitionVector = {
  /** [N, N, levels + 1] */
  num_blocks_logits: number[][][];
  /** [N, N, levels, P] */
  program_logits: number[][][][];
  /** [N, N, levels] each */
  loc: number[][][];
  log_scale: number[][][];
  num_blocks: number[][];
  program: number[][][];
  raw_locations: number[][][];
  log_q_num_blocks?: number;
  log_q_program?: number;
  log_q_discrete?: number;
  log_q_continuous?: number;
};
type ShapeVector = {
  input: number;
  last_channels: number;
  side_after: Record<string, number>;
  embedding: number;
};

const folder = process.env.LAB_FIXTURES ?? "test/fixtures/reference";
const file = JSON.parse(readFileSync(join(folder, "scenes.json"), "utf8")) as {
  recognition?: RecognitionVector[];
  cnn_shapes?: ShapeVector[];
};

/** The product's outputs and packed program for a vector. */
function packed(vector: RecognitionVector) {
  const gridSide = vector.num_blocks.length;
  const numTypes = vector.program_logits[0]![0]![0]!.length;
  const layout = headLayout(gridSide, numTypes);
  const outputs = [vector.num_blocks_logits, vector.program_logits, vector.loc, vector.log_scale].flatMap((head) =>
    (head as unknown[]).flat(3),
  ) as number[];
  const heights = vector.num_blocks.flat();
  const program = vector.program
    .flat(2)
    .map((type, place) => (place % MOST_LEVELS < heights[Math.floor(place / MOST_LEVELS)]! ? 1 + type : 0));
  return { heads: new Heads(layout, outputs), layout, outputs, program, raw: vector.raw_locations.flat(2) };
}

describe.each(file.recognition ?? [])("the heads of scene $num_blocks", (vector) => {
  const { heads, layout, outputs, program, raw } = packed(vector);

  it("are as many as the layout has", () => {
    expect(outputs.length).toBe(layout.width);
  });

  it("give log q of the program", () => {
    const parts =
      vector.log_q_num_blocks === undefined || vector.log_q_program === undefined
        ? undefined
        : vector.log_q_num_blocks + vector.log_q_program;
    for (const expected of [vector.log_q_discrete, parts]) {
      if (expected !== undefined) expect(Math.abs(heads.logDiscrete(0, program, 0) - expected)).toBeLessThan(3e-5);
    }
  });

  it("give log q of the raw locations", () => {
    if (vector.log_q_continuous === undefined) return;
    const value = heads.logContinuous(0, program, raw, 0);
    expect(Math.abs(value - vector.log_q_continuous)).toBeLessThan(3e-5);
  });
});

/** The stack of scenes.md 7 with nothing left out: what the file has at every size. */
function fullStack(input: number, lastChannels: number) {
  const layers = paperLayers(input === 32 ? 64 : input).map((layer) => ({ ...layer }));
  for (const layer of layers.filter(({ kind }) => kind === "conv").slice(-1))
    Object.assign(layer, { channels: lastChannels });
  return { name: "encoder", input: [input, input, 3] as const, layers };
}

describe.each(file.cnn_shapes ?? [])("the paper's encoder at $input pixels", (vector) => {
  it("has the sides and the embedding of the file", () => {
    const plan = planNetwork(fullStack(vector.input, vector.last_channels));
    const sides = [vector.input, ...plan.layers.map(({ output }) => output[0])];
    expect(sides).toEqual(Object.values(vector.side_after));
    expect(sizeOf(plan.layers.at(-1)!.output)).toBe(vector.embedding);
  });
});

describe("the recognition networks", () => {
  it.each<[EncoderSize, number, number, number]>([
    // size, side, embedding, parameters (section 7 counts 295,544 for the paper's)
    ["paper", 128, 676, 295544],
    ["paper", 64, 400, 227844 + 13836 + 401 * 100],
    ["paper", 32, 576, 227844 + 13836 + 577 * 100],
    ["small", 32, 576, 14768 + 577 * 100],
    ["small", 64, 576, 14768 + 577 * 100],
    ["small", 128, 576, 14768 + 577 * 100],
  ])("%s at %i pixels embeds a picture as %i numbers", (size, side, embedding, parameters) => {
    const plan = planNetwork(recognitionSpec(size, side, headLayout(2, 5).width));
    expect(sizeOf(plan.layers.at(-1)!.input)).toBe(embedding);
    expect(plan.outputSize).toBe(100);
    expect(plan.parameterCount).toBe(parameters);
  });
});
