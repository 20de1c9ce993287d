// Whether a picture has been in view: what is costly to open waits until somebody looks.

import { type RefObject, useEffect, useState } from "react";

/** False until a part of the element first comes into view; then true for good. */
export function useSeen<E extends Element>(element: RefObject<E | null>): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (!target || isSeen) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, [element, isSeen]);
  return isSeen;
}
