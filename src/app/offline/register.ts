// Registers the service worker and follows its life; a chunk of its own, fetched when the page has been quiet.

import { Workbox } from "workbox-window";
import { offerUpdate, useOffline } from "./offline";

/** @param checkEveryMs how often an open page asks for a new version */
export async function register(checkEveryMs: number): Promise<void> {
  const workbox = new Workbox(new URL("sw.js", document.baseURI).href);
  let isTaking = false;
  const take = () => {
    isTaking = true;
    workbox.messageSkipWaiting();
  };
  if (useOffline.getState().copy === "none") useOffline.setState({ copy: "fetching" });
  workbox.addEventListener("activated", () => useOffline.setState({ copy: "ready" }));
  workbox.addEventListener("waiting", () => offerUpdate(take));
  workbox.addEventListener("controlling", (event) => {
    if (isTaking) window.location.reload();
    else if (event.isUpdate) useOffline.setState({ update: "taken" });
  });
  const registration = await workbox.register().catch((error: unknown) => {
    // A browser that keeps service workers off (a setting, a private window): the page works, but not offline.
    console.info("No copy for offline use:", error);
    return undefined;
  });
  if (!registration) return;
  if (registration.active) useOffline.setState({ copy: "ready" });
  if (registration.waiting) offerUpdate(take);
  setInterval(() => {
    if (!document.hidden) workbox.update().catch((error: unknown) => console.info("Update check:", error));
  }, checkEveryMs);
}
