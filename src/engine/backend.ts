// Which arithmetic a run uses. Decided in the worker: webgpu (a real adapter), else wasm, else plain TypeScript.
// Nothing here loads tfjs: the adapter is asked for first (tfjs throws on a null adapter), kernels load it when needed.

import { LabError } from "./errors";
import { availableBuilds } from "./kernels/assembly/module";

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

/** The engine's order of preference. */
const ORDER: readonly BackendName[] = ["webgpu", "wasm", "cpu"];

/**
 * The backend of a run. "auto" takes the first of webgpu, wasm, cpu that is allowed and present; a software adapter
 * counts only when webgpu is asked for by name.
 *
 * @param allowed the backends on which the domain runs
 * @throws LabError("backend") if the backend asked for is not allowed, or not present on this machine.
 */
export async function chooseBackend(choice: BackendChoice, allowed: readonly BackendName[]): Promise<BackendReport> {
  if (choice !== "auto") return requireBackend(choice, allowed);
  const missing: string[] = [];
  for (const name of ORDER) {
    if (!allowed.includes(name)) continue;
    const found = await probe(name);
    if (found.isReal) return { name, reason: sentence(missing, USING[name](found.detail)), detail: found.detail };
    missing.push(found.missing);
  }
  throw unavailable(allowed.join(", "), missing.join("; "), allowed);
}

export type DeviceLossListener = (error: LabError) => void;

/**
 * Calls `listener` once whenever the graphics device is lost; networks on it then reject with LabError("device-lost").
 *
 * @returns a function that removes the listener
 */
export function onDeviceLost(listener: DeviceLossListener): () => void {
  lossListeners.add(listener);
  return () => lossListeners.delete(listener);
}

/** Tells the listeners; for the adapter module that watches the device. */
export function reportDeviceLost(error: LabError): void {
  for (const listener of [...lossListeners]) listener(error);
}

const lossListeners = new Set<DeviceLossListener>();

type Probe = {
  readonly isReal: boolean;
  readonly isPresent: boolean;
  readonly detail: string;
  readonly missing: string;
};

const USING: Readonly<Record<BackendName, (detail: string) => string>> = {
  webgpu: (detail) => `using WebGPU${detail === "" ? "" : ` on ${detail}`}`,
  wasm: () => "using the CPU (WebAssembly)",
  cpu: () => "using the CPU (plain TypeScript)",
};

async function requireBackend(name: BackendName, allowed: readonly BackendName[]): Promise<BackendReport> {
  if (!allowed.includes(name)) throw unavailable(name, "this domain does not run on it", allowed);
  const { isPresent, detail, missing } = await probe(name);
  if (!isPresent) throw unavailable(name, missing, allowed);
  return { name, reason: sentence(["Chosen by name"], USING[name](detail)), detail };
}

async function probe(name: BackendName): Promise<Probe> {
  if (name === "cpu") return { isReal: true, isPresent: true, detail: "", missing: "" };
  if (name === "webgpu") return probeAdapter();
  const [build] = await availableBuilds();
  const isPresent = build !== undefined;
  return { isReal: isPresent, isPresent, detail: build ?? "", missing: "No WebAssembly with SIMD" };
}

async function probeAdapter(): Promise<Probe> {
  const nothing = { isReal: false, isPresent: false, detail: "" };
  // Node has no `navigator` before version 21, old browsers no `gpu`.
  const gpu = typeof navigator === "undefined" ? undefined : (navigator.gpu as GPU | undefined);
  if (gpu === undefined) return { ...nothing, missing: "No WebGPU here" };
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) return { ...nothing, missing: "No graphics adapter here" };
  const detail = describeAdapter(adapter);
  return { isReal: !isSoftware(adapter), isPresent: true, detail, missing: "Only a software graphics adapter" };
}

/** "nvidia hopper", or "" where the browser keeps it to itself. */
function describeAdapter(adapter: GPUAdapter): string {
  const { vendor, architecture, description } = adapter.info;
  return description || [vendor, architecture].filter((part) => part !== "").join(" ");
}

/** Software adapters are slower than our wasm kernels: told by the flag, or by their names where the flag is missing. */
function isSoftware(adapter: GPUAdapter): boolean {
  // Chromium before 140 has the flag on the adapter, later ones on its info.
  const older = adapter as GPUAdapter & { readonly isFallbackAdapter?: boolean };
  const names = `${adapter.info.architecture} ${adapter.info.description}`;
  return (
    adapter.info.isFallbackAdapter === true || older.isFallbackAdapter === true || /swiftshader|llvmpipe/i.test(names)
  );
}

/** "No graphics adapter here; using the CPU (WebAssembly)." */
function sentence(parts: readonly string[], using: string): string {
  const text = [...parts, using].join("; ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function unavailable(name: string, why: string, allowed: readonly BackendName[]): LabError {
  const message = `backend ${name} cannot be used: ${why.charAt(0).toLowerCase()}${why.slice(1)}`;
  const others = ["auto", ...allowed.filter((other) => other !== name)];
  const help = `Choose one of ${others.join(", ")} as the backend.`;
  return new LabError("backend", { message, help }, { backend: name });
}
