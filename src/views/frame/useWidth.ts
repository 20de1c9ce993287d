// The width that the layout gives an element, in whole CSS pixels.

import { type RefObject, useEffect, useState } from "react";

/** Width of the element, `initial` until it is measured; follows every change of the layout. */
export function useWidth<E extends Element>(element: RefObject<E | null>, initial: number): number {
  const [width, setWidth] = useState(initial);
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const measure = () => {
      const next = Math.floor(target.getBoundingClientRect().width);
      if (next > 0) setWidth(next);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
