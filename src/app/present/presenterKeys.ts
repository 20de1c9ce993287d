// The keys of presenter mode: one table for the handler, the list on the screen, "?" and the help page.

export type PresenterCommand =
  | "next"
  | "back"
  | "jump"
  | "blank"
  | "fullScreen"
  | "slow"
  | "pointer"
  | "play"
  | "newSeed"
  | "lock"
  | "leave";

export type PresenterKey = {
  readonly id: PresenterCommand;
  readonly keys: string;
  readonly text: string;
};

export const PRESENTER_KEYS: readonly PresenterKey[] = [
  { id: "next", keys: "Space, →, Page down", text: "Next step or figure; in slow motion, the next stage" },
  { id: "back", keys: "Shift + Space, ←, Page up", text: "The one before" },
  { id: "jump", keys: "1 to 9", text: "Jump to that step or figure" },
  { id: "play", keys: "Enter", text: "Play or pause the run" },
  { id: "slow", keys: "S", text: "Slow motion on or off" },
  { id: "newSeed", keys: "D", text: "Draw another seed; the run begins again" },
  { id: "lock", keys: "K", text: "Keep this run: if training fails later, the kept one plays, labelled “recorded”" },
  { id: "blank", keys: ".", text: "Blank the screen, and back" },
  { id: "fullScreen", keys: "F", text: "Full screen on or off" },
  { id: "pointer", keys: "L, held", text: "A large highlight follows the pointer" },
  { id: "leave", keys: "Escape, P", text: "Leave presenter mode" },
];

type Press = { readonly key: string; readonly shiftKey: boolean };

/** What a key does while presenting, or null. */
export function presenterCommandOf(press: Press): PresenterCommand | null {
  if (press.key === " ") return press.shiftKey ? "back" : "next";
  if (/^[1-9]$/.test(press.key)) return "jump";
  return COMMANDS[press.key.toLowerCase()] ?? null;
}

const COMMANDS: Readonly<Record<string, PresenterCommand>> = {
  arrowright: "next",
  arrowdown: "next",
  pagedown: "next",
  arrowleft: "back",
  arrowup: "back",
  pageup: "back",
  ".": "blank",
  f: "fullScreen",
  s: "slow",
  l: "pointer",
  enter: "play",
  d: "newSeed",
  k: "lock",
};
