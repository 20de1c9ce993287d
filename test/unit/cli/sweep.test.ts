// `lab sweep` over worker threads: every job once, resumable after Ctrl-C with the numbers of an undisturbed sweep.

import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ofKind, runCli, startCli } from "../../helpers/runCli";

let folder = "";
let plan = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sweep-"));
  plan = join(folder, "plan.json");
  const options = { iterations: 80, evaluateEvery: 1000, images: 10 };
  const algorithms = ["mws", { algorithm: "rws", particles: 3 }];
  writeFileSync(plan, JSON.stringify({ domain: "automata", options, algorithms, particles: [2], seeds: [1] }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const results = (out: string) =>
  readFileSync(join(out, "results.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .map(({ key, steps, evaluations, metrics }) => ({ key, steps, evaluations, metrics }))
    .sort((left, right) => left.key.localeCompare(right.key));

describe("sweep", () => {
  it("stops at Ctrl-C, goes on from the checkpoints, and ends as an undisturbed sweep", async () => {
    const out = join(folder, "disturbed");
    const words = ["sweep", plan, "--workers", "2", "--json", "--out"];
    const running = startCli([...words, out]);
    await untilBegun(out);
    running.child.kill("SIGINT");
    const first = await running.result;
    expect(first.code).toBe(130);
    expect(first.stderr).toMatch(/^Interrupted; jobs in progress are saved\. Go on with: .*sweep .*plan\.json --out/m);
    const second = await runCli([...words, out]);
    expect(second.code).toBe(0);
    expect(ofKind(second.records(), "sweep")[0]).toMatchObject({ jobs: 2, failed: 0 });
    await runCli([...words, join(folder, "straight")]);
    expect(results(out)).toEqual(results(join(folder, "straight")));
  }, 90_000);

  it("skips finished jobs, and repeats one whose line was cut off", async () => {
    const out = join(folder, "straight");
    const again = await runCli(["sweep", plan, "--json", "--out", out]);
    expect(again.records()).toEqual([
      { v: 1, kind: "sweep", jobs: 2, done: 0, skipped: 2, failed: 0, out: join(out, "results.jsonl") },
    ]);
    const file = join(out, "results.jsonl");
    const [whole = "", cut = ""] = readFileSync(file, "utf8").split("\n");
    writeFileSync(file, `${whole}\n`);
    appendFileSync(file, cut.slice(0, 40));
    const repeated = await runCli(["sweep", plan, "--json", "--out", out]);
    expect(ofKind(repeated.records(), "sweep")[0]).toMatchObject({ done: 1, skipped: 1 });
    expect(readFileSync(file, "utf8").split("\n")).toHaveLength(4);
  }, 60_000);
});

/** Waits until both jobs have written some history. */
async function untilBegun(out: string): Promise<void> {
  const jobs = join(out, "jobs");
  const begun = () =>
    existsSync(jobs) &&
    readdirSync(jobs).filter((name) => {
      const file = join(jobs, name, "history.jsonl");
      return existsSync(file) && statSync(file).size > 0;
    }).length === 2;
  while (!begun()) await new Promise((done) => setTimeout(done, 20));
}
