// What a 3D picture computes beside drawing: its cameras are those of the reference file, what is under a pointer, keys,
// which scenes look the same, and who may have a context.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cellCentre } from "../../../src/domains/blocks/places";
import { cellEdges, cellsOf } from "../../../src/views/scene3d/ground";
import { between, eyeOf, type OrbitView, turned, viewOf, zoomed } from "../../../src/views/scene3d/orbit";
import { hitAt, rayThrough } from "../../../src/views/scene3d/pick";
import { isSameScene } from "../../../src/views/scene3d/sameScene";
import { pressKey } from "../../../src/views/scene3d/sceneKeys";
import type { CameraName, SceneBlock, Vector3 } from "../../../src/views/scene3d/sceneTypes";
import { type Holder, release, request, takeOver } from "../../../src/views/scene3d/turns";
import type { Orbit } from "../../../src/views/scene3d/useOrbit";

type Fixture = {
  readonly cameras?: readonly {
    readonly azimuth: number;
    readonly eye: Vector3;
    readonly forward: Vector3;
    readonly right: Vector3;
    readonly up: Vector3;
    readonly projections: readonly { readonly point: Vector3; readonly pixel_xy_64: readonly [number, number] }[];
  }[];
};
const folder = process.env["LAB_FIXTURES"] ?? "test/fixtures/reference";
// The cast: a file of a known format.
const { cameras = [] } = JSON.parse(readFileSync(join(folder, "scenes.json"), "utf8")) as Fixture;

function expectClose(values: readonly number[], wanted: readonly number[], digits: number): void {
  for (const [i, value] of values.entries()) expect(value).toBeCloseTo(wanted[i]!, digits);
}

const nameOf = (azimuth: number): CameraName => (azimuth === 0 ? "front" : azimuth < 0 ? "left" : "right");

describe.each(cameras.map((camera) => [nameOf(camera.azimuth), camera] as const))("the %s camera", (name, camera) => {
  const view = viewOf(name, 2);

  it("stands and looks as in the reference file", () => {
    const { eye, forward, right, up } = eyeOf(view);
    const pairs = [
      [eye, camera.eye],
      [forward, camera.forward],
      [right, camera.right],
      [up, camera.up],
    ] as const;
    for (const [own, given] of pairs) expectClose(own, given, 5);
  });

  it("sees a point of the world where the reference file has it", () => {
    for (const { point, pixel_xy_64: pixel } of camera.projections) {
      const size = { width: 64, height: 64 };
      const { eye, ray } = rayThrough({ x: pixel[0] + 0.5, y: pixel[1] + 0.5, ...size }, view);
      const depth = [0, 1, 2].reduce((sum, i) => sum + (point[i]! - eye[i]!) * eyeOf(view).forward[i]!, 0);
      expectClose(
        eye.map((value, i) => value + depth * ray[i]!),
        point,
        4,
      );
    }
  });
});

describe("turning", () => {
  const free = viewOf("free", 2);

  it("goes round, and stays above the ground and short of straight above", () => {
    expect(turned({ ...free, azimuth: 175 }, 10, 0).azimuth).toBeCloseTo(-175);
    expect(turned(free, 0, 400).elevation).toBe(85);
    expect(turned(free, 0, -400).elevation).toBe(0);
  });

  it("zooms within limits, and says where it cannot", () => {
    const near = zoomed(free, 0, 2);
    expect(near.distance).toBeGreaterThan(0);
    expect(zoomed(near, 0.5, 2)).toBe(near);
    expect(zoomed(near, 2, 2).distance).toBeCloseTo(2 * near.distance);
  });

  it("goes from one camera to another the short way", () => {
    const [from, to] = [viewOf("left", 2), { ...viewOf("right", 2), azimuth: 160 }];
    expect(between(from, to, 0.5).azimuth).toBeCloseTo(-120);
    expect(between(from, to, 1)).toEqual(to);
  });

  it("shows a larger grid from farther away", () => {
    const distances = [1, 2, 3].map((gridSide) => viewOf("free", gridSide).distance);
    expect(distances).toEqual([...distances].sort((one, other) => one - other));
    expect(distances[1]).toBe(3.7);
  });
});

describe("the ground", () => {
  it.each([1, 2, 3])("has the cells of the domain where N = %i", (gridSide) => {
    for (const cell of cellsOf(gridSide)) {
      const { left, right, near, far } = cellEdges(cell, gridSide);
      const [x, z] = cellCentre(cell.row, cell.column, gridSide);
      expect((left + right) / 2).toBeCloseTo(x, 12);
      expect((near + far) / 2).toBeCloseTo(z, 12);
    }
  });
});

const block = (id: string, row: number, column: number, side: number): SceneBlock => {
  const [x, z] = cellCentre(row, column, 2);
  return { id, row, column, centre: [x, -1.5 + side / 2, z], size: [side, side, side], color: [1, 0, 0] };
};

/** Where a point of the world is in a picture of 200 by 200 px: halving, as rays are all that there is. */
function placeOf(point: Vector3, view: OrbitView) {
  const { eye, forward, right, up } = eyeOf(view);
  const along = (axis: Vector3) => [0, 1, 2].reduce((sum, i) => sum + (point[i]! - eye[i]!) * axis[i]!, 0);
  const scale = 100 / (Math.tan(Math.PI / 6) * along(forward));
  return { x: 100 + scale * along(right), y: 100 - scale * along(up), width: 200, height: 200 };
}

