// The life of a stage: wait for a turn, open a context on a fresh canvas, come back when it is lost, close.

import { type RefObject, useCallback, useEffect, useMemo, useState } from "react";
import { countDrawing } from "../frame/useFrame";
import type { Stage, StageColours } from "./stageTypes";
import { openStage } from "./threeStage";
import { type Holder, release, request, takeOver } from "./turns";

/** "crowded" by two others, "loading", "ready", "lost" and coming back, "unsupported": the browser gives no context. */
export type StageState = "crowded" | "loading" | "ready" | "lost" | "unsupported";

/** Browsers restore a lost context within a moment; later a fresh canvas takes its place. */
const PATIENCE_MS = 3000;
const MOST_REOPENINGS = 3;

export type StageLife = {
  readonly state: StageState;
  /** The open stage; null in every state but "ready" and "lost". */
  readonly stage: Stage | null;
  /** Takes the place of another picture, after "crowded". */
  readonly takeTurn: () => void;
};

/** @param host empty element that gets the canvas; @param colours those of the theme in force */
export function useStage(host: RefObject<HTMLElement | null>, colours: () => StageColours): StageLife {
  const { hasTurn, takeTurn } = useTurn();
  const [opening, setOpening] = useState({ reopened: 0 });
  const [life, setLife] = useState<{ readonly state: StageState; readonly stage: Stage | null }>(CLOSED);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every opening begins anew
  useEffect(() => {
    if (!hasTurn || !host.current) return setLife(CLOSED);
    const reopen = () => setOpening(({ reopened }) => ({ reopened: reopened + 1 }));
    const report = (state: StageState, stage: Stage | null) => setLife({ state, stage });
    return openOn(host.current, { report, colours, reopen: opening.reopened < MOST_REOPENINGS ? reopen : null });
  }, [hasTurn, opening, host]);
  return { state: hasTurn === false ? "crowded" : life.state, stage: hasTurn ? life.stage : null, takeTurn };
}

const CLOSED = { state: "loading", stage: null } as const;

/** Whether it is this picture's turn; null before it has asked. */
function useTurn() {
  const [hasTurn, setTurn] = useState<boolean | null>(null);
  const holder = useMemo<Holder>(() => ({ onTurn: () => setTurn(true), onTakenOver: () => setTurn(false) }), []);
  useEffect(() => {
    request(holder);
    setTurn((turn) => turn ?? false);
    return () => {
      release(holder);
      setTurn(null);
    };
  }, [holder]);
  return { hasTurn, takeTurn: useCallback(() => takeOver(holder), [holder]) };
}

type Opening = {
  readonly report: (state: StageState, stage: Stage | null) => void;
  readonly colours: () => StageColours;
  /** Begins again on another canvas; null after too many times. */
  readonly reopen: (() => void) | null;
};

/** Opens a stage on a fresh canvas in the host. @returns closes it */
function openOn(host: HTMLElement, { report, colours, reopen }: Opening): () => void {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  let stage: Stage | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  const onLost = (event: Event) => {
    event.preventDefault();
    if (isClosed || !stage) return;
    report("lost", stage);
    timer = setTimeout(() => (reopen ? reopen() : report("unsupported", null)), PATIENCE_MS);
  };
  const onRestored = () => {
    clearTimeout(timer);
    if (!isClosed && stage) report("ready", stage);
  };
  const open = async () => {
    host.replaceChildren(canvas);
    canvas.addEventListener("webglcontextlost", onLost);
    canvas.addEventListener("webglcontextrestored", onRestored);
    const onDrawn = () => countDrawing(canvas.closest("[data-picture]") ?? canvas);
    const opened = await openStage(canvas, { onDrawn, colours });
    if (isClosed) return opened?.dispose();
    stage = opened;
    report(opened ? "ready" : "unsupported", opened);
  };
  report("loading", null);
  open().catch((error: unknown) => {
    console.info("3D picture:", error);
    if (!isClosed) report("unsupported", null);
  });
  return () => {
    isClosed = true;
    clearTimeout(timer);
    stage?.dispose();
    canvas.remove();
  };
}
