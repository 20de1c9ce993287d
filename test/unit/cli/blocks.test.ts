// The command line on scenes of blocks: a small run, pictures from it, parses of one's own pictures as JSON, bad input.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { otherThings, photo, type Rgba, rgbaOf } from "../../helpers/blocksPictures";
import { runCli } from "../../helpers/runCli";
import { runHere } from "../../helpers/runHere";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "blocks-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Front left: blue under green; back right: red. */
const SCENE = Int32Array.of(0, 0, 0, 3, 2, 0, 1, 0, 0, 0, 0, 0);
const SHORT = ["--seconds", "0.4", "--top", "5"];

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function png(name: string, { width, height, rgba }: Rgba): string {
  const made = new PNG({ width, height });
  made.data.set(rgba);
  return file(name, PNG.sync.write(made));
}

type Block = {
  type: string;
  row: number;
  column: number;
  level: number;
  centre: number[];
  size: number[];
  color: number[];
};
type Found = {
  program: string;
  weight: number;
  explanation: string[];
  fit: { blocks: Block[]; error: number; isUnlike: boolean };
};
const programsOf = (record: unknown) => (record as { programs: Found[] }).programs;

const small = ["--scenes", "10", "--resolution", "16", "--encoder", "tiny", "--types", "3"];
const evaluated = ["--evaluation-scenes", "2", "--evaluation-samples", "4"];

describe("a run of blocks", { timeout: 120_000 }, () => {
  it("trains beside one's own picture, dreams pictures, is evaluated, and reads pictures", async () => {
    const out = join(folder, "run");
    const own = png("own.png", photo(SCENE, 64));
    const words = [
      "train",
      "blocks",
      ...small,
      ...evaluated,
      "--iterations",
      "3",
      "--dataset",
      own,
      "--json",
      "--out",
      out,
    ];
    const trained = await runHere(words);
    expect(trained.stderr).toContain("64 by 64 pixels became 16 by 16.");
    expect(trained.records().at(-1)).toMatchObject({ kind: "final", domain: "blocks", algorithm: "hmws", steps: 3 });

    const pictures = join(folder, "pictures");
    const dreams = await runHere(["sample", "blocks", "--model", out, "--count", "3", "--out", pictures, "--json"]);
    expect(dreams.records()).toHaveLength(3);
    for (const [i, record] of dreams.records().entries()) {
      const drawn = PNG.sync.read(readFileSync(join(pictures, `0${i + 1}.png`)));
      expect([drawn.width, drawn.height]).toEqual([16, 16]);
      const { observation } = record as unknown as { observation: { pixels: string; side: number } };
      const bytes = Buffer.from(observation.pixels, "base64");
      expect(Array.from(drawn.data).filter((_, at) => at % 4 < 3)).toEqual(Array.from(bytes));
    }
    expect(readFileSync(join(pictures, "samples.jsonl"), "utf8").trim().split("\n")).toHaveLength(3);
    const text = await runHere(["sample", "blocks", "--model", out, "--count", "1"]);
    expect(text.stdout).toContain("16 by 16 pixels");

    const held = await runHere(["evaluate", out, "--samples", "4", "--rows", "3", "--json"]);
    expect(held.records()[0]).toMatchObject({ kind: "evaluation", count: 3, metrics: { sizes: expect.any(Number) } });

    const found = await runHere(["infer", "blocks", "--input", own, "--model", out, ...SHORT, "--json"]);
    const programs = programsOf(found.records()[0]);
    expect(programs.reduce((sum, each) => sum + each.weight, 0)).toBeCloseTo(1, 6);
    expect(programs[0]!.program).toMatch(/^[A-C-]+ [A-C-]+ \/ [A-C-]+ [A-C-]+$/);
    expect(programs[0]!.fit.error).toBeGreaterThan(0);
  });
});

