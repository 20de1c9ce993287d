// Theme and motion: the person's choice, kept on this device, applied to <html> at once.

import { create } from "zustand";

export const THEMES = ["system", "light", "dark"] as const;
export const MOTIONS = ["system", "reduce", "full"] as const;
export type Theme = (typeof THEMES)[number];
export type MotionChoice = (typeof MOTIONS)[number];

type Settings = { readonly theme: Theme; readonly motion: MotionChoice };

const KEY = "wake-sleep-lab:settings";

export const useSettings = create<Settings>()(() => load());

/** Keeps the choice and shows it. "system" follows the system, also while the page is open. */
export function setTheme(theme: Theme): void {
  change({ theme });
}

/** "system" follows the system's reduced-motion setting. */
export function setMotion(motion: MotionChoice): void {
  change({ motion });
}

/** Writes the settings to the document's root; called once at start and after each change. */
export function applySettings({ theme, motion }: Settings = useSettings.getState()): void {
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset["theme"];
  else dataset["theme"] = theme;
  if (motion === "system") delete dataset["motion"];
  else dataset["motion"] = motion;
}

function change(part: Partial<Settings>): void {
  useSettings.setState(part);
  const settings = useSettings.getState();
  applySettings(settings);
  try {
    localStorage.setItem(KEY, JSON.stringify({ theme: settings.theme, motion: settings.motion }));
  } catch (error) {
    // Storage may be blocked; the choice then lasts as long as the page.
    console.info("Settings are not kept:", error);
  }
}

function load(): Settings {
  try {
    // JSON of unknown shape: each field is checked below.
    const saved = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Record<string, unknown>>;
    return {
      theme: THEMES.find((theme) => theme === saved["theme"]) ?? "system",
      motion: MOTIONS.find((motion) => motion === saved["motion"]) ?? "system",
    };
  } catch (error) {
    console.info("Settings could not be read:", error);
    return { theme: "system", motion: "system" };
  }
}
