// A value that changes at most every so often: what is costly to draw follows the snapshots at a calmer pace.

import { useEffect, useRef, useState } from "react";

/** The latest value, at most one every `ms`; the last of a series always arrives. */
export function useCalm<T>(value: T, ms: number): T {
  const [shown, setShown] = useState(value);
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (Object.is(value, shown)) return;
    const timer = setTimeout(
      () => {
        changedAt.current = performance.now();
        setShown(() => value);
      },
      Math.max(0, changedAt.current + ms - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [value, shown, ms]);
  return shown;
}
