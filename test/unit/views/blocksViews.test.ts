// What the pictures of blocks read off their data: towers and cells in words, explanations and their shares, thumbnails and
// rows, differences, outlines, sizes over steps, scores with their numbers.

import { beforeAll, describe, expect, it } from "vitest";
import { blocks } from "../../../src/domains/blocks";
import { sceneTools } from "../../../src/domains/blocks/blocksTools";
import type { BlocksData } from "../../../src/domains/blocks/facts";
import { parseProgram } from "../../../src/domains/blocks/parse";
import { defaultsOf } from "../../../src/engine/options";
import type { MemoryEntry, MemoryView } from "../../../src/engine/run/records";
import { rowOfThumb, sceneName, thumbOf } from "../../../src/views/domains/blocks/blocksView";
import { facesOf } from "../../../src/views/domains/blocks/Cuboid";
import { differences, meanDifference } from "../../../src/views/domains/blocks/colourCanvas";
import { type Explanation, explanationsText } from "../../../src/views/domains/blocks/explanations";
import { pixelsOf } from "../../../src/views/domains/blocks/ObservationPicture";
import { blockOutline } from "../../../src/views/domains/blocks/outlines";
import { colorText } from "../../../src/views/domains/blocks/ProgramText";
import { rightThumbs, tileStep } from "../../../src/views/domains/blocks/SceneWall";
import { logSizes } from "../../../src/views/domains/blocks/sizeLog";
import { towerPosterior } from "../../../src/views/domains/blocks/towerPosterior";
import { cellLetters, cellName, cellsInOrder, towersOf } from "../../../src/views/domains/blocks/towers";
import { alikeTypes } from "../../../src/views/domains/blocks/useScene";

const options = defaultsOf(blocks.options);
const programOf = (text: string, grid = 2): Int32Array => {
  const read = parseProgram(text, { grid, types: 5 });
  if (!read.ok) throw new Error(read.message);
  return read.program;
};
beforeAll(() => blocks.loadTools?.());

describe("towers", () => {
  it("stand where the printed form has them", () => {
    const order = cellsInOrder(2);
    expect(order.map((cell) => cellName(cell, 2))).toEqual(["front left", "front right", "back left", "back right"]);
    const towers = towersOf(programOf("CB - / A ABC"), 2);
    expect(order.map((cell) => towers[cell])).toEqual([[2, 1], [], [0], [0, 1, 2]]);
  });

  it("have different names on larger grids, and none on a single tower", () => {
    const names = cellsInOrder(3).map((cell) => cellName(cell, 3));
    expect(new Set(names).size).toBe(9);
    expect(names[4]).toBe("middle");
    expect(cellLetters(cellsInOrder(3)[0] ?? 0, 3)).toBe("FL");
    expect(cellName(0, 1)).toBe("");
  });

  it("give bars whose shares sum to 1 in each cell", () => {
    const entry = (text: string, weight: number) =>
      ({ program: [...programOf(text)], weight }) as unknown as MemoryEntry;
    const view = { entries: [entry("CB - / A -", 0.6), entry("CB - / - -", 0.4)] } as unknown as MemoryView;
    const bars = towerPosterior(view, { options })?.bars ?? [];
    expect(bars).toHaveLength(16);
    const share = (label: string) => bars.find((bar) => bar.label === label)?.share;
    expect([share("FL2"), share("BL1"), share("BL0"), share("FR0")]).toEqual([1, 0.6, 0.4, 1]);
  });
});

