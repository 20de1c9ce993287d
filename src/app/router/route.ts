// Routes: all state lives after "#". Reading an address never throws; what is unknown becomes the "unknown" route.

import { useSyncExternalStore } from "react";

export type Screen = "home" | "lab" | "learn" | "compare" | "try" | "runs" | "help" | "unknown";

export type Route =
  | { readonly screen: "home" | "learn" | "compare" | "try" | "runs" }
  | { readonly screen: "lab"; readonly domain: string; readonly query: string }
  | { readonly screen: "help"; readonly topic: string | null }
  | { readonly screen: "unknown"; readonly path: string };

const PLAIN = ["learn", "compare", "try", "runs"] as const;

/** The route of a hash such as "#/lab/automata?v=1"; "" and "#" are Home. */
export function parseRoute(hash: string): Route {
  const text = hash.replace(/^#\/?/, "");
  const mark = text.indexOf("?");
  const query = mark < 0 ? "" : text.slice(mark + 1);
  const path = mark < 0 ? text : text.slice(0, mark);
  const [head = "", ...rest] = path.split("/").filter(Boolean).map(decode);
  const plain = PLAIN.find((name) => name === head);
  if (head === "") return { screen: "home" };
  if (plain && rest.length <= (plain === "runs" ? 0 : 2)) return { screen: plain };
  if (head === "lab" && rest.length === 1 && rest[0]) return { screen: "lab", domain: rest[0], query };
  if (head === "help" && rest.length <= 2) return { screen: "help", topic: rest.length ? rest.join("/") : null };
  return { screen: "unknown", path };
}

/** The address bar's hash; re-renders on Back, Forward, links, and `navigate`. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => window.location.hash);
}

/** Writes the hash without a new page: "push" adds a history entry, "replace" does not. */
export function writeHash(hash: string, how: "push" | "replace"): void {
  if (window.location.hash === hash) return;
  if (how === "push") window.history.pushState(null, "", hash);
  else window.history.replaceState(null, "", hash);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  window.addEventListener("popstate", listener);
  return () => {
    window.removeEventListener("hashchange", listener);
    window.removeEventListener("popstate", listener);
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    // A lone "%" is kept as it stands; the route will simply not be found.
    if (error instanceof URIError) return part;
    throw error;
  }
}
