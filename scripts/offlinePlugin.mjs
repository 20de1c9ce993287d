// Offline: a service worker that keeps every script, style and font of one build together, the manifest of the installed
// app, and a list of what is fetched only on demand (docs/decisions/0007-offline.md).

import { existsSync, readdirSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { VitePWA } from "vite-plugin-pwa";

/** Folders under public/ with data and models. */
const ON_DEMAND = ["datasets", "models"];
/** Smaller files are kept with the pages; larger ones when they are used, or when the person asks for all of them. */
const SMALL = 300_000;
/** Cache of what was fetched on demand; the page fills it too (src/app/offline/offline.ts). */
const EXTRA_CACHE = "wake-sleep-lab-extra";

function filesUnder(folder, name) {
  if (!existsSync(join(folder, name))) return [];
  return readdirSync(join(folder, name), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(name, entry.name);
    if (entry.isDirectory()) return filesUnder(folder, path);
    return /\.(md|ts)$/.test(entry.name) ? [] : [{ url: path, bytes: statSync(join(folder, path)).size }];
  });
}

const dataFiles = ON_DEMAND.flatMap((folder) => filesUnder("public", folder));

/** Emits offline.json: files fetched on demand with their sizes. Scripts for 3D are among them. */
const listPlugin = {
  name: "offline-list",
  apply: "build",
  generateBundle(_options, bundle) {
    const later = Object.values(bundle)
      .filter((file) => /(^|\/)three[^/]*\.js$/.test(file.fileName))
      .map((file) => ({ url: file.fileName, bytes: Buffer.byteLength(file.code ?? "") }));
    const files = [...dataFiles.filter((file) => file.bytes > SMALL), ...later];
    this.emitFile({ type: "asset", fileName: "offline.json", source: JSON.stringify({ files }) });
  },
};

const manifest = {
  id: "./",
  name: "Wake-Sleep Lab",
  short_name: "Wake-Sleep",
  description: "Watch a machine find the programs behind data, trained live in your browser.",
  lang: "en",
  start_url: "./",
  scope: "./",
  display: "standalone",
  background_color: "#fbfaf8",
  theme_color: "#fbfaf8",
  icons: [
    { src: "icons/icon-192.png", sizes: "192x192", type: "image/png" },
    { src: "icons/icon-512.png", sizes: "512x512", type: "image/png" },
    { src: "icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
  ],
};

const workbox = {
  // One version is one set of files: the page never mixes two builds.
  globPatterns: [
    "index.html",
    "offline.json",
    "assets/**/*.{js,css,wasm,woff2}",
    ...dataFiles.filter((file) => file.bytes <= SMALL).map((file) => file.url),
  ],
  globIgnores: ["**/three*.js"],
  maximumFileSizeToCacheInBytes: 12_000_000,
  // Names of built files carry their hash.
  dontCacheBustURLsMatching: /^assets\//,
  navigateFallback: "index.html",
  cleanupOutdatedCaches: true,
  // A new version waits until the person takes it.
  skipWaiting: false,
  // The first visit's page is served offline from then on; nothing that it loads changes.
  clientsClaim: true,
  runtimeCaching: [
    {
      urlPattern: /\/(datasets|models)\/[^?]*$/,
      handler: "NetworkFirst",
      options: { cacheName: EXTRA_CACHE, networkTimeoutSeconds: 8 },
    },
    { urlPattern: /\/assets\/three[^/]*\.js$/, handler: "CacheFirst", options: { cacheName: EXTRA_CACHE } },
  ],
};

/** Plugins of the offline build; the page registers the service worker itself, late. */
export function offlinePlugins() {
  const pwa = VitePWA({
    registerType: "prompt",
    injectRegister: false,
    manifest,
    workbox,
    includeManifestIcons: false,
  });
  return [listPlugin, pwa];
}
