// Scenes in words, and the tools that views draw with.

import { describe, expect, it } from "vitest";
import { sceneTools as tools } from "../../../src/domains/blocks/blocksTools";
import { colorWord } from "../../../src/domains/blocks/colorWords";
import { DATASETS } from "../../../src/domains/blocks/datasets";
import { cellName, explain } from "../../../src/domains/blocks/explain";
import { parseProgram } from "../../../src/domains/blocks/parse";
import { placeBlocks } from "../../../src/domains/blocks/places";
import { describeScene, explainScene, sizeWords } from "../../../src/domains/blocks/sceneWords";
import { SHADES } from "../../../src/domains/blocks/shades";

const types = DATASETS.cubes!.types;
const settings = { gridSide: 2, shrink: 0.01, depthRule: "centred" } as const;

function programOf(text: string, grid = 2): Int32Array {
  const parsed = parseProgram(text, { grid });
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.program;
}
const placed = (text: string, own = types) => placeBlocks(programOf(text), new Float64Array(12), own, settings);

describe("words", () => {
  it("tell a program by letters, front to back, left to right", () => {
    expect(explain(programOf("AC - / B CBA"))).toEqual([
      "6 blocks in 3 cells.",
      "Front left: a block of type A under one of type C.",
      "Back left: a block of type B.",
      "Back right: a block of type C under one of type B under one of type A.",
    ]);
    expect(explain(programOf("- - / - -"))).toEqual(["Nothing stands on the ground."]);
    expect(explain(programOf("- E / - -"))).toEqual(["One block.", "Front right: a block of type E."]);
    expect(explain(programOf("AB", 1))).toEqual([
      "2 blocks in one cell.",
      "The tower: a block of type A under one of type B.",
    ]);
  });

  it("tell placed blocks by colour and size", () => {
    expect(explainScene(placed("AC - / - B"))).toEqual([
      "3 blocks in 2 cells.",
      "Front left: a red block (side 0.30) under a blue one (side 0.50).",
      "Back right: a green block (side 0.40).",
    ]);
    const orange = { sizes: [0.5, 0.3, 0.3], colors: [1, 0.5, 0], names: ["wide"] };
    expect(explainScene(placed("A - / - -", orange))[1]).toBe("Front left: an orange block (0.50 × 0.30 × 0.30).");
  });

  it("give a line to each block", () => {
    expect(describeScene(placed("- AC / - B"))).toEqual([
      "Front right, level 1: type A, red, side 0.30 units",
      "Front right, level 2: type C, blue, side 0.50 units",
      "Back right, level 1: type B, green, side 0.40 units",
    ]);
    expect(describeScene([])).toEqual(["Nothing stands on the ground."]);
  });

  it("name every cell of a grid differently, left where the picture has it", () => {
    for (const gridSide of [2, 3]) {
      const names = Array.from({ length: gridSide ** 2 }, (_, i) =>
        cellName(Math.floor(i / gridSide), i % gridSide, gridSide),
      );
      expect(new Set(names).size).toBe(gridSide ** 2);
    }
    for (const [column, name] of [
      [0, "Front right"],
      [1, "Front left"],
    ] as const) {
      expect(cellName(0, column, 2)).toBe(name);
      // Where the front camera sees the middle of that cell.
      const program = new Int32Array(12);
      program[3 * column] = 1;
      const [block] = placeBlocks(program, new Float64Array(12), types, settings);
      const { alpha } = tools.project(tools.cameras.front, block!.centre);
      expect(alpha < 0 ? "Front left" : "Front right").toBe(name);
    }
    expect(cellName(1, 1, 3)).toBe("Middle");
    expect(cellName(1, 0, 3)).toBe("Middle right");
  });

  it("give cubes one length and others three", () => {
    expect(sizeWords([0.301, 0.301, 0.301])).toBe("side 0.30");
    expect(sizeWords([0.5, 0.3, 0.3])).toBe("0.50 × 0.30 × 0.30");
  });

  it.each([
    [[1, 0, 0], "red"],
    [[0.9, 0.1, 0.15], "red"],
    [[0, 1, 0], "green"],
    [[0, 0, 1], "blue"],
    [[0, 0, 0.8], "blue"],
    [[1, 0.6, 0], "orange"],
    [[0.45, 0.25, 0], "brown"],
    [[1, 1, 0], "yellow"],
    [[0, 0.9, 0.9], "turquoise"],
    [[0.6, 0, 0.9], "purple"],
    [[1, 0, 0.8], "pink"],
    [[0.3, 0, 0], "dark red"],
    [[1, 0.7, 0.7], "pale red"],
    [[0.5, 0.5, 0.52], "grey"],
    [[0, 0, 0], "black"],
    [[1, 1, 1], "white"],
  ])("name the colour %j %s", (color, word) => {
    expect(colorWord(color)).toBe(word);
  });
});

describe("tools", () => {
  const { front, left, right } = tools.cameras;
  const draw = { side: 32, softness: 0.35, shades: SHADES.lab };

  it("draw a scene from the front as data are drawn", () => {
    const blocks = placed("AC - / - -");
    const picture = tools.render(tools.boxesOf(blocks, front), { ...draw, camera: front });
    expect(picture.length).toBe(32 * 32 * 3);
    const { alpha, beta } = tools.project(front, blocks[1]!.centre);
    const { column, row } = tools.pixelOf(alpha, beta, 32);
    const pixel = 3 * (32 * Math.round(row) + Math.round(column));
    // The front face of the blue cube, in its shade.
    expect(picture[pixel]).toBeCloseTo(0, 2);
    expect(picture[pixel + 2]).toBeCloseTo(SHADES.lab[4], 2);
  });

  it("draw nothing as white", () => {
    const picture = tools.render(tools.boxesOf([], left), { ...draw, camera: left });
    expect(picture.every((value) => value === 1)).toBe(true);
  });

  it("see the left side from the left and the right side from the right", () => {
    // World +x is left in the front picture; azimuth -40 stands on one side, 40 on the other.
    expect(left.eye[1]).toBeCloseTo(right.eye[1], 12);
    expect(left.eye[0] - tools.displayTarget[0]).toBeCloseTo(tools.displayTarget[0] - right.eye[0], 12);
    expect(left.eye[0]).toBeGreaterThan(right.eye[0]);
  });

  it("keep every block of a full scene in the picture from all three cameras", () => {
    const blocks = placed("CCC CCC / CCC CCC");
    for (const camera of [front, left, right]) {
      for (const { centre } of blocks) {
        const { alpha, beta, depth } = tools.project(camera, centre);
        expect(depth).toBeGreaterThan(0);
        expect(Math.max(Math.abs(alpha), Math.abs(beta))).toBeLessThan(1);
      }
    }
  });

  it("have random streams of their own", () => {
    expect(tools.rng(1).uniform()).toBe(tools.rng(1).uniform());
    expect(tools.rng(1).uniform()).not.toBe(tools.rng(2).uniform());
  });
});
