// While the workbench is open its runs are saved: at their standstills, every 30 s, and when the page is left.

import { useEffect } from "react";
import { saveRuns, writeHeld } from "./saver";

/** Mount it after what opens and closes the bench: the last checkpoints of a bench that closes still count. */
export function useSavedRuns(): void {
  useEffect(() => {
    saveRuns(true);
    return () => saveRuns(false);
  }, []);
  useEffect(() => {
    const onHide = () => {
      if (document.hidden) writeHeld();
    };
    // A page that closes is hidden first; "pagehide" is for browsers that leave that out.
    document.addEventListener("visibilitychange", onHide);
    window.addEventListener("pagehide", writeHeld);
    return () => {
      document.removeEventListener("visibilitychange", onHide);
      window.removeEventListener("pagehide", writeHeld);
    };
  }, []);
}
