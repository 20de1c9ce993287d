// A person's own pictures of scenes: how they become squares on white, what is said about it, bad ones in one sentence, and
// whether they are like what the model knows.

import { describe, expect, it } from "vitest";
import { blocks } from "../../../src/domains/blocks/index";
import { searchNear } from "../../../src/domains/blocks/search/searchNear";
import { rawFromColor, rawFromSize } from "../../../src/domains/blocks/types";
import { describeFit } from "../../../src/domains/blocks/upload/describeFit";
import { fitScene } from "../../../src/domains/blocks/upload/fitScene";
import { fromFiles, fromUpload } from "../../../src/domains/blocks/upload/fromUpload";
import { likenessOf, USUAL_ERROR } from "../../../src/domains/blocks/upload/likeness";
import { PICTURE_DEFAULTS, preparePicture } from "../../../src/domains/blocks/upload/preparePicture";
import { resized } from "../../../src/domains/blocks/upload/resizePicture";
import { pixelBytes, pixelText, seenBytes, seenScene, valuesOf } from "../../../src/domains/blocks/upload/seenScene";
import { userDataOf, userPictures } from "../../../src/domains/blocks/upload/userPictures";
import { LabError } from "../../../src/engine/errors";
import { defaultsOf } from "../../../src/engine/options";
import { Rng } from "../../../src/engine/rng/rng";
import { otherThings, photo, type Rgba, rgbaOf } from "../../helpers/blocksPictures";
import { anyScene, plainJoint, SETTINGS, sceneView, squaredError, TRUE_TYPES } from "../../helpers/blocksScenes";

const OPTIONS = { ...defaultsOf(blocks.options), dataset: "cubes" };
/** Front left: blue under green; back right: red. */
const SCENE = Int32Array.of(0, 0, 0, 3, 2, 0, 1, 0, 0, 0, 0, 0);
const WHITE = [255, 255, 255] as const;

function read(picture: Rgba, settings = PICTURE_DEFAULTS) {
  const found = preparePicture(picture, 32, settings);
  if (!found.ok) throw new Error(found.problem);
  return { ...found, values: valuesOf(found.pixels) };
}

const rootMean = (a: ArrayLike<number>, b: ArrayLike<number>) => Math.sqrt(squaredError(a, b) / a.length);

/** The best parse that a search without a network finds. */
async function bestParse(picture: Float32Array): Promise<Int32Array> {
  const search = searchNear(SETTINGS, picture, async () => TRUE_TYPES, {});
  await search.prepare?.();
  let best = { program: new Int32Array(12), joint: -Infinity };
  for (let round = 0; round < 6; round++) {
    const asked = search.ask(32).map((program) => ({ program, joint: plainJoint(program, picture) }));
    for (const each of asked) if (each.joint > best.joint) best = each as typeof best;
    search.tell(asked.map(({ program, joint }) => ({ program, logPrior: 0, logLikelihood: joint })));
  }
  return best.program;
}

