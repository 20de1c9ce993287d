// Moving pictures are told from still ones by their containers; damaged files count as still.

import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { isAnimated } from "../../../src/views/try/animated";
import { gifOf } from "../../helpers/gif";

const cells = [
  [0, 1, 0],
  [1, 0, 1],
];

function chunk(name: string, data: readonly number[]): number[] {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, data.length);
  return [...length, ...new TextEncoder().encode(name), ...data, 0, 0, 0, 0];
}

/** PNG bytes with an animation chunk behind the header. */
function apng(): Uint8Array {
  const still = PNG.sync.write(new PNG({ width: 2, height: 2 }));
  const header = 8 + 25;
  return Uint8Array.from([
    ...still.subarray(0, header),
    ...chunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0]),
    ...still.subarray(header),
  ]);
}

const webp = (flags: number) =>
  Uint8Array.from([...new TextEncoder().encode("RIFF____WEBPVP8X"), 10, 0, 0, 0, flags, 0, 0, 0]);

describe("a picture file", () => {
  it.each([
    ["a GIF of one frame", gifOf([cells]), false],
    ["a GIF of two frames", gifOf([cells, cells]), true],
    ["a PNG", Uint8Array.from(PNG.sync.write(new PNG({ width: 2, height: 2 }))), false],
    ["an animated PNG", apng(), true],
    ["a WebP with the animation flag", webp(0x02), true],
    ["a WebP with transparency only", webp(0x10), false],
    ["a GIF that breaks off", gifOf([cells, cells]).subarray(0, 30), false],
    ["no picture at all", Uint8Array.of(1, 2, 3), false],
    ["an empty file", new Uint8Array(), false],
  ])("%s", (_, bytes, moves) => expect(isAnimated(bytes)).toBe(moves));
});
