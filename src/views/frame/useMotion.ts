// Whether pictures may move: the person's own switch (html data-motion) wins, else the system's wish.

import { useSyncExternalStore } from "react";

export type Motion = "full" | "reduce";

/** The motion in force now; components that use it follow a change without a reload. */
export function useMotion(): Motion {
  return useSyncExternalStore(subscribe, readMotion, () => "reduce");
}

function readMotion(): Motion {
  const own = document.documentElement.dataset["motion"];
  if (own === "reduce" || own === "full") return own;
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "reduce" : "full";
}

function subscribe(notify: () => void): () => void {
  const media = window.matchMedia("(prefers-reduced-motion: reduce)");
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-motion"] });
  media.addEventListener("change", notify);
  return () => {
    observer.disconnect();
    media.removeEventListener("change", notify);
  };
}
