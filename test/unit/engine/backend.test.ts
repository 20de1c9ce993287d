// The choice of a backend: what is taken, what is refused, and what people read about it.

import { afterEach, describe, expect, it } from "vitest";
import { chooseBackend, onDeviceLost, reportDeviceLost } from "../../../src/engine/backend";
import { LabError } from "../../../src/engine/errors";

const ALL = ["webgpu", "wasm", "cpu"] as const;
const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");

/** A browser whose WebGPU answers with this adapter's description, or with null. */
function browserWith(info: Partial<GPUAdapterInfo> | null): void {
  const adapter = info && {
    info: { vendor: "", architecture: "", description: "", isFallbackAdapter: false, ...info },
  };
  const navigator = { gpu: { requestAdapter: async () => adapter } };
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
}

afterEach(() => {
  if (before) Object.defineProperty(globalThis, "navigator", before);
  else Reflect.deleteProperty(globalThis, "navigator");
});

describe("chooseBackend", () => {
  it("takes a real graphics adapter first", async () => {
    browserWith({ vendor: "nvidia", architecture: "hopper" });
    expect(await chooseBackend("auto", ALL)).toEqual({
      name: "webgpu",
      reason: "Using WebGPU on nvidia hopper.",
      detail: "nvidia hopper",
    });
  });

  it.each([
    [null, "No graphics adapter here; using the CPU (WebAssembly)."],
    [{ isFallbackAdapter: true }, "Only a software graphics adapter; using the CPU (WebAssembly)."],
    [{ architecture: "swiftshader" }, "Only a software graphics adapter; using the CPU (WebAssembly)."],
  ])("takes wasm when the adapter is %o", async (info, reason) => {
    browserWith(info);
    const report = await chooseBackend("auto", ALL);
    expect(report.name).toBe("wasm");
    expect(report.reason.startsWith(reason)).toBe(true);
    expect(["simd", "relaxed-simd"]).toContain(report.detail);
  });

  it("does without WebGPU where the browser has none", async () => {
    Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
    expect((await chooseBackend("auto", ALL)).reason).toMatch(/^No WebGPU here; using the CPU/);
  });

  it("never takes what the domain does not run on", async () => {
    browserWith({ vendor: "nvidia" });
    expect((await chooseBackend("auto", ["wasm", "cpu"])).name).toBe("wasm");
    expect(await chooseBackend("auto", ["cpu"])).toEqual({
      name: "cpu",
      reason: "Using the CPU (plain TypeScript).",
      detail: "",
    });
  });

  it("takes a software adapter when it is asked for by name", async () => {
    browserWith({ architecture: "swiftshader", isFallbackAdapter: true });
    const report = await chooseBackend("webgpu", ALL);
    expect(report).toMatchObject({ name: "webgpu", reason: "Chosen by name; using WebGPU on swiftshader." });
  });

  it.each(["wasm", "cpu"] as const)("takes %s when it is asked for by name", async (name) => {
    browserWith({ vendor: "nvidia" });
    expect((await chooseBackend(name, ALL)).name).toBe(name);
  });

  it("says in one sentence why a forced backend cannot be had", async () => {
    browserWith(null);
    await expect(chooseBackend("webgpu", ALL)).rejects.toMatchObject({
      code: "backend",
      message: "backend webgpu cannot be used: no graphics adapter here",
      help: "Choose one of auto, wasm, cpu as the backend.",
    });
    await expect(chooseBackend("webgpu", ["wasm", "cpu"])).rejects.toMatchObject({
      code: "backend",
      help: "Choose one of auto, wasm, cpu as the backend.",
    });
  });
});

describe("onDeviceLost", () => {
  it("calls every listener until it is removed", () => {
    const heard: string[] = [];
    const stops = ["a", "b"].map((name) => onDeviceLost((error) => heard.push(`${name} ${error.code}`)));
    const error = new LabError("device-lost", { message: "gone", help: "" });
    reportDeviceLost(error);
    stops[0]!();
    reportDeviceLost(error);
    stops[1]!();
    reportDeviceLost(error);
    expect(heard).toEqual(["a device-lost", "b device-lost", "b device-lost"]);
  });
});
