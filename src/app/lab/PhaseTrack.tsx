// Where the step is: wake, replay, fantasy as open, half and full circle, with their words.

import type { Phase } from "../../engine/algorithms/algorithm";
import { PhaseMark } from "../../views/frame/marks";

const PHASES: readonly { readonly phase: Phase; readonly word: string }[] = [
  { phase: "wake", word: "Wake" },
  { phase: "replay", word: "Replay" },
  { phase: "fantasy", word: "Fantasy" },
];

export function PhaseTrack({ phase }: { readonly phase: Phase | "none" }) {
  return (
    <ol className="phases" data-part="phases" aria-label="Phase">
      {PHASES.map((entry) => (
        <li key={entry.phase} aria-current={entry.phase === phase ? "step" : undefined}>
          <PhaseMark phase={entry.phase} />
          <span className="phase-word" data-word={entry.word}>
            {entry.word}
          </span>
        </li>
      ))}
    </ol>
  );
}
