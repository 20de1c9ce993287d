// Before the browser tests: builds the page if a source is newer than the build, serves it from a sub-path on 127.0.0.1
// (as a static host would), and finds the Chromium. Tests get both by `inject`.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    address: string;
    chromium: string;
  }
}

const SOURCES = ["src", "public", "index.html", "vite.config.ts", "package-lock.json"];

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function buildIfOld(): void {
  const built = join("dist", "index.html");
  const age = existsSync(built) ? statSync(built).mtimeMs : 0;
  if (SOURCES.filter((path) => existsSync(path)).every((path) => newest(path) < age)) return;
  const vite = join("node_modules", "vite", "bin", "vite.js");
  const result = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], { stdio: ["ignore", 2, 2] });
  if (result.status !== 0) throw new Error("the page did not build");
}

let server: ChildProcess | null = null;

/** Builds (or takes the build in LAB_DIST) and serves; called by vitest once before the browser tests. */
export async function setup(project: TestProject): Promise<void> {
  const found = spawnSync(process.execPath, ["scripts/browser.mjs"], { encoding: "utf8" });
  if (found.status !== 0) throw new Error(found.stderr.trim());
  const given = process.env["LAB_DIST"];
  if (!given) buildIfOld();
  const started = spawn(
    process.execPath,
    ["scripts/serve.mjs", "--root", given ?? "dist", "--base", "/some/where/lab/", "--port", "0"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  server = started;
  const address = await new Promise<string>((done, fail) => {
    started.stdout.once("data", (bytes) => done(String(bytes).trim()));
    started.once("exit", (code) => fail(new Error(`the server ended with code ${code}`)));
  });
  project.provide("address", address);
  project.provide("chromium", found.stdout.trim());
}

/** Ends the server. */
export function teardown(): void {
  server?.kill();
}
