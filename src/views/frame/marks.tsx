// Marks that carry a meaning by their form: phases as open, half and full circles, and what happened to a program of
// the memory. A mark always stands beside its word.

import type { ReactNode } from "react";
import { palette } from "../palette";

export type PhaseName = "wake" | "replay" | "fantasy";

/** Open, half or full circle for wake, replay and fantasy; `size` in px. */
export function PhaseMark({ phase, size = 12 }: { readonly phase: PhaseName; readonly size?: number }): ReactNode {
  const colour = palette[phase];
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <circle cx="6" cy="6" r="4.6" fill={phase === "fantasy" ? colour : "none"} stroke={colour} strokeWidth="1.6" />
      {phase === "replay" ? <path d="M6 1.4a4.6 4.6 0 0 1 0 9.2z" fill={colour} /> : null}
    </svg>
  );
}

export type MemoryEvent = "newBest" | "accepted" | "kept" | "duplicate" | "tooLow" | "impossible" | "evicted";

/** The word that stands beside each mark. */
export const memoryWords: Readonly<Record<MemoryEvent, string>> = {
  newBest: "new best",
  accepted: "accepted",
  kept: "kept",
  duplicate: "rejected: duplicate",
  tooLow: "rejected: too low",
  impossible: "rejected: impossible",
  evicted: "evicted",
};

const shapes: Readonly<Record<MemoryEvent, ReactNode>> = {
  newBest: (
    <path d="M5.5 0l1.5 3.6 4 .3-3 2.6.9 3.9-3.4-2.1-3.4 2.1.9-3.9-3-2.6 4-.3z" fill="currentColor" stroke="none" />
  ),
  accepted: <path d="M5.5 1v9M1 5.5h9" strokeWidth="1.6" />,
  kept: <circle cx="5.5" cy="5.5" r="2" fill="currentColor" stroke="none" />,
  duplicate: <path d="M1 4h9M1 7h9" />,
  tooLow: <path d="M1.5 3.5l4 4 4-4" />,
  impossible: <path d="M1.5 5.5a4 4 0 1 0 8 0a4 4 0 1 0-8 0M2.7 8.3l5.6-5.6" />,
  evicted: <path d="M2 2l7 7M9 2l-7 7" />,
};

/** Mark and word of a memory event; `count` above 1 adds "× n". */
export function MemoryMark(props: { readonly event: MemoryEvent; readonly count?: number }): ReactNode {
  const count = props.count ?? 1;
  return (
    <span className="wsl-mark">
      <svg
        width={11}
        height={11}
        viewBox="0 0 11 11"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden="true"
        focusable="false"
      >
        {shapes[props.event]}
      </svg>
      {memoryWords[props.event]}
      {count > 1 ? ` × ${count}` : ""}
    </span>
  );
}
