// Whether pictures must not move by themselves: the person's own switch wins, else the system's wish. Both are followed
// live.

import { useSyncExternalStore } from "react";

const WISH = "(prefers-reduced-motion: reduce)";

/** True while motion is reduced, by the switch in the header or by the system. */
export function useStill(): boolean {
  return useSyncExternalStore(subscribe, isStill, () => true);
}

/** The same, read once. */
export function isStill(): boolean {
  const own = document.documentElement.dataset["motion"];
  return own === "reduce" || (own !== "full" && window.matchMedia(WISH).matches);
}

function subscribe(notify: () => void): () => void {
  const media = window.matchMedia(WISH);
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-motion"] });
  media.addEventListener("change", notify);
  return () => {
    observer.disconnect();
    media.removeEventListener("change", notify);
  };
}
