import type { PluginOption } from "vite";

/** Plugins of the offline build: service worker, manifest, and the list of files fetched on demand. */
export function offlinePlugins(): PluginOption[];