describe("explanations", () => {
  const words = (parses: readonly Explanation[], unseen: readonly number[] = []) =>
    explanationsText(parses, {
      gridSide: 2,
      typeName: sceneTools.typeName,
      alikeType: (type) => (type === 4 ? 0 : type),
      visiblePlaces: ({ program }) =>
        Array.from(program, (_, place) => (unseen.includes(Math.floor(place / 3)) ? 0 : 1)),
    });
  const parse = (text: string, weight: number): Explanation => ({
    program: programOf(text),
    raw: new Float32Array(12),
    weight,
  });

  it("name the hidden tower in front of which one surely stands, with the share of each height", () => {
    const parses = [parse("CB - / A -", 0.62), parse("CB - / AB -", 0.31), parse("CB A / A -", 0.03)];
    expect(words(parses, [3])).toBe(
      "Two explanations: a tower hidden behind the front left one has 1 block (62\u00a0%) or 2 (31\u00a0%).",
    );
    expect(words(parses)).toBe(
      "Two explanations: the back left tower, behind the front left one, has 1 block (62\u00a0%) or 2 (31\u00a0%).",
    );
  });

  it("add up parses that agree on the height, and name the other cells that differ", () => {
    const parses = [parse("- A / B -", 0.4), parse("- - / B -", 0.3), parse("- - / BB -", 0.3)];
    expect(words(parses)).toBe(
      "Three explanations: the front right tower has no block (60\u00a0%) or 1 (40\u00a0%); they also differ at the back left.",
    );
  });

  it("tell types apart where all heights agree, and count alike types as one", () => {
    expect(words([parse("AB - / - -", 0.7), parse("AC - / - -", 0.3)])).toBe(
      "Two explanations: the highest block at the front left is B (70\u00a0%) or C (30\u00a0%).",
    );
    expect(words([parse("AB - / - -", 0.5), parse("EB - / - -", 0.499)])).toBe(
      "One explanation has nearly all the weight.",
    );
    expect(words([parse("A - / - -", 0.97), parse("B - / - -", 0.03)])).toBe(
      "One explanation stands out, with 97\u00a0% of the weight.",
    );
    expect(words([])).toBe("");
  });

  it("take types for alike within a twentieth", () => {
    const alike = alikeTypes({
      sizes: [0.4, 0.4, 0.4, 0.5, 0.5, 0.5, 0.42, 0.42, 0.42],
      colors: new Array(9).fill(0.2),
    });
    expect([0, 1, 2].map(alike)).toEqual([0, 1, 0]);
  });
});

describe("the wall", () => {
  const of = { count: 10_002, shown: 202 };

  it("has thumbnails of the first scenes and of a person's own, and none of those between", () => {
    for (const thumb of [0, 199, 200, 201]) expect(thumbOf(of, rowOfThumb(of, thumb, 10_000), 10_000)).toBe(thumb);
    expect(rowOfThumb(of, 200, 10_000)).toBe(10_000);
    expect(thumbOf(of, 5000, 10_000)).toBe(-1);
    expect(thumbOf({ count: 60, shown: 60 }, 59, -1)).toBe(59);
    expect([sceneName(3, -1), sceneName(10_000, 10_000)]).toEqual(["scene 4", "your scene"]);
  });

  it("marks scenes whose cells all have the right number of blocks, whatever the letters", () => {
    const [truth, alike, other] = [programOf("AB - / - C"), programOf("DD - / - D"), programOf("AB - / - CC")];
    const data = { count: 3, shown: 3, gridSide: 2, truths: Int8Array.from([...truth, ...truth, ...truth]) };
    data.truths[24] = -1;
    const picture = {
      programs: Int8Array.from([...alike, ...other, ...alike]),
      raw: new Float32Array(36),
      hasProgram: Uint8Array.of(1, 1, 1),
    };
    // The parts of the two records that are read.
    const view = { data, picture, userRow: -1 } as unknown as Parameters<typeof rightThumbs>[0];
    expect(rightThumbs(view)).toEqual({ isRight: [true, false, false], known: 2, count: 1 });
  });

  it("goes by arrow keys, and stays inside", () => {
    const grid = { count: 60, columns: 20, lines: 2 };
    expect(tileStep("ArrowDown", 5, grid)).toBe(25);
    expect(tileStep("ArrowDown", 55, grid)).toBe(59);
    expect(tileStep("PageUp", 45, grid)).toBe(5);
    expect([tileStep("Home", 9, grid), tileStep("End", 9, grid), tileStep("a", 9, grid)]).toEqual([0, 59, null]);
  });
});

