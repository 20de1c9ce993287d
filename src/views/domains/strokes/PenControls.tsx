// Replay of the pen: play and pause, a token back and forth, the place as a slider, and the speed. With reduced motion
// nothing runs by itself: the pen is moved by hand.

import { type ReactNode, useState } from "react";
import { Icon } from "../../frame/icons";
import { Segmented } from "../../frame/Segmented";
import { useStill } from "../../frame/useStill";
import { type PenClock, usePen } from "./penClock";

const SPEEDS = [
  { value: "0.5", label: "½×" },
  { value: "1", label: "1×" },
  { value: "2", label: "2×" },
] as const;

export type PenControlsProps = {
  readonly clock: PenClock;
  /** Seconds that each token takes; null while there is no program. */
  readonly seconds: readonly number[] | null;
};

/** One line; its parts keep their places. */
export function PenControls({ clock, seconds }: PenControlsProps): ReactNode {
  const isStill = useStill();
  const isPlaying = usePen(clock, (pen) => pen.isPlaying);
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]["value"]>("1");
  const isOff = seconds === null;
  const choose = (value: typeof speed) => {
    clock.speed = Number(value);
    setSpeed(value);
  };
  return (
    <div className="wsl-pen-controls">
      {isStill ? null : (
        <button
          type="button"
          className="wsl-quiet wsl-pen-play"
          disabled={isOff}
          onClick={() => (isPlaying ? clock.pause() : clock.play(seconds ?? []))}
        >
          <Icon name={isPlaying ? "pause" : "play"} size={13} />
          {isPlaying ? "Pause the pen" : "Replay the pen"}
        </button>
      )}
      <button
        type="button"
        className="wsl-quiet"
        aria-label="One stroke back"
        disabled={isOff}
        onClick={() => clock.goTo(Math.ceil(clock.progress) - 1)}
      >
        <Icon name="previous" size={14} />
      </button>
      <button
        type="button"
        className="wsl-quiet"
        aria-label="One stroke on"
        disabled={isOff}
        onClick={() => clock.goTo(Math.floor(clock.progress) + 1)}
      >
        <Icon name="next" size={14} />
      </button>
      <PenSlider clock={clock} isOff={isOff} />
      {isStill ? null : <Segmented label="Speed of the pen" options={SPEEDS} value={speed} onChange={choose} />}
    </div>
  );
}

function PenSlider({ clock, isOff }: { readonly clock: PenClock; readonly isOff: boolean }): ReactNode {
  const progress = usePen(clock, (pen) => pen.progress);
  const done = Math.floor(progress);
  return (
    <input
      type="range"
      className="wsl-pen-slider"
      aria-label="Place of the pen"
      aria-valuetext={done === clock.end ? "the whole program" : `after ${done} of ${clock.end} strokes`}
      min={0}
      max={clock.end}
      step="any"
      value={progress}
      disabled={isOff}
      onChange={(event) => clock.goTo(Number(event.currentTarget.value))}
      onKeyDown={(event) => {
        const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        clock.goTo(step > 0 ? Math.floor(clock.progress) + 1 : Math.ceil(clock.progress) - 1);
      }}
    />
  );
}
