// Whether an element is (nearly) in view: drawings that nobody can see keep their last state and cost nothing.

import { type RefObject, useEffect, useState } from "react";

/** True while the element is within 200 px of the visible part of the page; true before it is known. */
export function useOnScreen<E extends Element>(element: RefObject<E | null>): boolean {
  const [isOnScreen, setOnScreen] = useState(true);
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const observer = new IntersectionObserver(
      (entries) => setOnScreen(entries[entries.length - 1]?.isIntersecting ?? true),
      { rootMargin: "200px" },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return isOnScreen;
}
