// Two projects: "fast" (unit, exact, stats, reference; Node) and "browser" (flows in a real Chromium, one at a time).
// tfjs is inlined, because its CommonJS entry would register gradients on another copy (stack notes, section 2).

import { defineConfig } from "vitest/config";
import { formulasPlugin } from "./scripts/formulasPlugin.mjs";

const shared = { environment: "node" as const, server: { deps: { inline: [/@tensorflow\//] } } };

export default defineConfig({
  plugins: [formulasPlugin()],
  resolve: { mainFields: ["module", "main"] },
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: "fast",
          include: ["test/{unit,exact,stats,reference}/**/*.test.{ts,tsx}"],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["test/helpers/servedPage.ts"],
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
    ],
  },
});
