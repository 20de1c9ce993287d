// The one polite line (role="status"): stays until the next, at most one every five seconds while training runs.

import { create } from "zustand";

export const NOTICE_GAP_MS = 5000;

type Notice = { readonly sentence: string };

export const useNotice = create<Notice>()(() => ({ sentence: "" }));

let lastAt = Number.NEGATIVE_INFINITY;
let waiting: ReturnType<typeof setTimeout> | undefined;

/**
 * Says a sentence politely. `now`: the answer to something the person did, shown at once; otherwise it waits until
 * five seconds have passed since the last one, and only the latest waiting sentence is kept.
 */
export function say(sentence: string, now = false): void {
  clearTimeout(waiting);
  const wait = now ? 0 : lastAt + NOTICE_GAP_MS - Date.now();
  if (wait <= 0) show(sentence);
  else waiting = setTimeout(() => show(sentence), wait);
}

/** Empties the line: another bench, another story. */
export function clearNotice(): void {
  clearTimeout(waiting);
  useNotice.setState({ sentence: "" });
}

function show(sentence: string): void {
  lastAt = Date.now();
  useNotice.setState({ sentence });
}
