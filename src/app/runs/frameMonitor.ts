// Counts frames while a run trains in a visible tab, keeps the rate for the status bar, and paces the engine.

import { create } from "zustand";
import { FrameWindow, Pacer, WINDOW_MS } from "./frameRate";

type Frames = { readonly fps: number | null; readonly slowed: boolean };

export const useFrames = create<Frames>()(() => ({ fps: null, slowed: false }));

/** Starts counting; `onPace` gets the engine's new slice, ms. Returns the stop function. */
export function monitorFrames(onPace: (sliceMs: number) => void): () => void {
  const window_ = new FrameWindow();
  const pacer = new Pacer();
  let request = 0;
  let judgedAt = 0;
  const frame = (time: number) => {
    request = requestAnimationFrame(frame);
    window_.add(time);
    if (time - judgedAt < WINDOW_MS / 4) return;
    judgedAt = time;
    const fps = window_.rate();
    if (fps === null) return;
    const slice = pacer.update(fps, time);
    if (slice !== null) onPace(slice);
    useFrames.setState({ fps, slowed: pacer.isSlowed });
  };
  const onVisibility = () => {
    window_.clear();
    cancelAnimationFrame(request);
    if (!document.hidden) request = requestAnimationFrame(frame);
  };
  document.addEventListener("visibilitychange", onVisibility);
  onVisibility();
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    cancelAnimationFrame(request);
    // The next training starts at full speed.
    if (pacer.isSlowed) {
      pacer.reset();
      onPace(pacer.sliceMs);
    }
    useFrames.setState({ slowed: false });
  };
}