describe("infer blocks", { timeout: 120_000 }, () => {
  const options = ["--scenes", "1", "--types", "3"];

  it("gives scenes as JSON: blocks with places, sizes and colours, weights and words", async () => {
    const words = ["infer", "blocks", "--input", png("scene.png", photo(SCENE, 32)), ...options, ...SHORT, "--json"];
    const { code, records } = await runHere(words);
    expect(code).toBe(0);
    const [record] = records();
    expect(record).toMatchObject({ kind: "inference", input: "scene.png" });
    const [best] = programsOf(record);
    const letters = best!.program.replace(/[^A-C]/g, "");
    expect(best!.fit.blocks).toHaveLength(letters.length);
    for (const block of best!.fit.blocks) {
      expect(block.centre).toHaveLength(3);
      expect(block.size.every((extent) => extent >= 0.2 && extent <= 1)).toBe(true);
      expect(block.color.every((channel) => channel >= 0 && channel <= 1)).toBe(true);
    }
    // Untrained types are random: the answer says that it explains little.
    expect(best!.explanation.join(" ")).toMatch(/blocks? in|One block|Nothing stands/);
  });

  it("reads several pictures, and scenes as text", async () => {
    const [a, b] = [png("a.png", photo(SCENE, 64)), png("b.png", photo(SCENE, 48))];
    const two = await runHere(["infer", "blocks", "--input", a, "--input", b, ...options, ...SHORT, "--json"]);
    expect(two.records().map((record) => (record as unknown as { input: string }).input)).toEqual(["a.png", "b.png"]);
    const scenes = file("scenes.txt", "CB - / - A\n");
    const built = await runHere(["infer", "blocks", "--input", scenes, ...options, ...SHORT]);
    expect(built.stdout).toMatch(/scenes\.txt, CB - \/ - A, after .+ s:\n {2}\S+ \S+ \/ \S+ \S+ {2}weight /);
  });

  it("says of pictures of other things that they are unlike anything", async () => {
    const text = png("text.png", otherThings()["text"]!);
    const found = await runHere(["infer", "blocks", "--input", text, ...options, ...SHORT, "--json"]);
    const [best] = programsOf(found.records()[0]);
    expect(best!.fit.isUnlike).toBe(true);
    expect(best!.explanation.join(" ")).toContain("This picture is unlike anything this model has seen.");
  });

  it.each([
    [
      "one colour",
      () =>
        png(
          "flat.png",
          rgbaOf(40, 40, () => [9, 9, 9]),
        ),
      /--input flat\.png: The picture is all one colour; it needs towers on a background\./,
    ],
    [
      "tiny",
      () =>
        png(
          "tiny.png",
          rgbaOf(5, 5, (x) => [50 * x, 0, 0]),
        ),
      /The picture is 5 by 5 pixels; at least 8 on each side are needed\./,
    ],
    [
      "a torn file",
      () => file("torn.png", readFileSync(png("whole.png", photo(SCENE, 32))).subarray(0, 90)),
      /torn\.png starts like a PNG picture but is damaged\./,
    ],
    ["other text", () => file("notes.txt", "dear diary"), /notes\.txt, row 1: .+scenes such as "CB - \/ A ABC"\./],
    ["an empty file", () => file("empty.png", ""), /empty\.png is empty\./],
  ])("ends with code 2 and one sentence for %s", async (_, input, sentence) => {
    const { code, stderr, stdout } = await runHere(["infer", "blocks", "--input", input(), ...options, ...SHORT]);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
    expect(stdout).toBe("");
  });

  it("ends with code 2 for wrong arguments, as its own process does", async () => {
    const none = await runHere(["infer", "blocks"]);
    expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/--input is missing/)]);
    const model = await runHere(["infer", "blocks", "--input", png("s.png", photo(SCENE, 32)), "--model", "nobody"]);
    expect(model.stderr).toMatch(/--model is "nobody"; allowed: the folder of a run, or one of /);
    const size = await runHere(["train", "blocks", "--resolution", "33"]);
    expect([size.code, size.stderr]).toEqual([2, expect.stringMatching(/33.+allowed.+32/)]);
    const own = await runCli(["infer", "blocks", "--input", join(folder, "nothing.png")]);
    expect([own.code, own.stderr]).toEqual([2, expect.stringMatching(/nothing\.png does not exist\.\n$/)]);
  });

  it("writes pictures of samples only where samples are pictures", async () => {
    const words = ["sample", "clusters", "--model", "seven", "--count", "1", "--out", join(folder, "none")];
    const { code, stderr } = await runHere(words);
    expect(stderr).toMatch(/--out writes pictures, but samples of this domain are none; leave it out\./);
    expect(code).toBe(2);
  });
});

describe("list", () => {
  it("names the domain and its data sets", async () => {
    const { records } = await runHere(["list", "--json"]);
    const [catalogue] = records() as unknown as [
      { domains: { id: string }[]; datasets: { name: string; domain: string }[] },
    ];
    expect(catalogue.domains.map(({ id }) => id)).toContain("blocks");
    const names = catalogue.datasets.filter(({ domain }) => domain === "blocks").map(({ name }) => name);
    expect(names).toEqual(["cubes", "cubes-plain", "cuboids", "cuboids-plain"]);
  });
});
