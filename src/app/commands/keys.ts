// The keys of the workbench: declared once for the key handler, the list that "?" opens, and the help page.

export type CommandId =
  | "playPause"
  | "step"
  | "phaseStep"
  | "slow"
  | "reset"
  | "present"
  | "compare"
  | "export"
  | "keys";

export type KeyBinding = {
  readonly id: CommandId;
  /** KeyboardEvent.key, lower case; space is " ". */
  readonly key: string;
  readonly shift: boolean;
  readonly keys: string;
  readonly text: string;
};

export const KEY_LIST: readonly KeyBinding[] = [
  { id: "playPause", key: " ", shift: false, keys: "Space", text: "Play or pause; in slow motion on Space: continue" },
  { id: "step", key: "n", shift: false, keys: "N", text: "One whole step" },
  { id: "phaseStep", key: "n", shift: true, keys: "Shift + N", text: "One phase: wake, replay or fantasy" },
  { id: "slow", key: "m", shift: false, keys: "M", text: "Slow motion on or off" },
  { id: "reset", key: "r", shift: false, keys: "R", text: "Reset to the same start" },
  { id: "present", key: "p", shift: false, keys: "P", text: "Presenter mode on or off" },
  { id: "compare", key: "c", shift: false, keys: "C", text: "Compare several runs" },
  { id: "export", key: "e", shift: false, keys: "E", text: "Export the run as a file" },
  { id: "keys", key: "?", shift: true, keys: "?", text: "This list" },
];

type KeyPress = {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
};

/** The command of a key press, or null: with Ctrl, Alt or Meta, or while typing, keys are not ours. */
export function commandOf(press: KeyPress, target: { readonly tagName: string; readonly role: string | null } | null) {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  if (target && TYPING.has(target.tagName)) return null;
  const isOperated = target !== null && (OPERATED.has(target.tagName) || OPERATED_ROLES.has(target.role ?? ""));
  const key = press.key.toLowerCase();
  if (key === " " && isOperated) return null;
  const found = KEY_LIST.find((entry) => entry.key === key && (entry.key === "?" || entry.shift === press.shiftKey));
  return found?.id ?? null;
}

const TYPING = new Set(["INPUT", "TEXTAREA", "SELECT"]);
/** Space already means something on these. */
const OPERATED = new Set(["BUTTON", "A", "SUMMARY"]);
const OPERATED_ROLES = new Set([
  "menuitem",
  "menuitemradio",
  "option",
  "combobox",
  "radio",
  "switch",
  "tab",
  "gridcell",
  "row",
  "slider",
]);