describe("a picture becomes what the model sees", () => {
  const target = sceneView(SCENE, new Float64Array(12));

  it("as it is where it has the size; averaged down from a larger one", () => {
    const same = read(photo(SCENE, 32));
    expect(rootMean(same.values, target)).toBeLessThan(0.003);
    expect(same.note).toBe("32 by 32 pixels became 32 by 32.");
    const large = read(photo(SCENE, 128));
    expect(rootMean(large.values, target)).toBeLessThan(0.03);
    expect(large.note).toBe("128 by 128 pixels became 32 by 32.");
  });

  it("cropped to the middle where only background is lost, else with background added", () => {
    const plain = photo(SCENE, 128);
    const wide = rgbaOf(200, 128, (x, y) => (x < 36 || x >= 164 ? WHITE : pixel(plain, x - 36, y)));
    const cropped = read(wide);
    expect(cropped.fit).toBe("crop");
    expect(cropped.note).toContain("Cropped to the square in its middle: beyond it there was only background.");
    expect(cropped.pixels).toEqual(read(plain).pixels);
    const cut = rgbaOf(128, 60, (x, y) => pixel(plain, x, y + 66));
    const padded = read(cut);
    expect(padded.fit).toBe("pad");
    expect(padded.note).toContain("Its background was added on two sides to make a square: nothing is cut off.");
    expect(read(cut, { ...PICTURE_DEFAULTS, fit: "crop" }).fit).toBe("crop");
    // White above and below of what was there.
    expect(Array.from(padded.pixels.subarray(0, 3 * 32 * 4)).every((byte) => byte === 255)).toBe(true);
  });

  it("with transparent parts on white", () => {
    const glass = photo(SCENE, 64, (color) => (color.every((channel) => channel > 250) ? [0, 0, 0, 0] : color));
    const found = read(glass);
    expect(found.note).toContain("Transparent parts became white.");
    expect(rootMean(found.values, read(photo(SCENE, 64)).values)).toBeLessThan(0.02);
  });

  it("with a tinted background and uneven light made white, and says so", () => {
    const light = (x: number) => 0.95 - (0.2 * x) / 128;
    const dim = photo(SCENE, 128, ([r = 0, g = 0, b = 0], x) => [
      r * light(x),
      g * light(x) * 0.97,
      b * light(x) * 0.9,
    ]);
    const found = read(dim);
    expect(found.note).toMatch(
      /Its background \(#[0-9a-f]{6}\), whose light changes by 2\d % across it, became white\./,
    );
    expect(rootMean(found.values, read(photo(SCENE, 128)).values)).toBeLessThan(0.02);
    const kept = read(dim, { ...PICTURE_DEFAULTS, normalise: false });
    expect(rootMean(kept.values, target)).toBeGreaterThan(0.1);
    const night = photo(SCENE, 128, (color) => (color.every((channel) => channel > 250) ? [20, 24, 40] : color));
    expect(rootMean(read(night).values, target)).toBeLessThan(0.1);
  });

  const flat = (width: number, height: number) => rgbaOf(width, height, () => [200, 10, 10]);
  it.each([
    ["one colour", flat(40, 40), /is all one colour; it needs towers on a background\./],
    ["tiny", flat(7, 40), /is 7 by 40 pixels; at least 8 on each side are needed\./],
    ["far too long", flat(20, 200), /is 20 by 200 pixels; one side may be at most 8 times the other\./],
    ["huge", { width: 12_000, height: 9_000, rgba: new Uint8Array(4) }, /cannot be read as a picture\./],
    ["torn", { width: 40, height: 40, rgba: new Uint8Array(10) }, /cannot be read as a picture\./],
  ])("or one sentence: %s", (_, picture, sentence) => {
    const found = preparePicture(picture, 32, PICTURE_DEFAULTS);
    expect(found.ok ? "" : found.problem).toMatch(sentence);
  });

  it("is an exact average of areas", () => {
    const values = Float32Array.from({ length: 3 * 6 * 4 }, (_, i) => (i * 37) % 11);
    const mean = (list: ArrayLike<number>, channel: number) => {
      const own = Array.from(list).filter((_, i) => i % 3 === channel);
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    };
    const small = resized({ width: 6, height: 4, values }, 4, 3);
    for (const channel of [0, 1, 2]) expect(mean(small.values, channel)).toBeCloseTo(mean(values, channel), 5);
    const exact = resized({ width: 6, height: 4, values }, 3, 2).values;
    const four = [0, 1, 6, 7].map((i) => values[3 * i]!);
    expect(exact[0]).toBeCloseTo(four.reduce((sum, value) => sum + value, 0) / 4, 5);
  });
});

function pixel({ width, rgba }: Rgba, x: number, y: number): readonly number[] {
  return Array.from(rgba.subarray(4 * (y * width + x), 4 * (y * width + x) + 4));
}

describe("like what the model knows, or not", () => {
  it("pictures of other things are unlike", async () => {
    for (const [name, picture] of Object.entries(otherThings())) {
      const { values } = read(picture);
      const fit = fitScene(await bestParse(values), values, TRUE_TYPES, SETTINGS);
      const likeness = likenessOf(values, fit.error);
      expect(likeness.isUnlike, name).toBe(true);
      expect(likeness.error, name).toBeGreaterThan(2 * USUAL_ERROR);
      expect(likeness.why, name).toMatch(/The best parse leaves a squared error of 0\.\d+ a pixel and channel/);
    }
  }, 30_000);

  it("scenes are not, nor are their files: larger, tinted, unevenly lit, with grain", async () => {
    const rng = new Rng(2);
    const grain = (value: number) => value + 6 * (rng.uniform() - 0.5);
    for (let i = 0; i < 4; i++) {
      const { program, picture } = anyScene(rng);
      const own = fitScene(program, picture, TRUE_TYPES, SETTINGS);
      expect(likenessOf(picture, own.error).isUnlike).toBe(false);
      expect(own.error).toBeLessThan(0.0001);
      const file = photo(program, 128, (color, x) => color.map((value, c) => grain(value * (0.9 - x / 1000 - c / 50))));
      const { values } = read(file);
      const fit = fitScene(await bestParse(values), values, TRUE_TYPES, SETTINGS);
      expect(likenessOf(values, fit.error).why).toBe("");
    }
  }, 30_000);

  it("says what the picture alone shows: things at its edge, little that is explained", () => {
    const values = new Float32Array(3 * 32 * 32).fill(1);
    values.fill(0, 0, 3 * 32 * 8);
    const { isUnlike, why, border } = likenessOf(values, 0);
    expect(isUnlike).toBe(true);
    expect(border).toBeLessThan(0.7);
    expect(why).toMatch(/^\d+ % of the picture's edge is not background\.$/);
    expect(likenessOf(new Float32Array(3 * 32 * 32).fill(1), 0).isUnlike).toBe(false);
  });
});

describe("a parse is fitted", () => {
  it("finds raw locations that are free, better than the middle", () => {
    const settings = { ...SETTINGS, shrink: 0.2 };
    const rng = new Rng(12);
    for (let i = 0; i < 5; i++) {
      const { program, raw, picture } = anyScene(rng, settings);
      const fit = fitScene(program, picture, TRUE_TYPES, settings);
      const middle = squaredError(sceneView(program, new Float64Array(12), settings), picture) / picture.length;
      expect(fit.error).toBeLessThan(0.2 * middle + 1e-5);
      expect(fit.raw.every((value, at) => program[at]! > 0 || value === 0)).toBe(true);
      expect(fit.placed).toHaveLength(Array.from(program).filter((place) => place > 0).length);
      expect(raw).toHaveLength(12);
    }
  });

  it("is described with places, sizes and colours under the learned types", () => {
    const theta = {
      "theta.sizes": [rawFromSize(0.31), rawFromSize(0.41), rawFromSize(0.51), 0, 0],
      "theta.colors": [...TRUE_TYPES.colors, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5].map((c) => rawFromColor(0.98 * c + 0.01)),
    };
    const seen = seenScene(sceneView(SCENE, new Float64Array(12)));
    const found = describeFit(SCENE, seen, OPTIONS, theta);
    expect(found?.words.join(" ")).toMatch(
      /Front left: a blue block \(side 0\.51\) under a green one \(side 0\.41\)\./,
    );
    const blocksFound = found?.data["blocks"] as { row: number; column: number; size: number[]; centre: number[] }[];
    expect(blocksFound).toHaveLength(3);
    expect(blocksFound[0]).toMatchObject({ row: 0, column: 1, level: 0, type: "C", size: [0.51, 0.51, 0.51] });
    expect(blocksFound[0]!.centre[1]).toBeCloseTo(-1.5 + 0.255, 3);
    expect(found?.data["isUnlike"]).toBe(false);
    expect(describeFit(SCENE, { rows: [] }, OPTIONS, theta)).toBeNull();
    expect(describeFit(SCENE, seen, OPTIONS, {})).toBeNull();
  });
});

describe("files of one's own", () => {
  const image = (name: string, picture: Rgba) => ({ kind: "image" as const, name, ...picture });
  const text = (name: string, content: string) => ({ kind: "text" as const, name, text: content });

  it("are pictures, or scenes as text that are photographed", () => {
    const found = fromUpload(image("a.png", photo(SCENE, 64)), OPTIONS);
    expect(found.ok && found.numObservations).toBe(1);
    expect(found.ok && found.notes).toEqual(["64 by 64 pixels became 32 by 32."]);
    const built = fromUpload(text("scenes.txt", "CB - / - A\n\nA - / - -\n"), OPTIONS);
    if (!built.ok) throw new Error("not read");
    const [first, second] = userPictures(built.userData, 32);
    expect(first?.truth).toBe("CB - / - A");
    expect(rootMean(valuesOf(first!.pixels), sceneView(SCENE, new Float64Array(12)))).toBeLessThan(0.003);
    expect(second?.name).toBe("A - / - -");
  });

  it("may be several; bad ones get a sentence each and the others are offered", async () => {
    const flat = rgbaOf(40, 40, () => [9, 9, 9]);
    const found = await fromFiles([image("a.png", photo(SCENE, 64)), image("flat.png", flat)], OPTIONS);
    expect(found.ok).toBe(false);
    if (found.ok) return;
    expect(found.problems[0]?.message).toBe(
      "flat.png: The picture is all one colour; it needs towers on a background.",
    );
    expect(found.rest).toMatchObject({ name: "the other picture", numObservations: 1 });
    const zip = await fromFiles([{ kind: "bytes", name: "a.zip", bytes: new Uint8Array(4) }], OPTIONS);
    expect(zip.ok ? "" : zip.problems[0]?.message).toMatch(/blocks reads pictures/);
  });

  it.each([
    ["", /The text is empty/],
    ["CB -", /1 row of cells; allowed: 2.+scenes such as "CB - \/ A ABC"/],
    ["CB D / - -", /"D", is no type: allowed are A to C/],
  ])("that are other text get one sentence: %j", (content, sentence) => {
    const found = fromUpload(text("x.txt", content), OPTIONS);
    expect(found.ok ? "" : found.problems[0]?.message).toMatch(sentence);
  });

  it("survive as user data, and other data is refused with a sentence", () => {
    const pixels = read(photo(SCENE, 64)).pixels;
    const data = userDataOf("a.png", [{ side: 32, pixels, note: "n", name: "a", truth: "" }]);
    const again = userPictures(JSON.parse(JSON.stringify(data)), 32);
    expect(again).toEqual([{ side: 32, pixels, note: "n", name: "a", truth: "" }]);
    expect(userPictures(data, 64)[0]?.pixels).toHaveLength(3 * 64 * 64);
    for (const payload of [null, {}, { pictures: [] }, { pictures: [{ side: 32, pixels: "AAAA" }] }]) {
      expect(() => userPictures({ name: "bad", payload }, 32)).toThrow(LabError);
    }
    expect(pixelBytes(pixelText(pixels))).toEqual(pixels);
    expect(pixelBytes("no base64!")).toBeNull();
    expect(seenBytes({ side: 31, pixels: pixelText(pixels) })).toBeNull();
  });
});
