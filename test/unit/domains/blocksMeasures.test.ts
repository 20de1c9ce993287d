// What counts as visible, and how parses are judged by it.

import { describe, expect, it } from "vitest";
import { FRONT_CAMERA } from "../../../src/domains/blocks/camera";
import { hardView } from "../../../src/domains/blocks/hardView";
import { cellAccuracy, compareVisible, typeUsage, visiblePlaces } from "../../../src/domains/blocks/measures";
import { parseProgram } from "../../../src/domains/blocks/parse";
import { printProgram } from "../../../src/domains/blocks/print";
import type { BlockTypes, SceneSettings } from "../../../src/domains/blocks/scene";
import { SHADES } from "../../../src/domains/blocks/shades";
import { CpuCuboids } from "../../../src/engine/kernels/cuboids/cpu";
import { Rng } from "../../../src/engine/rng/rng";
import { randomScenes } from "../../helpers/randomScenes";

const settings: SceneSettings = { gridSide: 2, shrink: 0.01, depthRule: "centred" };
/** A of side 0.2, B of 0.5, C of 1: C hides the others, which stand right behind it. */
const types: BlockTypes = {
  sizes: [0.2, 0.2, 0.2, 0.5, 0.5, 0.5, 1, 1, 1],
  colors: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};
const SAME = [0, 1, 2];

function programOf(text: string): Int32Array {
  const parsed = parseProgram(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.program;
}
const sceneOf = (text: string, own: BlockTypes = types) => ({
  program: programOf(text),
  raw: new Float64Array(12),
  types: own,
  settings,
});
/** The program without its hidden blocks, as text. */
function visibleText(text: string): string {
  const isVisible = visiblePlaces(sceneOf(text));
  return printProgram(programOf(text).map((place, i) => (isVisible[i] === 1 ? place : 0)));
}

it.each([
  ["- - / A -", "- - / A -"],
  ["C - / A -", "C - / - -"],
  ["- C / - AAA", "- C / - -"],
  ["C - / - A", "C - / - A"],
  ["A A / B C", "A A / B C"],
])("of %j sees %j", (text, visible) => {
  expect(visibleText(text)).toBe(visible);
});

it("sees what rises above a block in front, though not what carries it", () => {
  // Places 9 to 11 are back left.
  expect(Array.from(visiblePlaces(sceneOf("C - / AC -")).subarray(9))).toEqual([0, 1, 0]);
});

it("counts the pixels that the soft renderer covers", () => {
  const {
    programs,
    raw,
    types: random,
  } = randomScenes({ count: 1, numTypes: 5, isCuboid: true }, settings, new Rng(9));
  const boxes = new Float64Array(12 * 9);
  const at = programs.findIndex((place) => place > 0);
  expect(at).toBeGreaterThanOrEqual(0);
  // One block alone: its pixels are those of its silhouette.
  const type = programs[at]! - 1;
  boxes.set([0.5, -0.8, 0.3, ...random.sizes.subarray(3 * type, 3 * type + 3), 1, 0, raw[at]!]);
  const side = 64;
  const spec = {
    name: "soft",
    side,
    boxes: 12,
    camera: FRONT_CAMERA,
    shades: SHADES.lab,
    softness: 0.05,
    background: 1,
  };
  const soft = new CpuCuboids(spec).silhouette(boxes);
  const { seen, visible, alone } = hardView(boxes, FRONT_CAMERA, side);
  expect(visible).toEqual(alone);
  for (let pixel = 0; pixel < side * side; pixel++) {
    if (Math.abs(soft[pixel]! - 0.5) > 0.45) expect(seen[pixel] === 0).toBe(soft[pixel]! > 0.5);
  }
});

it("counts cells with as many blocks as in truth", () => {
  const accuracy = (parse: string, truth: string) => cellAccuracy(programOf(parse), programOf(truth));
  expect(accuracy("A B / - CC", "A B / - CC")).toBe(1);
  expect(accuracy("B A / - AB", "A B / - CC")).toBe(1);
  expect(accuracy("A B / - C", "A B / - CC")).toBe(0.75);
  expect(accuracy("AA BB / A C", "A B / - CC")).toBe(0);
});

describe("compareVisible", () => {
  const compare = (parse: string, truth: string, trueTypeOf: readonly number[] = SAME) =>
    compareVisible(sceneOf(parse), sceneOf(truth), trueTypeOf);

  it("has nothing against the truth itself", () => {
    expect(compare("CBA - / A BC", "CBA - / A BC")).toEqual({ visibleAccuracy: 1, exactParse: 1 });
  });

  it("does not mind blocks that nobody can see", () => {
    expect(compare("C - / - -", "C - / A -")).toEqual({ visibleAccuracy: 1, exactParse: 1 });
  });

  it("minds wrong types and wrong heights", () => {
    expect(compare("CB - / - -", "CA - / - -")).toEqual({ visibleAccuracy: 1, exactParse: 0 });
    expect(compare("CB - / - -", "C - / - -")).toEqual({ visibleAccuracy: 0.75, exactParse: 0 });
  });

  it("reads a learned type as the true one that it is most like", () => {
    const learned = { sizes: Array.from(types.sizes).reverse(), colors: [0, 0, 1, 0, 1, 0, 1, 0, 0] };
    const parse = sceneOf("A - / - C", learned);
    expect(compareVisible(parse, sceneOf("C - / - A"), [2, 1, 0])).toEqual({ visibleAccuracy: 1, exactParse: 1 });
    expect(compareVisible(parse, sceneOf("A - / - C"), [2, 1, 0]).exactParse).toBe(0);
  });
});

it("gives each type its share of all blocks", () => {
  const programs = Int32Array.of(...programOf("A - / - BB"), ...programOf("- - / - -"), ...programOf("A - / - -"));
  expect(Array.from(typeUsage(programs, 3, 2))).toEqual([0.5, 0.5, 0]);
  expect(Array.from(typeUsage(new Int32Array(12), 2, 2))).toEqual([0, 0]);
});
