// Every mistake on the command line: exit code 2, one sentence on stderr that names the argument, nothing on stdout.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../../helpers/runCli";
import { runHere } from "../../helpers/runHere";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mistakes-"));
  mkdirSync(join(folder, "damaged"));
  const options = { algorithm: "mws", particles: 10 };
  const run = { v: 1, domain: "clusters", options, dataFile: null, step: 3, final: null };
  writeFileSync(join(folder, "damaged", "run.json"), JSON.stringify(run));
  writeFileSync(join(folder, "damaged", "checkpoint.wsl"), "not a checkpoint");
  mkdirSync(join(folder, "garbled"));
  writeFileSync(join(folder, "garbled", "run.json"), "{");
  writeFileSync(join(folder, "bad.json"), "{");
  writeFileSync(join(folder, "plan.json"), JSON.stringify({ domain: "automata", algorithms: ["sgd"] }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const MISTAKES: readonly (readonly [string, RegExp])[] = [
  ["", /^COMMAND is missing; allowed: list, train/],
  ["walk", /^Unknown command walk; allowed: list, train/],
  ["train", /^DOMAIN is missing/],
  ["train weather", /^DOMAIN is "weather"; allowed: automata, blocks, clusters, strings, strokes, timeseries\./],
  ["train automata --colour red", /^Unknown option --colour/],
  ["train automata clusters", /too many arguments/i],
  ["train automata --seed", /--seed .*missing/],
  ["train automata --seed -1", /^seed is "-1"; allowed: a whole number from 0/],
  ["train automata --particles ten", /^particles is "ten"; allowed: a whole number from 1 to 1000/],
  ["train automata --learningRate 1e9", /^learningRate is "1e9"; allowed: a number from 0 to 100/],
  ["train automata --algorithm sgd", /^algorithm is "sgd"; allowed: mws, rws, vimco, reinforce/],
  ["train automata --set particles", /^--set is "particles"; allowed: name=value/],
  ["train automata --set colour=red", /^colour is not an option of automata; allowed: algorithm/],
  ["train clusters --neighbours 5", /^neighbours is not an option of clusters/],
  ["train automata --preset huge", /^--preset is "huge"; allowed for automata: live/],
  ["train automata --dataset nothing", /^dataset is "nothing"; allowed for automata: live.*or an existing file/],
  ["train automata --dataset FOLDER/bad.json", /^--dataset bad\.json: .*JSON/],
  ["train clusters --backend webgpu", /backend webgpu cannot be used/i],
  ["train --resume FOLDER/none", /^--resume .*none does not exist/],
  ["train --resume FOLDER", /^--resume .* holds no run: run\.json is missing/],
  ["train --resume FOLDER/garbled", /^--resume .*garbled: run\.json is damaged/],
  ["train --resume FOLDER/damaged", /not a Wake-Sleep Lab checkpoint/],
  ["train automata --resume FOLDER/damaged", /^DOMAIN is "automata", but --resume .* holds a run of clusters/],
  ["train --resume FOLDER/damaged --particles 5", /^particles is "5", but the run was started with 10/],
  ["train clusters --out FOLDER/damaged", /^--out .* already holds a run/],
  ["evaluate", /missing required argument dir/i],
  ["evaluate FOLDER/none", /^DIR .*none does not exist/],
  ["evaluate FOLDER/damaged", /not a Wake-Sleep Lab checkpoint/],
  ["evaluate FOLDER/damaged --samples 0", /^--samples is "0"; allowed: a whole number from 1/],
  ["evaluate FOLDER/damaged --fresh-wake 5", /^--fresh-wake is given, but --fresh is missing; give its steps of sleep/],
  ["evaluate FOLDER/damaged --fresh-batch 5", /^--fresh-batch is given, but --fresh is missing/],
  ["evaluate FOLDER/damaged --fresh 5 --fresh-batch 0", /^--fresh-batch is "0"; allowed: a whole number from 1/],
  ["sample clusters", /^--model is missing/],
  ["sample clusters --model none", /^--model is "none"; allowed: the folder of a run/],
  ["sample clusters --model FOLDER/damaged --count many", /^--count is "many"/],
  ["sample automata --model FOLDER/damaged", /trained on clusters, not on automata/],
  ["infer automata", /--input/],
  ["infer automata --input FOLDER/none.png", /^--input .*none\.png does not exist/],
  ["infer automata --input FOLDER/bad.json", /^--input bad\.json: .*JSON/],
  ["infer automata --input FOLDER/bad.json --seconds -1", /^--seconds is "-1"/],
  ["infer automata --input FOLDER/bad.json --top 0", /^--top is "0"/],
  ["bench nothing", /^NAME is "nothing"; allowed: kernels, automata, clusters/],
  ["sweep FOLDER/plan.json", /^PLAN .*plan\.json: algorithm is "sgd"; allowed: mws/],
  ["sweep FOLDER/bad.json", /^PLAN .*bad\.json is not JSON/],
  ["sweep docs/plans/quick.json --workers 0", /^--workers is "0"; allowed: a whole number from 1 to 64/],
  ["sweep docs/plans/quick.json --queue redis://here", /^--queue is not there yet/],
];

describe("mistakes", () => {
  it.each(MISTAKES)("lab %s", async (line, sentence) => {
    const words = line === "" ? [] : line.replaceAll("FOLDER", folder).split(" ");
    const { code, stdout, stderr } = await runHere(words);
    expect(stderr.trim()).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr.trim()).toMatch(/[.)]$/);
    expect(stderr).not.toMatch(/\[object|undefined|Error:|\bat /);
    expect(code).toBe(2);
    expect(stdout).toBe("");
  });

  it("end the process with code 2 and only the sentence", async () => {
    const { code, stdout, stderr } = await runCli(["train", "weather"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe('DOMAIN is "weather"; allowed: automata, blocks, clusters, strings, strokes, timeseries.\n');
  });

  it("--help is none", async () => {
    const { code, stdout } = await runCli(["train", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/--learning-rate <value>/);
  });
});
