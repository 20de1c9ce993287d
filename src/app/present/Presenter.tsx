// Presenter mode over a screen: its keys, a blank screen, the large pointer, and the list of keys while the mouse moves.

import { type CSSProperties, useEffect, useState } from "react";
import { startFigureDeck } from "./figureDeck";
import { useLocked, watchLocked } from "./lockedView";
import { PRESENTER_KEYS } from "./presenterKeys";
import { setPresenting, usePresenter } from "./presenterStore";
import "./present.css";
import { usePresenterKeys } from "./usePresenterKeys";

export type PresenterProps = {
  /** The screen has a deck of its own (a lesson's steps); others are presented figure by figure. */
  readonly hasDeck: boolean;
};

/** How long the list of keys stays after the mouse has come to rest, ms. */
const KEYS_MS = 2500;

/** Mounted while a screen is presented. */
export function Presenter({ hasDeck }: PresenterProps) {
  usePresenterKeys();
  const isOn = usePresenter((presenter) => presenter.isOn);
  const isBlank = usePresenter((presenter) => presenter.isBlank);
  const isPointing = usePresenter((presenter) => presenter.isPointing);
  useEffect(() => (isOn && !hasDeck ? startFigureDeck() : undefined), [isOn, hasDeck]);
  useEffect(() => (isOn ? watchLocked() : undefined), [isOn]);
  const pointer = usePointer(isOn);
  if (!isOn) return null;
  const style = { "--pointer-x": `${pointer.x}px`, "--pointer-y": `${pointer.y}px` } as CSSProperties;
  return (
    <>
      {isPointing ? <div className="presenter-pointer" data-presenter-pointer="" style={style} /> : null}
      {isBlank ? <div className="presenter-blank" data-presenter-blank="" /> : null}
      {pointer.isMoving && !isBlank ? <Keys /> : null}
      <Recorded />
      <Place />
    </>
  );
}

function usePointer(isOn: boolean) {
  const [pointer, setPointer] = useState({ x: 0, y: 0, isMoving: false });
  useEffect(() => {
    if (!isOn) return;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const onMove = (event: PointerEvent) => {
      setPointer({ x: event.clientX, y: event.clientY, isMoving: true });
      clearTimeout(rest);
      rest = setTimeout(() => setPointer((before) => ({ ...before, isMoving: false })), KEYS_MS);
    };
    window.addEventListener("pointermove", onMove);
    return () => {
      clearTimeout(rest);
      window.removeEventListener("pointermove", onMove);
    };
  }, [isOn]);
  return pointer;
}

function Keys() {
  return (
    <aside className="presenter-keys" aria-label="Keys of presenter mode">
      <dl>
        {PRESENTER_KEYS.map((entry) => (
          <div key={entry.id}>
            <dt>{entry.keys}</dt>
            <dd>{entry.text}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="button" onClick={() => setPresenting(false)}>
        Leave
      </button>
    </aside>
  );
}

/** Nothing that was recorded passes for live. */
function Recorded() {
  const isPlaying = useLocked((locked) => locked.isPlaying);
  const isKept = useLocked((locked) => locked.runId !== "");
  if (!isKept) return null;
  return (
    <p className="presenter-recorded" role="status" data-recorded={isPlaying ? "playing" : "kept"}>
      {isPlaying ? "recorded" : "this run is kept"}
    </p>
  );
}

/** Where the presenter is, for people who do not see the screen. */
function Place() {
  const deck = usePresenter((presenter) => presenter.deck);
  return (
    <p className="visually-hidden" role="status" data-presenter-place={deck ? deck.index + 1 : ""}>
      {deck ? `${deck.index + 1} of ${deck.count}` : ""}
    </p>
  );
}
