// Every `lab` command of the README, run in its order in an empty folder: what is printed there is true.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { automatonPng } from "../../helpers/pictures";

const COMMANDS = [...readFileSync("README.md", "utf8").matchAll(/^ {4}npm run -s lab -- (.+)$/gm)].map(
  ([, line]) => line ?? "",
);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "readme-"));
  writeFileSync(join(folder, "picture.png"), automatonPng(110, 40));
  writeFileSync(join(folder, "prices.txt"), "$4,050\n$4,000\n$340\n$102\n$1,200\n");
  writeFileSync(join(folder, "visitors.csv"), monthlyVisitors());
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Ten years of months with a rhythm of twelve. */
function monthlyVisitors(): string {
  const rows = Array.from({ length: 120 }, (_, i) => {
    const month = `${2010 + Math.floor(i / 12)}-${String(1 + (i % 12)).padStart(2, "0")}`;
    return `${month},${(60 + 9 * Math.sin((2 * Math.PI * i) / 12) + 5 * Math.sin(i / 30)).toFixed(1)}`;
  });
  return ["month,visitors", ...rows].join("\n");
}

describe("README", () => {
  it("names every command", () => {
    const named = new Set(COMMANDS.map((line) => line.split(" ")[0]));
    for (const name of ["list", "train", "infer", "evaluate", "sample", "bench", "sweep"])
      expect([...named]).toContain(name);
  });

  it.each(COMMANDS)("lab %s", { timeout: 90_000 }, (line) => {
    // As a shell would read it: quotation marks around a word are not part of it.
    const plain = line.split(" ").map((word) => word.replace(/^'(.*)'$/, "$1"));
    const words = plain.map((word) => (word.startsWith("docs/") ? resolve(word) : word));
    const result = spawnSync(process.execPath, [resolve("scripts/lab.mjs"), ...words], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(result.stderr).not.toMatch(/Error|undefined/);
    expect(result.status).toBe(0);
    expect(result.stdout.trim()).not.toBe("");
    if (line.startsWith("infer strings")) expect(result.stdout).toMatch(/\n {2}\$\S+ {2}weight/);
    if (line.startsWith("infer timeseries"))
      expect(result.stdout).toMatch(/visitors, after .+[\s\S]+weight[\s\S]+months/);
    if (line.startsWith("infer automata")) expect(result.stdout).toMatch(/rule 110 {2}weight/);
  });

  it("names only npm scripts that exist", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
    const text = readFileSync("README.md", "utf8");
    for (const [, name] of text.matchAll(/npm run (?:-s )?([\w:-]+)/g)) expect(scripts).toHaveProperty([name ?? ""]);
  });
});
