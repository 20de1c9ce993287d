// Every field of scenes.json about what is in a scene and where it is seen (scenes specification, sections 1, 2 and 5.4),
// in float64: half a unit of the last printed digit, plus what its own rounded inputs leave open.
// Pictures: cuboids' own tests. Gradients with respect to raw parameters: blocksScenesGradient.test.ts.

import { describe, expect, it } from "vitest";
import {
  DISTANCE,
  FIELD_OF_VIEW,
  FRONT,
  FRONT_CAMERA,
  orbitCamera,
  pixelOf,
  project,
  TARGET,
} from "../../src/domains/blocks/camera";
import { boxesOf, depthOrder, sortBlocks, sortBoxes, unsortBoxes } from "../../src/domains/blocks/depthOrder";
import { GAP, placeBlocks, placeBoxes } from "../../src/domains/blocks/places";
import {
  logPriorContinuous,
  logPriorDiscrete,
  logPriorOfCounts,
  logPriorOfTypes,
} from "../../src/domains/blocks/prior";
import { countBlocks, GRID_SIDE, MOST_LEVELS } from "../../src/domains/blocks/program";
import { SHADES } from "../../src/domains/blocks/shades";
import {
  colorFromRaw,
  LARGEST_SIZE,
  rawFromColor,
  rawFromSize,
  SMALLEST_SIZE,
  sizeFromRaw,
  typesFromRaw,
} from "../../src/domains/blocks/types";
import { BOX_NUMBERS, FADE_DISTANCE } from "../../src/engine/kernels/cuboids/cuboidRenderer";
import { packedLatents, rawColorsOf, scenesFile, shadesOf, type Vector3 } from "../helpers/sceneVectors";

/** Half a unit of the last of `digits`, and as much again for rounded inputs; 5.5 digits where several of them add up. */
function near(values: ArrayLike<number>, expected: ArrayLike<number>, digits: number): void {
  expect(values.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const message = `entry ${i}: ${values[i]} and ${expected[i]}`;
    expect(Math.abs((values[i] ?? Number.NaN) - expected[i]!), message).toBeLessThanOrEqual(10 ** -digits);
  }
}

/** Runs `check` if the field is in the file. */
function given<T>(field: T | undefined, check: (field: T) => void): void {
  if (field !== undefined) check(field);
}

it("has the stated constants", () => {
  const { constants } = scenesFile;
  given(constants?.min_size, (size) => expect(SMALLEST_SIZE).toBe(size));
  given(constants?.max_size, (size) => expect(LARGEST_SIZE).toBe(size));
  given(constants?.eps_gap, (gap) => expect(GAP).toBe(gap));
  given(constants?.nu0, (distance) => expect(FADE_DISTANCE).toBe(distance));
  given(constants?.grid_n, (side) => expect(GRID_SIDE).toBe(side));
  given(constants?.max_blocks, (blocks) => expect(MOST_LEVELS).toBe(blocks));
  given(constants?.shade_lab, (table) => expect(SHADES.lab).toEqual(shadesOf(table)));
  given(constants?.shade_reference, (shade) => expect(SHADES.reference).toEqual(new Array(6).fill(shade)));
});

describe.each(scenesFile.cameras ?? [])("camera at $elevation, $azimuth", (vector) => {
  const camera = orbitCamera(vector, vector.at);

  it("stands and looks as stated", () => {
    given(vector.distance, (distance) => expect(DISTANCE).toBe(distance));
    given(vector.fov_deg, (degrees) => expect(FIELD_OF_VIEW).toBe(degrees));
    given(vector.eye, (eye) => near(camera.eye, eye, 8));
    given(vector.forward, (forward) => near(camera.forward, forward, 8));
    given(vector.right, (right) => near(camera.right, right, 8));
    given(vector.up, (up) => near(camera.up, up, 8));
  });

  it("sees points where stated", () => {
    for (const { point, depth, image_plane, pixel_xy_64 } of vector.projections ?? []) {
      const seen = project(camera, point);
      near([seen.depth, seen.alpha, seen.beta], [depth, ...image_plane], 5.5);
      given(pixel_xy_64, ([column, row]) => {
        const pixel = pixelOf(seen.alpha, seen.beta, 64);
        near([pixel.column, pixel.row], [column, row], 4);
      });
    }
  });
});

