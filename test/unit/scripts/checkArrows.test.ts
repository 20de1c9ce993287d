// The layer check itself: a folder that breaks each rule once must be reported line by line, a clean one must pass.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "arrows-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function check(): { code: number | null; output: string } {
  const result = spawnSync(process.execPath, ["scripts/check-arrows.mjs", root], { encoding: "utf8" });
  return { code: result.status, output: result.stdout + result.stderr };
}

describe("check-arrows", () => {
  it("passes imports that follow the arrows", () => {
    write(
      "src/app/a.ts",
      'import { domains } from "../domains/list";\nimport type { Model } from "../engine/model";\n',
    );
    write("src/app/train.worker.ts", 'import { serve } from "../engine/worker/serve";\nimport "../domains/list";\n');
    write(
      "src/views/b.tsx",
      'import type { Spec } from "../engine/domain";\nimport { type A } from "../domains/x/types";\n',
    );
    write("src/domains/list.ts", 'import { x } from "./x/index";\n');
    write(
      "src/domains/x/index.ts",
      'import "../../engine/rng/rng";\n// Math.random is not used here, and "src/app" neither\n',
    );
    expect(check()).toMatchObject({ code: 0 });
  });

  it.each([
    ["src/app/a.ts", 'import { x } from "../engine/model";', "app runs src/engine/model"],
    ["src/app/a.ts", 'import { x } from "../domains/x/program";', "only a domain's index"],
    ["src/app/a.ts", 'const x = await import("../cli/main");', "app imports src/cli/main"],
    ["src/views/a.tsx", 'import { x } from "../engine/domain";', "not as a type"],
    ["src/views/a.tsx", 'import type { x } from "../app/store";', "a view imports src/app/store"],
    ["src/views/a.tsx", 'import { create } from "zustand";', "no store"],
    ["src/domains/x/a.ts", 'import { y } from "../y/index";', "do not know each other"],
    ["src/domains/x/a.ts", 'export * from "../../views/charts/a";', "domains import only the engine"],
    ["src/domains/x/a.ts", 'import { useState } from "react";', "no page packages"],
    ["src/engine/a.ts", 'import { x } from "../domains/list";', "the engine imports only itself"],
    ["src/engine/a.ts", "const x = Math.random();", "only through Rng"],
    ["src/domains/x/a.ts", "const now = Date.now();", "a hidden clock"],
    ["src/cli/a.ts", 'import { x } from "../app/store";', "only domains and engine"],
    ["src/engine/utils.ts", "export const x = 1;", "says nothing"],
    ["src/engine/nn/index.ts", "export const x = 1;", "a barrel"],
    ["src/engine/a.ts", "export default 1;", "a default export"],
    ["src/engine/a.ts", "\n".repeat(301), "the limit is 300"],
    ["src/engine/algorithms/a.ts", "\n".repeat(152), "the limit is 150"],
  ])("reports %s with %s", (path, text, sentence) => {
    write(path, text);
    const { code, output } = check();
    expect(output).toContain(`${path}:`);
    expect(output).toContain(sentence);
    expect(code).toBe(1);
  });
});
