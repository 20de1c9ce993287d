// Eager tfjs on its own wasm backend, the rival of the benchmarks of networks.

import { createRequire } from "node:module";
import { dirname } from "node:path";

export type Tfjs = typeof import("@tensorflow/tfjs");

/** The full package through its CommonJS entry, which registers gradients on the copy of the core that it uses. */
export async function loadTfjsWasm(): Promise<Tfjs> {
  const require = createRequire(import.meta.url);
  const tf: Tfjs = require("@tensorflow/tfjs");
  const wasm: typeof import("@tensorflow/tfjs-backend-wasm") = require("@tensorflow/tfjs-backend-wasm");
  wasm.setWasmPaths(`${dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}/`);
  await tf.setBackend("wasm");
  return tf;
}
