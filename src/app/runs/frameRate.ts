// Frame rate of the page over the last two seconds, and the pacing rule that follows from it (UX-169).
// Frames are only counted while something trains and the tab is visible: an idle page uses none.

export const WINDOW_MS = 2000;
export const SLOW_FPS = 45;
const RECOVERED_FPS = 55;
const SLICES_MS = [12, 8, 5, 3, 2] as const;

/** Times of recent frames, ms. */
export class FrameWindow {
  private times: number[] = [];
  private startedAt = Number.NaN;

  add(time: number): void {
    if (Number.isNaN(this.startedAt)) this.startedAt = time;
    this.times.push(time);
    while ((this.times[0] ?? time) < time - WINDOW_MS) this.times.shift();
  }

  /** Frames per second over the window, or null before it is half full. */
  rate(): number | null {
    const first = this.times[0];
    const last = this.times[this.times.length - 1];
    if (first === undefined || last === undefined || last - this.startedAt < WINDOW_MS / 2) return null;
    return last > first ? ((this.times.length - 1) * 1000) / (last - first) : null;
  }

  clear(): void {
    this.times = [];
    this.startedAt = Number.NaN;
  }
}

/**
 * Decides the engine's slice. Below 45 frames a second for two seconds the slice shrinks by one notch; at 55 and
 * more for four seconds it grows again. `update` returns the new slice in ms, or null when nothing changes.
 */
export class Pacer {
  private notch = 0;
  private slowSince: number | null = null;
  private goodSince: number | null = null;

  /** True while the engine works in shorter slices than usual. */
  get isSlowed(): boolean {
    return this.notch > 0;
  }

  get sliceMs(): number {
    return SLICES_MS[this.notch] ?? SLICES_MS[0];
  }

  update(fps: number, now: number): number | null {
    this.slowSince = fps < SLOW_FPS ? (this.slowSince ?? now) : null;
    this.goodSince = fps >= RECOVERED_FPS ? (this.goodSince ?? now) : null;
    if (this.slowSince !== null && now - this.slowSince >= WINDOW_MS && this.notch < SLICES_MS.length - 1) {
      this.slowSince = now;
      this.notch += 1;
      return this.sliceMs;
    }
    if (this.goodSince !== null && now - this.goodSince >= 2 * WINDOW_MS && this.notch > 0) {
      this.goodSince = now;
      this.notch -= 1;
      return this.sliceMs;
    }
    return null;
  }

  reset(): void {
    this.notch = 0;
    this.slowSince = null;
    this.goodSince = null;
  }
}
