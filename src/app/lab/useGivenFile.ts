// A file dropped anywhere on the page, or pasted, goes to the domain's upload dialog; a run file is opened.

import { useEffect } from "react";
import { isRunFile, openRunFile } from "../saved/runFiles";
import { openDialog, useLayout } from "../stores/layoutStore";

/**
 * Listens on the window while mounted. `accepts`: whether the domain has an upload dialog; with a dialog open, its own
 * handlers decide. Without, a dropped file still never replaces the page.
 */
export function useGivenFile(accepts: boolean): void {
  useEffect(() => {
    const take = (file: File | undefined): boolean => {
      if (file && isRunFile(file) && useLayout.getState().dialog === null) {
        void openRunFile(file);
        return true;
      }
      if (!file || !accepts || useLayout.getState().dialog !== null) return false;
      openDialog("userData", file);
      return true;
    };
    const onDragOver = (event: DragEvent) => event.preventDefault();
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      take(event.dataTransfer?.files[0]);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (take(event.clipboardData?.files[0])) event.preventDefault();
    };
    window.addEventListener("dragover", onDragOver);
    window.addEventListener("drop", onDrop);
    window.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("dragover", onDragOver);
      window.removeEventListener("drop", onDrop);
      window.removeEventListener("paste", onPaste);
    };
  }, [accepts]);
}
