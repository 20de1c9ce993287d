// Plays a recording frame by frame: once, from the first frame to the last; nothing loops. With reduced motion it
// stands at the last frame until Play is pressed.

import { useEffect, useState } from "react";
import { isStill, useStill } from "../../views/frame/useStill";

const FRAME_MS = 120;

export type Playback = {
  readonly frame: number;
  readonly isPlaying: boolean;
  /** Play from the start once it has ended, else go on; or pause. */
  readonly toggle: () => void;
};

/** Frame on show of `count` frames. `starts`: plays by itself unless motion is reduced. */
export function usePlayback(count: number, starts: boolean): Playback {
  const still = useStill();
  const [frame, setFrame] = useState(() => (starts && !isStill() ? 0 : count - 1));
  const [isPlaying, setPlaying] = useState(() => starts && !isStill());
  useEffect(() => {
    if (still) setPlaying(false);
  }, [still]);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(() => {
      if (!document.hidden) setFrame((at) => Math.min(count - 1, at + 1));
    }, FRAME_MS);
    return () => clearInterval(timer);
  }, [isPlaying, count]);
  useEffect(() => {
    if (frame >= count - 1) setPlaying(false);
  }, [frame, count]);
  const toggle = () => {
    if (!isPlaying && frame >= count - 1) setFrame(0);
    setPlaying(!isPlaying);
  };
  return { frame, isPlaying, toggle };
}
