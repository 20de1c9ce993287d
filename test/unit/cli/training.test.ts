// `lab train` as a child process: records, a run's folder, Ctrl-C, and resuming bit for bit.

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CliRecord } from "../../../src/cli/schema";
import { ofKind, runCli, startCli } from "../../helpers/runCli";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "training-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A record without what depends on the clock. */
function timeless(record: CliRecord): unknown {
  const { wallMs, out, ...rest } = record as CliRecord & { wallMs?: unknown; out?: unknown };
  return rest;
}

const history = (name: string) =>
  readFileSync(join(folder, name, "history.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => timeless(JSON.parse(line)));

describe("train", () => {
  it("prints progress records, then the final one, and keeps them in the folder", async () => {
    const out = join(folder, "straight");
    const words = ["train", "clusters", "--iterations", "120", "--evaluateEvery", "50", "--seed", "3", "--json"];
    const { code, stderr, records } = await runCli([...words, "--out", out]);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    const progress = ofKind(records(), "progress");
    const final = records().at(-1);
    expect(final).toMatchObject({ kind: "final", domain: "clusters", algorithm: "mws", seed: 3, steps: 120, out });
    expect(final).toMatchObject({ stopped: "iterations", particles: 10, evaluations: 120 * 10 * 20 });
    expect(progress.map((record) => record.step)).toEqual([...new Set(progress.map((record) => record.step))]);
    expect(progress.at(-1)?.metrics).toHaveProperty("nllTest");
    expect(progress.some((record) => record.step === 50 && "nllTest" in record.metrics)).toBe(true);
    expect(history("straight")).toEqual(progress.map(timeless));
    const run = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    expect(run).toMatchObject({ v: 1, domain: "clusters", step: 120, options: { seed: 3, iterations: 120 } });
    expect(run.final).toEqual(final);
  });

  it("resumes to the same history as a straight run", async () => {
    const out = join(folder, "halves");
    const words = ["--evaluateEvery", "50", "--seed", "3", "--json"];
    await runCli(["train", "clusters", "--iterations", "70", ...words, "--out", out]);
    const { code, records } = await runCli(["train", "--resume", out, "--iterations", "120", "--json"]);
    expect(code).toBe(0);
    expect(records().at(-1)).toMatchObject({ kind: "final", steps: 120 });
    const common = (step: unknown) => (step as { step: number }).step !== 70; // the halves end with an evaluation of their own
    expect(history("halves").filter(common)).toEqual(history("straight").filter(common));
  });

  it("resumes a run file of the page, and leaves the file as it was", async () => {
    const file = "test/fixtures/runs/v2.wsl";
    const before = readFileSync(file);
    const { code, records } = await runCli(["train", "--resume", file, "--iterations", "40", "--json"]);
    expect(code).toBe(0);
    expect(records().at(-1)).toMatchObject({ kind: "final", domain: "clusters", seed: 7, steps: 40, out: null });
    expect(readFileSync(file).equals(before)).toBe(true);
    const evaluated = await runCli(["evaluate", file, "--samples", "10", "--json"]);
    expect(ofKind(evaluated.records(), "evaluation")[0]).toMatchObject({ samples: 10, count: 100 });
    const refused = await runCli(["train", "--resume", "test/fixtures/runs/future.wsl"]);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(/future\.wsl: the checkpoint has format 99; this lab reads formats 1 to 2/);
  });

  it("saves on Ctrl-C, says how to go on, and going on equals a straight run", async () => {
    const out = join(folder, "interrupted");
    const words = ["train", "automata", "--iterations", "40", "--images", "20", "--evaluateEvery", "1000", "--json"];
    const running = startCli([...words, "--out", out]);
    await new Promise<void>((done) => {
      running.child.stdout?.on("data", (bytes) => String(bytes).includes('"step":3,') && done());
      running.child.on("close", () => done());
    });
    running.child.kill("SIGINT");
    const { code, stderr, records } = await running.result;
    expect(code).toBe(130);
    const final = ofKind(records(), "final")[0];
    expect(final?.stopped).toBe("stopped");
    expect(final?.steps).toBeGreaterThanOrEqual(3);
    expect(final?.steps).toBeLessThan(40);
    const again = new RegExp(
      `^Interrupted at step ${final?.steps} and saved; go on with: .*train automata --resume ${out}`,
    );
    expect(stderr).toMatch(again);
    const rest = await runCli(["train", "automata", "--resume", out, "--json"]);
    const straight = await runCli([...words, "--out", join(folder, "undisturbed")]);
    expect(timeless(rest.records().at(-1) as CliRecord)).toEqual(timeless(straight.records().at(-1) as CliRecord));
    expect(history("interrupted")).toEqual(history("undisturbed"));
  });

  it("prints sentences without --json and writes nothing without --out", async () => {
    const { code, stdout } = await runCli(["train", "clusters", "--iterations", "20", "--algorithm", "vimco"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/clusters, vimco, K = 10, seed 1, wasm: reached 20 steps\./);
    expect(stdout).toMatch(/20 steps, 4000 evaluations/);
    expect(existsSync("runs/clusters-vimco-k10-seed1")).toBe(false);
  });
});

describe("a trained run", () => {
  it("can be evaluated on its own held-out data and on another set", async () => {
    const { code, records } = await runCli(["evaluate", join(folder, "straight"), "--samples", "10", "--json"]);
    expect(code).toBe(0);
    const [own] = ofKind(records(), "evaluation");
    const last = ofKind(
      (await runCli(["evaluate", join(folder, "straight"), "--dataset", "fresh", "--json"])).records(),
      "evaluation",
    );
    const final = JSON.parse(readFileSync(join(folder, "straight", "run.json"), "utf8")).final;
    expect(own?.logMarginal).toBeCloseTo(-final.metrics.nllTest, 6);
    expect(own).toMatchObject({ samples: 10, count: 100 });
    expect(last[0]?.logMarginal).not.toBe(own?.logMarginal);
  });

  it("dreams programs with data, the same ones for the same seed", async () => {
    const words = ["sample", "clusters", "--model", join(folder, "straight"), "--count", "3", "--json"];
    const [first, second, other] = await Promise.all([runCli(words), runCli(words), runCli([...words, "--seed", "2"])]);
    const samples = ofKind(first.records(), "sample");
    expect(samples).toHaveLength(3);
    for (const { program, observation } of samples) {
      expect(program).toMatch(/^[A-G]{7}$/);
      expect(observation).toHaveLength(7);
    }
    expect(second.stdout).toBe(first.stdout);
    expect(other.stdout).not.toBe(first.stdout);
  });
});

describe("list", () => {
  it("is one catalogue record", async () => {
    const { code, records } = await runCli(["list", "--json"]);
    expect(code).toBe(0);
    const [found] = ofKind(records(), "catalogue");
    expect(found?.domains.map((domain) => domain.id)).toEqual([
      "automata",
      "blocks",
      "clusters",
      "strings",
      "strokes",
      "timeseries",
    ]);
    expect(found?.algorithms.map((algorithm) => algorithm.id)).toContain("vimco");
    expect(found?.backends.find((backend) => backend.name === "cpu")?.available).toBe(true);
  });
});
