// Saved runs: the list, what it takes on this device, and erasing.

import { type ReactNode, useEffect, useRef, useState } from "react";
import { PlainPage } from "../screens/PlainPage";
import { Button } from "../ui/Button";
import { RunFileProblemDialog } from "./RunFileProblemDialog";
import { RunTable } from "./RunTable";
import { openRunFile, useRunFileProblem } from "./runFiles";
import { StorageFullDialog } from "./StorageFullDialog";
import { StoragePanel } from "./StoragePanel";
import type { SavedCheckpoint } from "./savedRun";
import { deleteSavedRuns, keepRun, listSavedRuns, useSaved } from "./savedRuns";
import "./saved.css";

export function RunsScreen() {
  const runs = useSaved((saved) => saved.runs);
  const kind = useSaved((saved) => saved.kind);
  const [deleted, setDeleted] = useState<readonly SavedCheckpoint[]>([]);
  useRefresh();
  useDroppedRunFile();
  const remove = async (id: string) => setDeleted(await deleteSavedRuns([id]));
  const undo = async () => {
    for (const saved of deleted) await keepRun(saved);
    setDeleted([]);
  };
  return (
    <PlainPage
      screen="runs"
      title="Saved runs"
      lead="Every run is saved on this device: when it pauses, every 30 seconds while it trains, and when you leave it."
    >
      {kind === "page" ? <Blocked /> : null}
      <div className="runs-tools">
        <OpenFile />
        {deleted.length > 0 ? (
          <p role="status" className="undo-line">
            “{deleted[0]?.run.name}” is deleted.{" "}
            <Button icon="undo" onClick={() => void undo()}>
              Undo
            </Button>
          </p>
        ) : null}
      </div>
      {runs === null ? <div className="runs-empty" aria-busy="true" /> : null}
      {runs?.length === 0 ? <Empty /> : null}
      {runs && runs.length > 0 ? <RunTable runs={runs} onDelete={(id) => void remove(id)} /> : null}
      <StoragePanel onErased={() => setDeleted([])} />
      <RunFileProblemDialog />
      <StorageFullDialog />
    </PlainPage>
  );
}

/** The list is read when the page opens and when it is looked at again: another tab may have saved since. */
function useRefresh(): void {
  useEffect(() => {
    const refresh = () => void listSavedRuns().catch((error: unknown) => console.info("Saved runs:", error));
    refresh();
    window.addEventListener("focus", refresh);
    return () => window.removeEventListener("focus", refresh);
  }, []);
}

/** A run file dropped anywhere on the page is opened; any other file never replaces the page. */
function useDroppedRunFile(): void {
  useEffect(() => {
    const onDragOver = (event: DragEvent) => event.preventDefault();
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) void openRunFile(file);
    };
    window.addEventListener("dragover", onDragOver);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("dragover", onDragOver);
      window.removeEventListener("drop", onDrop);
      useRunFileProblem.setState({ problem: null });
    };
  }, []);
}

function Empty(): ReactNode {
  return (
    <div className="runs-empty">
      <p>No run is saved yet: start one, and it will be here.</p>
      <a className="button primary" href="#/lab/automata?play=1">
        Watch it learn
      </a>
    </div>
  );
}

function Blocked(): ReactNode {
  return (
    <p className="runs-blocked" role="status">
      This browser keeps nothing for this page (a private window, or its settings). Runs are listed here until you close
      the page; export those that you want to keep.
    </p>
  );
}

function OpenFile(): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button title="or drop it anywhere on this page" onClick={() => input.current?.click()}>
        Open a run file
      </Button>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label="Run file"
        accept=".wsl"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void openRunFile(file);
        }}
      />
    </>
  );
}
