// Where a Chromium is on this machine: CHROMIUM_PATH, a usual place, the PATH, or Playwright's own install.
// Run directly it prints the path, or one sentence and exit code 2.

import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

export const browserSentence =
  "The browser tests need a Chromium: install chromium or Google Chrome, or set CHROMIUM_PATH to its program file.";

const USUAL = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

function playwrightFolder() {
  const chosen = process.env.PLAYWRIGHT_BROWSERS_PATH;
  if (chosen) return chosen;
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "ms-playwright");
  if (process.platform === "win32") return join(process.env.LOCALAPPDATA ?? homedir(), "ms-playwright");
  return join(homedir(), ".cache", "ms-playwright");
}

function playwrightBrowsers() {
  const folder = playwrightFolder();
  if (!existsSync(folder)) return [];
  const inside = ["chrome-linux/chrome", "chrome-linux64/chrome", "chrome-win/chrome.exe"];
  const mac = "Chromium.app/Contents/MacOS/Chromium";
  return readdirSync(folder)
    .filter((name) => name.startsWith("chromium-"))
    .sort((left, right) => Number(right.split("-")[1]) - Number(left.split("-")[1]))
    .flatMap((name) => [...inside, `chrome-mac/${mac}`].map((file) => join(folder, name, file)));
}

/** Path of a Chromium's program file, or null. */
export function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : null;
  const onPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...USUAL, ...onPath, ...playwrightBrowsers()].find((file) => existsSync(file)) ?? null;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const path = findBrowser();
  if (path === null) {
    console.error(browserSentence);
    process.exit(2);
  }
  console.log(path);
}
