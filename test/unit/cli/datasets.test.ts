// `lab datasets`: what there is, bringing sets of others from files and from a server that breaks off, writing the lab's
// own; and `infer strokes` with the files that come out.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readInput, readInputs } from "../../../src/cli/input";
import { clusters } from "../../../src/domains/clusters/index";
import { importImages } from "../../../src/domains/strokes/data/importing";
import { unpackImages } from "../../../src/domains/strokes/data/packed";
import { strokes } from "../../../src/domains/strokes/index";
import { type BreakingServer, breakingServer } from "../../helpers/breakingServer";
import { omniglotZip } from "../../helpers/dataFiles";
import { runCli, startCli } from "../../helpers/runCli";
import { runHere } from "../../helpers/runHere";

let folder = "";
const archive = omniglotZip(60);
const path = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "datasets-"));
  writeFileSync(path("images_background.zip"), archive.bytes);
  writeFileSync(path("cut.zip"), archive.bytes.subarray(0, 9000));
});
afterAll(() => rmSync(folder, { recursive: true }));

function setIn(file: string) {
  const read = unpackImages(new Uint8Array(readFileSync(file)), file);
  if (!read.ok) throw new Error(read.message);
  return read.value;
}

describe("lab datasets", { timeout: 60_000 }, () => {
  it("lists what there is, whose it is, and what of it is here", async () => {
    const { code, records } = await runCli(["datasets", "--json"]);
    expect(code).toBe(0);
    const found = records().flatMap((each) => (each.kind === "dataset" ? [each] : []));
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(["live", "handwriting", "omniglot", "mnist"]));
    expect(found.find(({ name }) => name === "handwriting")).toMatchObject({
      isHere: true,
      owner: null,
      licence: null,
    });
    const omniglot = found.find(({ name }) => name === "omniglot");
    expect(omniglot).toMatchObject({ owner: "Brenden Lake", domain: "strokes" });
    expect(omniglot?.licence).toMatch(/^MIT \(https:/);
    expect(omniglot?.isHere).toBe(existsSync("public/datasets/omniglot.images"));
    const text = await runHere(["datasets"]);
    expect(text.stdout).toMatch(
      /omniglot +strokes .* By Brenden Lake, MIT \(.*\); (not here; --download fetches|here,)/,
    );
  });

  it("brings a set from its owner's files, says the licence, and the set is the one in the archive", async () => {
    const out = path("brought.images");
    const words = ["datasets", "omniglot", "--from", path("images_background.zip"), "--threshold", "0.3", "--out", out];
    const { code, stderr, stdout } = await runHere(words);
    expect(code).toBe(0);
    expect(stderr).toContain("Omniglot by Brenden Lake, licence MIT");
    expect(stdout).toMatch(/^omniglot: 60 pictures in .*brought\.images \(\d+ kB\)\.$/m);
    const expected = await importImages({ name: "omniglot", files: [archive], threshold: 0.3 });
    if (!expected.ok) throw new Error(expected.message);
    expect(setIn(out)).toEqual(expected.imported);
  });

  it("goes on with a download that broke off, and a failed one changes nothing", async () => {
    const server: BreakingServer = await breakingServer(omniglotZip(60, "large.zip", 1_500_000).bytes);
    try {
      const out = path("fetched.images");
      writeFileSync(out, "what was there before");
      const words = ["datasets", "omniglot", "--from", server.url, "--out", out];
      server.behaviour = { breakAfter: [1_200_000, 0] };
      const broken = await runHere(words);
      expect(broken.code).toBe(1);
      expect(broken.stderr).toMatch(
        /The download of set\.bin stopped: the connection broke.*start again to go on from there/,
      );
      expect(readFileSync(out, "utf8")).toBe("what was there before");

      server.behaviour = {};
      server.ranges.length = 0;
      const whole = await runHere(words);
      expect(whole.code).toBe(0);
      expect(whole.stderr).toMatch(/going on after \d\.\d MB/);
      const from = /^bytes=(\d+)-$/.exec(server.ranges.join());
      expect(Number(from?.[1])).toBeGreaterThan(500_000);
      expect(setIn(out).set.alphabets).toHaveLength(60);
      const left = existsSync(".cache/datasets") ? readdirSync(".cache/datasets") : [];
      expect(left.filter((name) => name.includes("set.bin"))).toEqual([]);
    } finally {
      await server.close();
    }
  });

  it("stops at Ctrl-C, keeps what has come, and goes on from there", async () => {
    const server: BreakingServer = await breakingServer(omniglotZip(60, "large.zip", 1_500_000).bytes);
    try {
      server.behaviour = { silentAfter: [900_000] };
      const words = ["datasets", "omniglot", "--from", server.url, "--out", path("stopped.images")];
      const running = startCli(words);
      const parts = () => (existsSync(".cache/datasets") ? readdirSync(".cache/datasets") : []);
      const size = () =>
        parts()
          .filter((name) => name.endsWith("set.bin.part"))
          .reduce((sum, name) => sum + statSync(join(".cache/datasets", name)).size, 0);
      await expect.poll(size, { timeout: 40_000 }).toBeGreaterThan(500_000);
      running.child.kill("SIGINT");
      const { code, stderr } = await running.result;
      expect(code).toBe(130);
      expect(stderr).toMatch(/Interrupted; what has come is kept\. Start again to go on from there\.\n$/);
      expect(existsSync(path("stopped.images"))).toBe(false);
      server.behaviour = {};
      const whole = await runHere(words);
      expect(whole.stderr).toMatch(/going on after 0\.9 MB/);
      expect(setIn(path("stopped.images")).set.alphabets).toHaveLength(60);
    } finally {
      await server.close();
    }
  });

  it("writes handwriting as pictures that can be brought back, and as one packed file", async () => {
    const words = ["datasets", "handwriting", "--images", "24", "--data-seed", "5"];
    const pictures = await runHere([...words, "--size", "105", "--out", path("pictures")]);
    expect(pictures.code).toBe(0);
    expect(readdirSync(path("pictures"))).toContain("Alphabet_01");
    const packed = await runHere([...words, "--out", path("hand.images"), "--json"]);
    expect(packed.records()[0]).toMatchObject({ kind: "dataset", name: "handwriting", count: 24 });
    const { set, origin } = setIn(path("hand.images"));
    expect(origin.threshold).toBe(0.2);
    const inputs = await readInputs("--input", [join(path("pictures"), "Alphabet_01", "character01")], strokes);
    expect(inputs).toHaveLength(1);
    expect(inputs[0]).toMatchObject({ kind: "image", width: 105, height: 105 });
    expect(set.alphabets).toHaveLength(24);
  });

  it.each<[string, string[], RegExp]>([
    ["an unknown name", ["weather"], /^NAME is "weather"; allowed: live, .*omniglot/],
    [
      "nothing to bring",
      ["omniglot"],
      /^omniglot is of others: give its files with --from, or --download \(15\.9 MB, MIT\)\.$/,
    ],
    ["both ways", ["mnist", "--download", "--from", "x"], /^--from and --download are both given/],
    [
      "an unknown part",
      ["omniglot", "--download", "--part", "half"],
      /^--part is "half"; allowed for omniglot: all \(50/,
    ],
    [
      "a part of files",
      ["omniglot", "--from", "x", "--part", "all"],
      /^--part says what to download; add --download\.$/,
    ],
    ["a missing file", ["omniglot", "--from", "none.zip"], /--from none\.zip does not exist\.$/],
    [
      "a bad threshold",
      ["omniglot", "--from", "x", "--threshold", "2"],
      /^--threshold is "2"; allowed: a number above 0/,
    ],
    ["a folder instead of a file", ["omniglot", "--from", "src"], /--from src is a folder\.$/],
    ["what is no address", ["omniglot", "--from", "http://"], /^--from is "http:\/\/", which is no address\.$/],
    [
      "a size for what is not drawn",
      ["mnist", "--from", "x", "--size", "28"],
      /^--size is given, but mnist is of others/,
    ],
    [
      "files of what the lab makes",
      ["handwriting", "--out", "x", "--from", "y"],
      /^--from is given, but handwriting is/,
    ],
    [
      "a download of nothing in particular",
      ["--download"],
      /^--download is given, but NAME is missing; leave it out\.$/,
    ],
    ["a seed in a list", ["--data-seed", "2"], /^--data-seed is given, but NAME is missing/],
    [
      "a folder in place of the file to write",
      ["omniglot", "--from", "WHOLE", "--out", "FOLDER"],
      /datasets-\w+ cannot be written: it is a folder\.$/,
    ],
    [
      "a place below a file",
      ["handwriting", "--images", "2", "--out", "WHOLE/hand.images"],
      /hand\.images cannot be written: a part of its path is a file\.$/,
    ],
    ["a set that is part of the lab", ["live", "--out", "x"], /^live is part of the lab; there is nothing to bring/],
    ["no place to write", ["handwriting"], /^--out is missing; give a folder for PNG pictures/],
    [
      "a size of nothing",
      ["handwriting", "--out", "x", "--size", "0"],
      /^--size is "0"; allowed: a whole number from 8/,
    ],
    [
      "a damaged file",
      ["omniglot", "--from", "CUT"],
      /omniglot: The archive is cut off or damaged: the list of its files/,
    ],
  ])("refuses %s in one sentence", async (_, words, sentence) => {
    const { code, stderr, stdout } = await runHere([
      "datasets",
      ...words.map((word) =>
        word.replace("CUT", path("cut.zip")).replace("WHOLE", path("images_background.zip")).replace("FOLDER", folder),
      ),
    ]);
    expect(readdirSync(join(folder, "..")).filter((name) => name.startsWith(`${basename(folder)}.`))).toEqual([]);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr.trim().split("\n").at(-1)).toMatch(sentence);
  });
});

