// The page's side of the service worker: it is registered late, a new version is offered and never taken by itself, and
// everything that is fetched only on demand can be fetched at once. Without service workers all of this stays silent.

import { create } from "zustand";

/** What the page knows about its copy on this device. */
export type Offline = {
  /** "none": no service worker here; "fetching": the copy is being made; "ready": pages and engine work offline. */
  readonly copy: "none" | "fetching" | "ready";
  /** "waiting": a new version is ready; "taken": another tab has changed to it already. */
  readonly update: "none" | "waiting" | "taken";
};

export const useOffline = create<Offline>()(() => ({ copy: "none", update: "none" }));

/** First paint, fonts and the engine of a quick start come first; then the copy for offline use is made. */
const REGISTER_AFTER_MS = 4000;
const CHECK_EVERY_MS = 60 * 60 * 1000;

/** Registers the service worker once the page has been quiet for a while. */
export function keepOffline(): void {
  if (!import.meta.env.PROD || !hasServiceWorkers()) return;
  if (navigator.serviceWorker.controller) useOffline.setState({ copy: "ready" });
  setTimeout(() => {
    import("./register").then(
      ({ register }) => register(CHECK_EVERY_MS),
      (error: unknown) => console.info("Offline copy:", error),
    );
  }, REGISTER_AFTER_MS);
}

/** False in frames without an origin of their own, in private windows of some browsers, and over plain http. */
function hasServiceWorkers(): boolean {
  try {
    return window.isSecureContext && "serviceWorker" in navigator && navigator.serviceWorker !== undefined;
  } catch (error) {
    console.info("Offline copy:", error);
    return false;
  }
}

let takeUpdate: (() => void) | null = null;

/** How the new version is taken over; given by register.ts. */
export function offerUpdate(take: () => void): void {
  takeUpdate = take;
  useOffline.setState({ update: "waiting" });
}

/** The person's choice: the new version takes over and the page is loaded anew. */
export function reloadToUpdate(): void {
  if (useOffline.getState().update === "waiting" && takeUpdate) takeUpdate();
  else window.location.reload();
}
