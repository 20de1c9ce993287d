// The functions that draw strokes: fetched once, with the first picture that needs them.

import { useEffect, useState } from "react";
import type { DomainSpec } from "../../../engine/domain";
import { type Drawing, toolsOf } from "./strokesView";

let known: Drawing | null = null;

/** Null until they are there, a moment after the first picture opens. */
export function useDrawing(spec: DomainSpec): Drawing | null {
  const [drawing, setDrawing] = useState(known);
  useEffect(() => {
    if (drawing) return;
    let isCurrent = true;
    void toolsOf(spec)
      .drawing()
      .then((loaded) => {
        known = loaded;
        if (isCurrent) setDrawing(loaded);
      });
    return () => {
      isCurrent = false;
    };
  }, [spec, drawing]);
  return drawing;
}
