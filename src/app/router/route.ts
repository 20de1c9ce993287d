// Routes: all state lives after "#". Reading an address never throws; what is unknown becomes the "unknown" route.

import { useSyncExternalStore } from "react";

export type Screen = "home" | "lab" | "learn" | "lesson" | "compare" | "try" | "runs" | "help" | "embed" | "unknown";

export type Route =
  | { readonly screen: "home" | "learn" | "runs" }
  /** `step` is 1-based; null opens the lesson where the person left it. */
  | { readonly screen: "lesson"; readonly lesson: string; readonly step: number | null; readonly query: string }
  | { readonly screen: "compare"; readonly query: string }
  /** `domain` null: the choice of domains. */
  | { readonly screen: "try"; readonly domain: string | null; readonly query: string }
  | { readonly screen: "embed"; readonly view: string; readonly query: string }
  | { readonly screen: "lab"; readonly domain: string; readonly query: string }
  | { readonly screen: "help"; readonly topic: string | null }
  | { readonly screen: "unknown"; readonly path: string };

/** The route of a hash such as "#/lab/automata?v=1"; "" and "#" are Home. */
export function parseRoute(hash: string): Route {
  const text = hash.replace(/^#\/?/, "");
  const mark = text.indexOf("?");
  const query = mark < 0 ? "" : text.slice(mark + 1);
  const path = mark < 0 ? text : text.slice(0, mark);
  const [head = "", ...rest] = path.split("/").filter(Boolean).map(decode);
  return routeOf(head, rest, query) ?? { screen: "unknown", path };
}

function routeOf(head: string, rest: readonly string[], query: string): Route | null {
  const [first, second] = rest;
  const isShort = rest.length <= 1;
  switch (head) {
    case "":
      return { screen: "home" };
    case "learn":
      if (first === undefined) return { screen: "learn" };
      return rest.length <= 2 ? { screen: "lesson", lesson: first, step: stepOf(second), query } : null;
    case "compare":
      return rest.length === 0 ? { screen: "compare", query } : null;
    case "try":
      return isShort ? { screen: "try", domain: first ?? null, query } : null;
    case "runs":
      return rest.length === 0 ? { screen: "runs" } : null;
    case "lab":
      return isShort && first ? { screen: "lab", domain: first, query } : null;
    case "embed":
      return isShort && first ? { screen: "embed", view: first, query } : null;
    case "help":
      return rest.length <= 2 ? { screen: "help", topic: rest.length > 0 ? rest.join("/") : null } : null;
    default:
      return null;
  }
}

function stepOf(text: string | undefined): number | null {
  const step = Number(text);
  return text !== undefined && Number.isInteger(step) && step >= 1 ? step : null;
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
