// The width that the layout gives an element, in whole CSS pixels of its own: what stands in it may be magnified.

import { type RefObject, useEffect, useState } from "react";

/** Width of the element, `initial` until it is measured; follows every change of the layout. */
export function useWidth<E extends Element>(element: RefObject<E | null>, initial: number): number {
  const [width, setWidth] = useState(initial);
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const measure = () => {
      const next = Math.floor(target.getBoundingClientRect().width / zoomOf(target));
      if (next > 0) setWidth(next);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

/** How far `zoom` magnifies the element's own pixels; 1 in a browser that does not say, which measures in them. */
function zoomOf(target: Element & { readonly currentCSSZoom?: number }): number {
  return target.currentCSSZoom || 1;
}
