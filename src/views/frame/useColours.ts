// Token colours as a canvas needs them: numbers, read again when the theme changes.

import { useSyncExternalStore } from "react";

/** Red, green, blue, 0..255. */
export type Rgb = readonly [number, number, number];

/** The theme in force, "light" or "dark": canvases name it among the things their drawing depends on. */
export function useTheme(): "light" | "dark" {
  return useSyncExternalStore(subscribe, readTheme, () => "light");
}

/** The value of a token such as "--data" as red, green, blue; call it inside the drawing, after a theme change too. */
export function tokenRgb(token: string): Rgb {
  const text = getComputedStyle(document.documentElement).getPropertyValue(token).trim();
  return parseHex(text);
}

/** Parses "#rgb" or "#rrggbb"; anything else is mid grey. */
export function parseHex(text: string): Rgb {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text)?.[1];
  if (!hex) return [128, 128, 128];
  const full = hex.length === 3 ? [...hex].map((c) => c + c).join("") : hex;
  return [
    Number.parseInt(full.slice(0, 2), 16),
    Number.parseInt(full.slice(2, 4), 16),
    Number.parseInt(full.slice(4, 6), 16),
  ];
}

function readTheme(): "light" | "dark" {
  const own = document.documentElement.dataset["theme"];
  if (own === "light" || own === "dark") return own;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function subscribe(notify: () => void): () => void {
  const media = window.matchMedia("(prefers-color-scheme: dark)");
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  media.addEventListener("change", notify);
  return () => {
    observer.disconnect();
    media.removeEventListener("change", notify);
  };
}
