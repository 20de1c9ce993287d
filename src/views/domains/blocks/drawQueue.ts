// Drawings that cost milliseconds each: they take turns, a few milliseconds of a frame, so that a page full of rendered
// scenes stays fluent while it trains. A newer wish of the same owner replaces the older one.

import { type RefObject, useEffect, useRef } from "react";
import { countDrawing } from "../../frame/useFrame";

/** Milliseconds of one frame that may go into drawings; at least one is made. */
const BUDGET_MS = 5;

/** Wishes by owner, in the order in which they came. */
export class DrawQueue {
  private readonly waiting = new Map<object, () => void>();
  private frame = 0;

  /** Makes the drawing in one of the next frames. */
  put(owner: object, draw: () => void): void {
    this.waiting.set(owner, draw);
    if (this.frame === 0) this.frame = requestAnimationFrame(this.work);
  }

  drop(owner: object): void {
    this.waiting.delete(owner);
  }

  private readonly work = (): void => {
    const until = performance.now() + BUDGET_MS;
    for (const [owner, draw] of this.waiting) {
      this.waiting.delete(owner);
      draw();
      if (performance.now() > until) break;
    }
    this.frame = this.waiting.size > 0 ? requestAnimationFrame(this.work) : 0;
  };
}

const queue = new DrawQueue();

/** Draws on the canvas after any of `changes` changed, when its turn comes; counts the drawing in data-frame. */
export function useTurn(
  canvas: RefObject<HTMLCanvasElement | null>,
  draw: (target: HTMLCanvasElement) => void,
  changes: readonly unknown[],
): void {
  const latest = useRef(draw);
  latest.current = draw;
  const owner = useRef({});
  useEffect(() => () => queue.drop(owner.current), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller names what the drawing depends on
  useEffect(() => {
    queue.put(owner.current, () => {
      const target = canvas.current;
      if (!target) return;
      latest.current(target);
      countDrawing(target.closest("[data-picture]") ?? target);
    });
  }, [...changes]);
}
