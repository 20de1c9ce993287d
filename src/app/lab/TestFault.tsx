// For tests only, with faults=1 in the link: a view that throws while it is drawn.

import { create } from "zustand";
import { useLab } from "../stores/labStore";

export const useBroken = create<{ readonly isBroken: boolean }>()(() => ({ isBroken: false }));

/** Draws nothing; throws when a test has asked for it. */
export function TestFault(): null {
  const isBroken = useBroken((state) => state.isBroken);
  const faults = useLab((lab) => lab.faults);
  if (isBroken && faults) throw new Error("a view failed, as a test asked it to");
  return null;
}
