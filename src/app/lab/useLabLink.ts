// The full address of what the bench shows, with parts of it replaced: for teacher's links.

import { type LabState, writeLabLink } from "../router/labLink";
import { useLab } from "../stores/labStore";
import { currentState } from "./useLabAddress";

/** "https://host/path#/lab/automata?..."; empty while there is no bench. */
export function useLabLink(changes: Partial<LabState>): string {
  const spec = useLab((lab) => lab.spec);
  if (!spec) return "";
  const { origin, pathname } = window.location;
  return `${origin}${pathname}${writeLabLink(spec, { ...currentState(), ...changes })}`;
}
