// WebGPU in Node: Dawn from the `webgpu` package on Chromium's software adapter, for small GPU tests without a GPU.
// Dawn looks for the Vulkan loader in the system's folders and beside itself. Chromium brings a loader, but in a folder
// of its own: so a hard link to Dawn and a link to that loader are put side by side under node_modules/.cache.

import { existsSync } from "node:fs";
import { copyFile, link, mkdir, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Where Chromium's packages put SwiftShader's Vulkan driver; VK_ICD_FILENAMES, if set, wins. */
const FOLDERS = [
  "/usr/lib/chromium",
  "/usr/lib/chromium-browser",
  "/opt/google/chrome",
  "/snap/chromium/current/usr/lib",
];
const DRIVER = "vk_swiftshader_icd.json";
const LOADER = "libvulkan.so.1";

type Dawn = { create(flags: string[]): GPU; readonly globals: object };

// Dawn frees its instance when this is collected, so it is kept as long as the process.
let instance: GPU | null = null;

/**
 * Puts `navigator.gpu` and the WebGPU globals into this process. Call it before tfjs is imported.
 *
 * @returns null if an adapter is there, else one sentence that says why GPU tests are skipped
 */
export async function installWebgpu(): Promise<string | null> {
  const folder = FOLDERS.find((name) => existsSync(join(name, DRIVER)));
  if (process.env["VK_ICD_FILENAMES"] === undefined) {
    if (folder === undefined) return "WebGPU tests skipped: no Chromium with SwiftShader's Vulkan driver is installed.";
    process.env["VK_ICD_FILENAMES"] = join(folder, DRIVER);
  }
  try {
    const { create, globals } = await loadDawn(folder === undefined ? null : join(folder, LOADER));
    Object.assign(globalThis, globals);
    instance = create([]);
  } catch (error) {
    return `WebGPU tests skipped: Dawn for Node does not load (${error instanceof Error ? error.message : error}).`;
  }
  const navigator = { gpu: instance, userAgent: "node" };
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
  const adapter = await instance.requestAdapter();
  return adapter === null ? "WebGPU tests skipped: the software adapter does not start." : null;
}

async function loadDawn(loader: string | null): Promise<Dawn> {
  if (loader === null || !existsSync(loader)) return import("webgpu");
  const main = createRequire(import.meta.url).resolve("webgpu");
  const dawn = join(dirname(main), "dist", `${process.platform}-${process.arch}`, "dawn.node");
  const { version }: { version: string } = JSON.parse(await readFile(join(dirname(main), "package.json"), "utf8"));
  const folder = join(dirname(main), "..", ".cache", `webgpu-${version}-beside-vulkan`);
  await mkdir(folder, { recursive: true });
  const copy = join(folder, "dawn.node");
  await link(dawn, copy).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") return copyFile(dawn, copy);
  });
  await symlink(loader, join(folder, LOADER)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  const module: { exports: unknown } = { exports: {} };
  process.dlopen(module, copy);
  // The native module exports the same two names as the package's index.
  return module.exports as Dawn;
}
