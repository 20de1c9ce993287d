// Drawing in a frame callback, once per change of the data: nothing is drawn while the page is hidden or idle.

import { type RefObject, useEffect, useRef } from "react";

/**
 * Calls `draw` in the next animation frame after any of `changes` changed, at most once a frame. The element's
 * data-frame counts the drawings, so that checks can see what was redrawn.
 */
export function useFrame<E extends Element>(
  element: RefObject<E | null>,
  draw: (element: E) => void,
  changes: readonly unknown[],
): void {
  const latest = useRef(draw);
  latest.current = draw;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller names what the drawing depends on
  useEffect(() => {
    const handle = requestAnimationFrame(() => {
      const target = element.current;
      if (!target) return;
      latest.current(target);
      countDrawing(target.closest("[data-picture], [data-chart]") ?? target);
    });
    return () => cancelAnimationFrame(handle);
  }, [...changes]);
}

/** Adds one to the element's data-frame. */
export function countDrawing(element: Element): void {
  element.setAttribute("data-frame", String(Number(element.getAttribute("data-frame") ?? "0") + 1));
}