it("takes training pictures from the front", () => {
  const front = scenesFile.cameras?.find(
    ({ elevation, azimuth }) => elevation === FRONT.elevation && azimuth === FRONT.azimuth,
  );
  given(front?.at, (at) => expect(TARGET).toEqual(at));
  given(front?.eye, (eye) => near(FRONT_CAMERA.eye, eye, 8));
});

it("constrains sizes and colours, both ways", () => {
  given(scenesFile.constraints, ({ raw_size, size, raw_color, color }) => {
    near(raw_size.map(sizeFromRaw), size, 8);
    near(size.map(rawFromSize), raw_size, 6);
    near(raw_color.flat().map(colorFromRaw), color.flat(), 8);
    near(color.flat().map(rawFromColor), raw_color.flat(), 6);
  });
});

it.each(scenesFile.positions ?? [])("places blocks with shrink $shrink, depth $z_mode", (vector) => {
  const { program, raw, gridSide } = packedLatents(vector);
  const types = {
    sizes: vector.sizes.flatMap((size) => [size, size, size]),
    colors: vector.sizes.flatMap(() => [0, 0, 0]),
  };
  const placed = placeBlocks(program, raw, types, { gridSide, shrink: vector.shrink, depthRule: vector.z_mode });
  expect(placed.map(({ row, column, level, type }) => [row, column, level, type])).toEqual(
    vector.blocks.map(({ row, col, level, primitive }) => [row, col, level, primitive]),
  );
  for (const [i, block] of placed.entries()) {
    near(block.centre, vector.blocks[i]!.centre, 5.5);
    near(block.size, new Array<number>(3).fill(vector.blocks[i]!.size), 6);
  }
});

describe.each((scenesFile.scenes ?? []).map((vector, index) => ({ vector, index })))("scene $index", ({ vector }) => {
  const { program, raw, gridSide } = packedLatents(vector);
  const numTypes = vector.raw_size.length;
  const settings = { gridSide, shrink: vector.shrink, depthRule: vector.z_mode };
  const types = typesFromRaw(vector.raw_size, rawColorsOf(vector), numTypes);
  const order = depthOrder(orbitCamera(vector.camera), gridSide);

  it("has the stated boxes front to back, as a batch and one by one", () => {
    const wanted = (vector.boxes_front_to_back ?? []).flatMap(({ centre, size, color }) => [
      ...centre,
      ...size,
      ...color,
    ]);
    // Two copies, so that the second scene of a batch is checked as well.
    const programs = Int32Array.from([...program, ...program]);
    const boxes = new Float64Array(programs.length * BOX_NUMBERS);
    const sorted = boxes.slice();
    const places = new Int32Array(programs.length);
    placeBoxes(programs, Float64Array.from([...raw, ...raw]), types, settings, boxes);
    sortBoxes(order, boxes, sorted, places);
    const padded = Float64Array.from({ length: program.length * BOX_NUMBERS }, (_, i) => wanted[i] ?? 0);
    near(sorted, [...padded, ...padded], 6);
    near(boxesOf(placeBlocks(program, raw, types, settings), orbitCamera(vector.camera), gridSide), wanted, 6);
    const back = boxes.slice();
    unsortBoxes(order, sorted, places, back);
    expect(back).toEqual(boxes);
  });

  it("has the stated prior in three parts", () => {
    given(vector.log_prior, ({ num_blocks, program: ofTypes, raw_locations }) => {
      near([logPriorOfCounts(gridSide)], [num_blocks], 6);
      near([logPriorOfTypes(countBlocks(program, gridSide), numTypes)], [ofTypes], 6);
      near(logPriorDiscrete(program, gridSide, numTypes), [num_blocks + ofTypes], 6);
      near(logPriorContinuous(program, raw, gridSide), [raw_locations], 5);
    });
  });
});

it.each((scenesFile.depth_order ?? []).map((vector, index) => ({ ...vector, index })))(
  "sorts boxes $index",
  (vector) => {
    const blocks = vector.boxes.map(({ row = 0, col = 0, level = 0, centre, size, color }) => ({
      row,
      column: col,
      level,
      type: 0,
      ...{ centre, size, color },
    }));
    const camera = orbitCamera(vector.camera);
    expect(sortBlocks(blocks, camera, GRID_SIDE)).toEqual(vector.order_front_to_back);
    const wanted = vector.order_front_to_back.flatMap((i) => {
      const { centre, size, color } = vector.boxes[i]!;
      return [centre, size, color].flat() as Vector3;
    });
    expect(Array.from(boxesOf(blocks, camera))).toEqual(wanted);
  },
);
