// The page's build: a static folder that any web server can host from any path. Training code lives in the worker only.

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// A build is always the production build, also when a test runner that sets NODE_ENV asks for it.
if (process.argv.includes("build")) process.env["NODE_ENV"] = "production";

export default defineConfig({
  base: "./",
  plugins: [react()],
  worker: { format: "es" },
  server: { host: "127.0.0.1" },
  preview: { host: "127.0.0.1" },
  build: {
    outDir: "dist",
    target: "es2022",
    // The worker's chunk is budgeted on its own (450 kB gzip), pages at 150 and 350.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: "react", test: /node_modules[\\/](react|react-dom|scheduler|zustand)[\\/]/ }],
        },
      },
    },
  },
});
