// Whether there is room for the left column (960 px and up); below, options are in a drawer.

import { useSyncExternalStore } from "react";

const QUERY = "(min-width: 960px)";

export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(QUERY).matches);
}

function subscribe(listener: () => void): () => void {
  const list = window.matchMedia(QUERY);
  list.addEventListener("change", listener);
  return () => list.removeEventListener("change", listener);
}