describe("under the pointer", () => {
  const blocks = [block("front", 0, 1, 0.5), block("back", 1, 1, 0.5), block("other", 0, 0, 0.3)];
  const from = (azimuth: number, elevation: number) => ({ ...viewOf("free", 2), azimuth, elevation });

  it("is the nearer of two blocks", () => {
    expect(hitAt(placeOf(blocks[1]!.centre, from(0, 0)), from(0, 0), blocks, 2).block?.id).toBe("front");
    expect(hitAt(placeOf(blocks[0]!.centre, from(180, 0)), from(180, 0), blocks, 2).block?.id).toBe("back");
    expect(hitAt(placeOf(blocks[2]!.centre, from(20, 40)), from(20, 40), blocks, 2)).toEqual({
      block: blocks[2],
      cell: { row: 0, column: 0 },
    });
  });

  it("is a cell of the ground where no block stands in front, and nothing beside the grid or in the sky", () => {
    const view = from(-24, 40);
    for (const cell of cellsOf(2)) {
      const [x, z] = cellCentre(cell.row, cell.column, 2);
      expect(hitAt(placeOf([x, -1.5, z], view), view, [], 2)).toEqual({ block: null, cell });
    }
    expect(hitAt(placeOf([-0.5, -1.5, 0.5], view), view, [], 2).cell).toBeNull();
    expect(hitAt({ x: 100, y: 0, width: 200, height: 200 }, from(0, 0), [], 2).cell).toBeNull();
  });

  it("is found in a picture of any proportions", () => {
    const view = from(0, 30);
    const middle = { x: 300, y: 100, width: 600, height: 200 };
    expect(rayThrough(middle, view).ray).toEqual(rayThrough({ x: 50, y: 200, width: 100, height: 400 }, view).ray);
    const edge = rayThrough({ x: 400, y: 100, width: 600, height: 200 }, view).ray;
    const square = rayThrough({ x: 200, y: 100, width: 200, height: 200 }, view).ray;
    expectClose(edge, square, 12);
  });
});

describe("keys", () => {
  const press = (key: string, more: Partial<KeyboardEvent> = {}) => {
    const calls: string[] = [];
    const orbit: Orbit = {
      view: () => viewOf("free", 2),
      turn: (azimuth, elevation) => calls.push(`turn ${azimuth} ${elevation}`),
      zoom: (factor) => calls.push(factor < 1 ? "nearer" : "farther") > 0,
      go: (camera) => calls.push(camera),
    };
    const plain = { key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
    return pressKey({ ...plain, ...more }, orbit, "free") ? calls.join() : null;
  };

  it.each([
    ["ArrowRight", {}, "turn 10 0"],
    ["ArrowLeft", { shiftKey: true }, "turn -30 0"],
    ["ArrowUp", {}, "turn 0 10"],
    ["ArrowDown", { shiftKey: true }, "turn 0 -30"],
    ["+", { shiftKey: true }, "nearer"],
    ["-", {}, "farther"],
    ["1", {}, "front"],
    ["2", {}, "left"],
    ["3", {}, "right"],
    ["0", {}, "free"],
    ["Home", {}, "free"],
    ["n", {}, null],
    [" ", {}, null],
    ["ArrowRight", { ctrlKey: true }, null],
    ["1", { altKey: true }, null],
  ])("%s with %o does %s", (key, more, expected) => {
    expect(press(key, more)).toBe(expected);
  });
});

describe("scenes that look the same", () => {
  const scene = [block("a", 0, 0, 0.3), block("b", 1, 1, 0.4)];

  it("are not told apart by their arrays, nor by less than can be seen", () => {
    const [first, second] = scene as [SceneBlock, SceneBlock];
    expect(isSameScene(scene, [{ ...first, centre: [...first.centre] }, second])).toBe(true);
    expect(
      isSameScene(scene, [
        { ...first, opacity: 1 },
        { ...second, color: [0.9999, 0, 0] },
      ]),
    ).toBe(true);
    expect(isSameScene(scene, [{ ...first, color: [0.9, 0, 0] }, second])).toBe(false);
    expect(isSameScene(scene, [{ ...first, opacity: 0.5 }, second])).toBe(false);
    expect(isSameScene(scene, [first])).toBe(false);
    expect(isSameScene(scene, [second, first])).toBe(false);
  });
});

describe("turns", () => {
  it("go to two pictures at a time; the next waits, or takes over the oldest", () => {
    const log: string[] = [];
    const holder = (name: string): Holder => ({
      onTurn: () => log.push(`${name} draws`),
      onTakenOver: () => log.push(`${name} waits`),
    });
    const [a, b, c, d] = [holder("a"), holder("b"), holder("c"), holder("d")];
    for (const each of [a, b, c, d, c]) request(each);
    expect(log).toEqual(["a draws", "b draws"]);
    takeOver(d);
    expect(log.slice(2)).toEqual(["a waits", "d draws"]);
    release(b);
    expect(log.slice(4)).toEqual(["c draws"]);
    release(c);
    expect(log.slice(5)).toEqual(["a draws"]);
    for (const each of [a, d]) release(each);
    expect(log).toHaveLength(6);
  });
});
