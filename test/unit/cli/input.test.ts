// A person's files as the command line reads them: told by their first bytes, and one sentence for each that is unusable.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import jpeg from "jpeg-js";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readInput, readUserData } from "../../../src/cli/input";
import { automata } from "../../../src/domains/automata/index";
import { defaultsOf } from "../../../src/engine/options";

let folder = "";
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

/** A 16 x 12 picture, black left of the middle and white right of it. */
function halves(): PNG {
  const png = new PNG({ width: 16, height: 12 });
  for (let at = 0; at < 16 * 12; at += 1) png.data.set(at % 16 < 8 ? [0, 0, 0, 255] : [255, 255, 255, 255], at * 4);
  return png;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "input-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("readInput", () => {
  it("decodes PNG and JPEG by their first bytes, whatever the name", async () => {
    const png = await readInput("--input", file("a.txt", PNG.sync.write(halves())));
    expect(png).toMatchObject({ kind: "image", name: "a.txt", width: 16, height: 12 });
    if (png.kind !== "image") throw new Error("not an image");
    expect([...png.rgba.slice(0, 4)]).toEqual([0, 0, 0, 255]);

    const encoded = jpeg.encode({ data: halves().data, width: 16, height: 12 }, 95);
    const picture = await readInput("--input", file("b.png", encoded.data));
    expect(picture).toMatchObject({ kind: "image", width: 16, height: 12 });
    if (picture.kind !== "image") throw new Error("not an image");
    expect(picture.rgba[0]).toBeLessThan(40);
    expect(picture.rgba[15 * 4]).toBeGreaterThan(215);
  });

  it("reads anything else as text", async () => {
    expect(await readInput("--input", file("c.json", "[[0, 1]]"))).toEqual({
      kind: "text",
      name: "c.json",
      text: "[[0, 1]]",
    });
  });

  it("names what it cannot use", async () => {
    const whole = PNG.sync.write(halves());
    mkdirSync(join(folder, "folder"));
    const cases: [string, RegExp][] = [
      [join(folder, "none.png"), /^--input .*none\.png does not exist\.$/],
      [join(folder, "folder"), /is a folder; give a file/],
      [file("empty.png", ""), /^--input empty\.png is empty\.$/],
      [file("cut.png", whole.subarray(0, 60)), /cut\.png starts like a PNG picture but is damaged/],
      [
        file("cut.jpg", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 1)),
        /cut\.jpg starts like a JPEG picture but is damaged/,
      ],
      [file("data.bin", Uint8Array.of(0xc3, 0x28, 0xff, 0)), /neither a PNG or JPEG picture nor text/],
    ];
    for (const [path, sentence] of cases) {
      const failed = readInput("--input", path);
      await expect(failed).rejects.toThrow(sentence);
      await expect(failed).rejects.toMatchObject({ code: "file" });
    }
  });
});

describe("readUserData", () => {
  it("puts row and column of the first problem into the sentence", async () => {
    const path = file(
      "bad.json",
      `[${Array.from({ length: 12 }, (_, row) => (row === 3 ? "[0,1,7,0,0,0,0,0]" : "[0,1,0,0,1,0,0,0]"))}]`,
    );
    const read = readUserData("--input", path, automata, defaultsOf(automata.options));
    await expect(read).rejects.toThrow(/^--input bad\.json, row 4, column 3: .*7/);
  });
});
