// Builds the page with nothing but 3D pictures (scene3dPage/) as the lab itself is built, and serves it from a sub-path.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { serve } from "../../scripts/serve.mjs";
import config from "../../vite.config";

export type ScenePage = { readonly address: string; readonly close: () => void };

/** A build of its own in a folder that `close` removes. */
export async function serveScenePage(): Promise<ScenePage> {
  const folder = mkdtempSync(join(tmpdir(), "scene3d-"));
  await build({
    configFile: false,
    root: resolve("test/helpers/scene3dPage"),
    base: "./",
    logLevel: "warn",
    mode: "production",
    plugins: [react()],
    build: { ...config.build, outDir: folder, emptyOutDir: true },
  });
  const { server, address } = await serve({ root: folder, base: "/some/where/", port: 0 });
  return {
    address,
    close() {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true });
    },
  };
}
