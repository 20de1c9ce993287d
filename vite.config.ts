// The page's build: a static folder that any web server can host from any path. Training code lives in the worker only.

import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { formulasPlugin } from "./scripts/formulasPlugin.mjs";
import { offlinePlugins } from "./scripts/offlinePlugin.mjs";

// A build is always the production build, also when a test runner that sets NODE_ENV asks for it.
if (process.argv.includes("build")) process.env["NODE_ENV"] = "production";

const ENGINE = "\0engine-in-worker";

/**
 * Domains load their engines by `import()` in their index. Pages import the index too, but never load an engine:
 * in the page's build the import leads to a module that says so. Worker builds do not use these plugins.
 */
const enginesInWorkers: Plugin = {
  name: "engines-in-workers",
  apply: "build",
  resolveDynamicImport: (_specifier, importer) =>
    /\/src\/domains\/[\w-]+\/index\.ts$/.test((importer ?? "").replaceAll("\\", "/")) ? ENGINE : null,
  load: (id) => (id === ENGINE ? 'throw new Error("engines run in the training worker only");' : null),
};

export default defineConfig({
  base: "./",
  plugins: [react(), formulasPlugin(), enginesInWorkers, ...offlinePlugins()],
  worker: { format: "es" },
  server: { host: "127.0.0.1" },
  preview: { host: "127.0.0.1" },
  build: {
    outDir: "dist",
    target: "es2022",
    // The worker's chunk is budgeted on its own (450 kB gzip), pages at 150 and 350.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      // A note on how long the React plugin took says nothing about this project.
      checks: { pluginTimings: false },
      output: {
        codeSplitting: {
          groups: [
            {
              name: "react",
              test: /node_modules[\\/](react|react-dom|scheduler|zustand(?!.*traditional))[\\/]/,
              priority: 1,
            },
            // What only 3D needs has its own chunk, told apart by its name: sizes, offline copies (decision 0015).
            {
              name: "three",
              test: /node_modules[\\/](three|@react-three|its-fine|suspend-react|react-use-measure|use-sync-external-store|zustand)[\\/]/,
            },
          ],
        },
      },
    },
  },
});
