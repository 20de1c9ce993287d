// Phones get lighter presets: one made for them stands first, the heaviest of the others gives way to it (UX-212).

import { useSyncExternalStore } from "react";
import type { DomainSpec, Preset } from "../../engine/domain";

const SMALL_TOUCH = "(max-width: 699px) and (pointer: coarse)";
const MOST_PRESETS = 5;
/** Parameters that say nothing about what is trained. */
const NOT_OPTIONS: ReadonlySet<string> = new Set(["v", "play", "faults", "x", "closed", "hide", "note", "obs"]);

/** True on a small screen that is touched; follows the window. */
export function useSmallTouch(): boolean {
  return useSyncExternalStore(subscribe, isSmallTouch);
}

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(SMALL_TOUCH);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

function isSmallTouch(): boolean {
  return window.matchMedia(SMALL_TOUCH).matches;
}

/** The presets on offer, at most five; the chosen one is always among them. */
export function presetsFor(spec: DomainSpec, isSmall: boolean, chosen: string): readonly Preset[] {
  const light = spec.presets.filter((preset) => preset.isLight);
  const others = spec.presets.filter((preset) => !preset.isLight);
  if (!isSmall) return light.some((preset) => preset.id === chosen) ? [...others.slice(0, 4), ...light] : others;
  const room = others.slice(0, MOST_PRESETS - light.length);
  const hidden = others.slice(MOST_PRESETS - light.length).find((preset) => preset.id === chosen);
  return hidden ? [...light, ...room.slice(0, -1), hidden] : [...light, ...room];
}

/** What an address opens here: on a phone the light preset, where the address names neither preset nor option. */
export function withLightPreset(spec: DomainSpec, query: string): string {
  const light = spec.presets.find((preset) => preset.isLight);
  const params = new URLSearchParams(query);
  if (!light || !isSmallTouch() || [...params.keys()].some((name) => !NOT_OPTIONS.has(name))) return query;
  params.set("preset", light.id);
  return params.toString();
}
