// Which arithmetic a run uses. Decided in the worker: webgpu (a real adapter), else wasm, else plain TypeScript.

export type BackendName = "webgpu" | "wasm" | "cpu";

/** "auto" leaves the choice to the engine. */
export type BackendChoice = BackendName | "auto";

/** What was chosen and why, for the status bar and its details. */
export type BackendReport = {
  readonly name: BackendName;
  /** One sentence: "WebGPU: no adapter on this machine; using WebAssembly with SIMD." */
  readonly reason: string;
  /** "relaxed-simd", "simd" or "" for wasm; the adapter's description for webgpu. */
  readonly detail: string;
};