describe("infer strokes", { timeout: 60_000 }, () => {
  it("takes several pictures, folders and archives, each picture an observation under its name", async () => {
    await runHere(["datasets", "handwriting", "--images", "11", "--out", path("few")]);
    const one = join(path("few"), "Alphabet_01", "character01");
    const words = ["infer", "strokes", "--size", "tiny", "--seconds", "0.2", "--top", "1", "--json", "--input"];
    const { code, records } = await runHere([...words, one, path("images_background.zip")]);
    expect(code).toBe(0);
    const names = records().map((each) => (each.kind === "inference" ? each.input : ""));
    expect(names).toHaveLength(61);
    expect(names[0]).toMatch(/^\d{4}_\d\d\.png$/);
    expect(names[1]).toMatch(/^images_background\.zip, images_background\/Alphabet_0\//);
  });

  it("says which file is all one colour, and which kind of file is none", async () => {
    writeFileSync(
      path("noise.bin"),
      Uint8Array.from({ length: 300 }, (_, i) => 128 + (i % 100)),
    );
    const inputs = readInputs("--input", [path("noise.bin")], strokes);
    await expect(inputs).rejects.toThrow(/--input noise\.bin is neither a PNG or JPEG picture nor text in UTF-8\./);
    await expect(readInputs("--input", ["a", "b"], clusters)).rejects.toThrow(/names 2 files, but clusters takes one/);
    await expect(readInput("--input", path("images_background.zip"))).rejects.toThrow(/is neither a PNG/);
  });
});
