// Makes a fresh clone ready with nothing but Node: packages, WebAssembly kernels and, with --browser, a Chromium.
// Dependency-free, because it runs before the first install. `--quiet` says nothing when there is nothing to do.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { browserSentence, findBrowser } from "./browser.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Prints one sentence and ends the process: set-up problems are the reader's to solve, a stack trace would not help. */
function stop(sentence) {
  console.error(sentence);
  process.exit(2);
}

/** Runs a program; true if it ended well. Its output goes to stderr, so that stdout stays for data. */
function succeeds(command, args, purpose) {
  console.error(`${purpose} ...`);
  const onWindows = process.platform === "win32";
  return spawnSync(command, args, { cwd: root, stdio: ["inherit", 2, 2], shell: onWindows }).status === 0;
}

function run(command, args, purpose) {
  if (succeeds(command, args, purpose)) return;
  stop(`${purpose} did not work: "${command} ${args.join(" ")}" ended with an error (above).`);
}

/** True for the versions that package.json's `engines` names: ^20.19 or >= 22.12. */
export function isNodeUsable(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
}

function modifiedAt(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function installPackages() {
  const installed = modifiedAt(join(root, "node_modules", ".package-lock.json"));
  const quiet = ["--no-audit", "--no-fund"];
  if (installed === 0) {
    if (succeeds("npm", ["ci", ...quiet], "Installing the packages")) return;
    // Where a registry lacks a package for another platform, npm ci refuses and npm install does not.
    return run("npm", ["install", "--no-package-lock", ...quiet], "Installing the packages in another way");
  }
  if (installed < modifiedAt(join(root, "package-lock.json"))) {
    run("npm", ["install", ...quiet], "Bringing the packages up to date");
  }
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Builds the kernels if a source is newer than the oldest built file. */
function buildKernels() {
  const script = join(root, "scripts", "build-wasm.mjs");
  if (!existsSync(script)) return;
  const kernels = join(root, "src", "engine", "kernels");
  const built = filesUnder(join(kernels, "generated"))
    .filter((file) => file.endsWith(".ts"))
    .map(modifiedAt);
  const sources = filesUnder(kernels).filter((file) => file.endsWith(".as.ts"));
  const newest = Math.max(modifiedAt(script), ...sources.map(modifiedAt));
  if (built.length === 0 || Math.min(...built) < newest) {
    run(process.execPath, [script], "Building the WebAssembly kernels");
  }
}

/** Finds a Chromium for the browser tests; else installs Playwright's, else asks the system's package manager. */
function ensureBrowser() {
  if (findBrowser() !== null) return;
  const playwright = join(root, "node_modules", "playwright-core", "cli.js");
  console.error("No Chromium found; asking Playwright for one ...");
  spawnSync(process.execPath, [playwright, "install", "chromium"], { cwd: root, stdio: ["inherit", 2, 2] });
  if (findBrowser() !== null) return;
  if (process.platform === "linux" && existsSync("/usr/bin/apt-get")) {
    console.error("Asking the system's package manager for Chromium ...");
    spawnSync("apt-get", ["install", "-y", "chromium"], { stdio: ["inherit", 2, 2] });
  }
  if (findBrowser() === null) stop(browserSentence);
}

/** Everything in order; ends the process with code 2 and one sentence where a step is impossible. */
export function setup({ browser = false, quiet = false } = {}) {
  if (!isNodeUsable(process.versions.node)) {
    const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    stop(`Wake-Sleep Lab needs Node ${engines.node}; this is Node ${process.versions.node}. Get it from nodejs.org.`);
  }
  installPackages();
  buildKernels();
  if (browser) ensureBrowser();
  if (!quiet) console.error(`Ready: Node ${process.versions.node}${browser ? `, ${findBrowser()}` : ""}.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  setup({ browser: process.argv.includes("--browser"), quiet: process.argv.includes("--quiet") });
}
