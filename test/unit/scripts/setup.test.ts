// The set-up scripts: Node versions, finding a browser, serving from a sub-path, and sizes of a build.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let dist = "";
let server: ChildProcess | null = null;

beforeAll(() => {
  dist = mkdtempSync(join(tmpdir(), "dist-"));
  mkdirSync(join(dist, "assets"));
  writeFileSync(join(dist, "index.html"), '<script type="module" src="./assets/index-a.js"></script>');
  writeFileSync(
    join(dist, "assets", "index-a.js"),
    'import{a}from"./react-b.js";const b=()=>import("./LabScreen-c.js"),c=()=>import("./Compare-e.js");',
  );
  writeFileSync(join(dist, "assets", "react-b.js"), "export const a=1;");
  writeFileSync(
    join(dist, "assets", "LabScreen-c.js"),
    'new Worker(new URL("train.worker-d.js",import.meta.url));import("./automata-f.js");import("./clusters-g.js");import("./fromUpload-h.js")',
  );
  writeFileSync(join(dist, "assets", "automata-f.js"), 'import"./picture-i.js";');
  writeFileSync(join(dist, "assets", "picture-i.js"), "export const picture=1;");
  writeFileSync(join(dist, "assets", "clusters-g.js"), 'import("./three-m.js")');
  writeFileSync(join(dist, "assets", "three-m.js"), "export const three=1;");
  writeFileSync(join(dist, "assets", "fromUpload-h.js"), "export const fromUpload=1;");
  writeFileSync(join(dist, "assets", "Compare-e.js"), "export const compare=1;");
  writeFileSync(
    join(dist, "assets", "train.worker-d.js"),
    'import("./runtime-j.js");import("./runtime-k.js");postMessage(1);',
  );
  writeFileSync(join(dist, "assets", "runtime-j.js"), 'import"./kernel-l.js";');
  writeFileSync(join(dist, "assets", "kernel-l.js"), `export const kernel="${"abcdefgh".repeat(9)}";`);
  writeFileSync(join(dist, "assets", "runtime-k.js"), "export const runtime=1;");
});
afterAll(() => {
  server?.kill();
  rmSync(dist, { recursive: true });
});

const run = (...args: string[]) => spawnSync(process.execPath, args, { encoding: "utf8" });

describe("setup", () => {
  it.each([
    ["20.20.2", true],
    ["20.18.9", false],
    ["21.7.0", false],
    ["22.11.0", false],
    ["22.12.0", true],
    ["24.0.0", true],
    ["18.20.0", false],
  ])("Node %s: %s", (version, usable) => {
    const code = `import("./scripts/setup.mjs").then((m) => console.log(m.isNodeUsable("${version}")))`;
    expect(run("--input-type=module", "-e", code).stdout.trim()).toBe(String(usable));
  });
});

describe("browser", () => {
  it("says in one sentence that the named program is not there", () => {
    const env = { ...process.env, CHROMIUM_PATH: join(dist, "no-browser") };
    const result = spawnSync(process.execPath, ["scripts/browser.mjs"], { encoding: "utf8", env });
    expect(result.status).toBe(2);
    expect(result.stderr.trim()).toMatch(/^The browser tests need a Chromium: .*CHROMIUM_PATH.*\.$/);
  });
});

describe("serve", () => {
  it("serves the folder under a sub-path and nothing outside it", async () => {
    writeFileSync(join(dist, "..", "outside.txt"), "secret");
    const started = spawn(process.execPath, ["scripts/serve.mjs", "--root", dist, "--base", "/a/b/", "--port", "0"]);
    server = started;
    const address = await new Promise<string>((done) =>
      started.stdout.once("data", (text) => done(String(text).trim())),
    );
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/a\/b\/$/);
    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect((await fetch(`${address}assets/index-a.js`)).headers.get("content-type")).toContain("text/javascript");
    expect((await fetch(new URL("/", address))).status).toBe(404);
    expect((await fetch(`${address}..%2foutside.txt`)).status).toBe(404);
    expect((await fetch(`${address}%`)).status).toBe(400);
    expect((await fetch(address, { method: "POST" })).status).toBe(404);
    rmSync(join(dist, "..", "outside.txt"));
  });
});

describe("size", () => {
  it("counts home, the largest workbench of a domain, and the worker with its largest domain", () => {
    const result = run("scripts/size.mjs", dist);
    expect(result.stdout).toMatch(/Home .*, 2 files/);
    expect(result.stdout).toMatch(/workbench.*, 5 files/);
    expect(result.stdout).toMatch(/worker.*, 3 files/);
    expect(result.stdout).toMatch(/3D, .*, 1 files/);
    expect(result.status).toBe(0);
  });

  it("fails where 3D comes with another script", () => {
    const path = join(dist, "assets", "clusters-g.js");
    writeFileSync(path, 'import"./three-m.js";');
    const result = run("scripts/size.mjs", dist);
    writeFileSync(path, 'import("./three-m.js")');
    expect(result.stderr).toMatch(/3D is fetched with other scripts: three-m\.js/);
    expect(result.status).toBe(1);
  });

  it("fails over budget", () => {
    const noise = createHash("shake256", { outputLength: 200_000 }).update("noise").digest();
    writeFileSync(join(dist, "assets", "react-b.js"), noise);
    const result = run("scripts/size.mjs", dist);
    expect(result.stdout).toMatch(/Home .*OVER the budget of 150 kB/);
    expect(result.status).toBe(1);
    expect(run("scripts/size.mjs", join(dist, "assets")).status).toBe(2);
  });
});