describe("pictures", () => {
  it("differ by the root mean square over the channels of a pixel", () => {
    const each = differences(Uint8Array.of(255, 255, 255, 255, 0, 0), Float32Array.of(1, 1, 1, 1, 0.3, 0.4));
    expect(each[0]).toBeCloseTo(0, 6);
    expect(each[1]).toBeCloseTo(Math.sqrt(0.25 / 3), 6);
    expect(meanDifference(each)).toBeCloseTo(Math.sqrt(0.25 / 6), 6);
  });

  it("are read from base64, and nothing else", () => {
    const bytes = Uint8Array.from({ length: 12 }, (_, i) => 20 * i);
    expect(pixelsOf({ side: 2, pixels: btoa(String.fromCharCode(...bytes)) })).toEqual(bytes);
    for (const other of [null, "x", {}, { pixels: 3 }, { pixels: "*" }, { pixels: btoa("abcd") }]) {
      expect(pixelsOf(other)).toHaveLength(0);
    }
  });

  it("have blocks' outlines around all that the renderer draws of them", () => {
    const types = { sizes: [0.5, 0.5, 0.5], colors: [1, 0, 0] };
    const settings = { gridSide: 2, shrink: 0.01, depthRule: "centred" } as const;
    const placed = sceneTools.placeBlocks(programOf("- - / A -"), new Float64Array(12), types, settings);
    const camera = sceneTools.cameras.right;
    const [block] = placed;
    if (!block) throw new Error("nothing stands");
    const outline = blockOutline(block, (point) => sceneTools.project(camera, point));
    expect(outline).toHaveLength(6);
    const side = 64;
    const drawn = sceneTools.render(sceneTools.boxesOf(placed, camera), {
      ...{ camera, side, softness: 0.1, shades: [0.5, 0.63, 0.5, 0.93, 0.73, 0.5] },
    });
    const reach = (axis: 0 | 1) => {
      const seen = Array.from({ length: side * side }, (_, i) => i).filter((i) => (drawn[3 * i + 1] ?? 1) < 0.5);
      const at = seen.map((i) => ((axis === 0 ? i % side : Math.floor(i / side)) + 0.5) / side);
      return [Math.min(...at), Math.max(...at)] as const;
    };
    for (const axis of [0, 1] as const) {
      const [from, to] = reach(axis);
      expect(Math.min(...outline.map((point) => point[axis]))).toBeCloseTo(from, 1.5);
      expect(Math.max(...outline.map((point) => point[axis]))).toBeCloseTo(to, 1.5);
    }
  });

  it("draw types to scale: twice the size, twice the width and height", () => {
    const numbers = (d: string) => (d.match(/-?[\d.]+/g) ?? []).map(Number);
    const frame = { unit: 100, width: 200, height: 200 };
    const width = (size: number) => {
      const xs = numbers(facesOf([size, size, size], frame).front).filter((_, i) => i % 2 === 0);
      return Math.max(...xs) - Math.min(...xs);
    };
    expect(width(0.4)).toBeCloseTo(40, 1);
    expect(width(0.8)).toBeCloseTo(80, 1);
    expect(colorText([2, -1, 0.5], 0)).toBe("rgb(255 0 128)");
  });
});

describe("sizes over steps", () => {
  it("are kept once a step, thinned, and cut where a run went back", () => {
    const data = {} as BlocksData; // only its identity counts
    const types = { sizes: new Float32Array(3), colors: new Float32Array(3) };
    for (let step = 0; step <= 1000; step++) logSizes(data, { step, types });
    const long = logSizes(data, { step: 1000, types });
    expect(long.length).toBeLessThanOrEqual(240);
    expect(long[0]?.step).toBe(0);
    expect(long.at(-1)?.step).toBe(1000);
    expect(logSizes(data, { step: 10, types }).at(-1)?.step).toBe(10);
    expect(Math.max(...logSizes(data, { step: 10, types }).map(({ step }) => step))).toBe(10);
  });
});
