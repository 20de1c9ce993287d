// Packed sets, and whatever bytes: what was packed comes back, damage has its sentence, and nothing makes a reader throw.

import { describe, expect, it } from "vitest";
import { makeHandwriting } from "../../../src/domains/strokes/data/handwriting";
import { importImages } from "../../../src/domains/strokes/data/importing";
import { packImages, unpackImages } from "../../../src/domains/strokes/data/packed";
import { Rng } from "../../../src/engine/rng/rng";
import {
  idxBytes,
  imported,
  npyBytes,
  npyHeader,
  omniglotZip,
  packedIdx,
  randomBytes,
  refusal,
} from "../../helpers/dataFiles";

const PIXELS = 784;

describe("packed sets", () => {
  const set = makeHandwriting({ seed: 2, count: 30, split: "heldOut" });
  const origin = { title: "Handwriting", owner: "the lab", licence: "MIT", source: "a seed", threshold: 0.2 };
  const bytes = packImages({ ...set, drawers: set.drawers.map((drawer, n) => (n === 3 ? -1 : drawer)) }, origin);

  it("come back as they were, unknown labels included, at 98 bytes a picture and 5 of labels", () => {
    const read = unpackImages(bytes, "it");
    expect(read).toEqual({
      ok: true,
      value: { set: { ...set, drawers: set.drawers.with(3, -1) }, origin },
    });
    expect(bytes.length).toBeLessThan(30 * 103 + 600);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["cut off", bytes.subarray(0, 800), /^it is cut off or damaged: its checksum does not fit\. Import it again\.$/],
    ["changed", bytes.with(900, bytes[900]! ^ 1), /checksum does not fit/],
    ["of a newer version", bytes.with(8, 2), /is of version 2; allowed: 1/],
    ["foreign", randomBytes(100, 1), /is no packed set of pictures/],
    ["only a beginning", bytes.subarray(0, 12), /is cut off after 12 bytes/],
  ])("that are %s have their sentence", (_, wrong, sentence) => {
    const read = unpackImages(wrong, "it");
    expect(read.ok ? "read" : read.message).toMatch(sentence);
  });

  it("can be imported again, but not as another data set", async () => {
    const files = [{ name: "x.images", bytes: packImages({ ...set, name: "mnist" }, origin) }];
    expect((await imported("mnist", ...files)).imported.set.pixels).toEqual(set.pixels);
    expect(await refusal("kmnist", ...files)).toBe("x.images holds Handwriting, not KMNIST.");
  });
});

describe("whatever bytes", () => {
  const whole = [
    ["omniglot", omniglotZip(4).bytes],
    ["mnist", packedIdx([3, 28, 28], randomBytes(3 * PIXELS, 8))],
    ["kmnist", idxBytes([3, 28, 28], randomBytes(3 * PIXELS, 8))],
    ["quickdraw", npyBytes(npyHeader(3), randomBytes(3 * PIXELS, 9))],
    ["mnist", packImages(makeHandwriting({ seed: 2, count: 4, split: "train" }), { ...emptyOrigin(), threshold: 0.2 })],
  ] as const;

  function emptyOrigin() {
    return { title: "", owner: "", licence: "", source: "" };
  }

  it.each(whole)("never make a reader throw or hang, cut or changed: %s", async (name, bytes) => {
    const rng = new Rng(11);
    for (let n = 0; n < 150; n++) {
      const cut = bytes.slice(0, rng.int(2) === 0 ? bytes.length : rng.int(bytes.length));
      const changes = rng.int(6);
      for (let c = 0; c < changes && cut.length > 0; c++) cut[rng.int(cut.length)] = rng.int(256);
      const result = await importImages({ name, files: [{ name: "it", bytes: cut }] });
      if (!result.ok) expect(result.message).toMatch(/^[A-Zit].*\.$|\?$/);
    }
  });

  it("of no format at all have a sentence in every reader", async () => {
    for (let n = 0; n < 100; n++) {
      const bytes = randomBytes(n * 7, n);
      const first = [[], [0x50, 0x4b, 3, 4], [0x1f, 0x8b, 8], [0, 0, 8, 3], [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]];
      for (const start of first) {
        bytes.set(start.slice(0, bytes.length));
        for (const name of ["omniglot", "mnist", "quickdraw"]) {
          expect((await importImages({ name, files: [{ name: "it", bytes }] })).ok).toBe(false);
        }
      }
    }
  });
});
