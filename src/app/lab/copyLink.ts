// Copies the address of exactly this state.

import { say } from "../stores/noticeStore";

/** The address bar already holds the whole state; where the clipboard is closed, the sentence says what to do. */
export async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(window.location.href);
    say("Link copied: data, options, seed, runs and layout are in it.", true);
  } catch (error) {
    console.info("Clipboard:", error);
    say("The clipboard is closed to this page. The address bar holds the same link.", true);
  }
}
