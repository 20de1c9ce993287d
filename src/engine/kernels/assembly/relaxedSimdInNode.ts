// Node 20 hides relaxed SIMD behind a flag of V8. Node only: never import this from code that the browser loads.

import { setFlagsFromString } from "node:v8";

/** Lets this process run the relaxed-SIMD build. Call it before the first network is made; later Nodes ignore it. */
export function enableRelaxedSimd(): void {
  setFlagsFromString("--experimental-wasm-relaxed-simd");
}
