// How far the pen has come in a replay, in tokens: 0 before the first, their number at the end, where it rests. Frames are
// asked for only while it runs.

import { useSyncExternalStore } from "react";

export class PenClock {
  /** Tokens done, with the part of the one under way. */
  progress: number;
  isPlaying = false;
  /** 1 is the usual speed. */
  speed = 1;
  readonly end: number;
  /** Seconds that each token takes at the usual speed. */
  private seconds: readonly number[] = [];
  private frame = 0;
  private last = 0;
  private readonly listeners = new Set<() => void>();

  constructor(end: number) {
    this.end = end;
    this.progress = end;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Runs from where it stands, from the start if it is at the end. */
  play(seconds: readonly number[]): void {
    if (this.isPlaying) return;
    this.seconds = seconds;
    if (this.progress >= this.end) this.progress = 0;
    this.isPlaying = true;
    this.last = performance.now();
    this.frame = requestAnimationFrame(this.tick);
    this.tell();
  }

  pause(): void {
    if (!this.isPlaying) return;
    this.isPlaying = false;
    cancelAnimationFrame(this.frame);
    this.tell();
  }

  /** Goes to a place and stays there. */
  goTo(progress: number): void {
    this.pause();
    this.progress = Math.min(Math.max(0, progress), this.end);
    this.tell();
  }

  /** The places of `milliseconds` later. */
  advance(milliseconds: number): void {
    let left = (milliseconds / 1000) * this.speed;
    while (left > 0 && this.progress < this.end) {
      const token = Math.floor(this.progress);
      const all = Math.max(1e-3, this.seconds[token] ?? 0);
      const rest = (token + 1 - this.progress) * all;
      this.progress = left >= rest ? token + 1 : this.progress + left / all;
      left -= rest;
    }
    if (this.progress >= this.end) {
      this.progress = this.end;
      this.isPlaying = false;
    }
  }

  private readonly tick = (now: number): void => {
    if (!this.isPlaying) return;
    this.advance(Math.min(100, now - this.last));
    this.last = now;
    if (this.isPlaying) this.frame = requestAnimationFrame(this.tick);
    this.tell();
  };

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** Follows the pen; `read` should give a plain value. */
export function usePen<T>(clock: PenClock, read: (clock: PenClock) => T): T {
  return useSyncExternalStore(clock.subscribe, () => read(clock));
}
