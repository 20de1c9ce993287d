// The engine's scores of the program that a person typed: asked a moment after the last key, and again while the run
// moves, never two questions at a time.

import { useEffect, useRef, useState } from "react";
import type { ScoreAnswer } from "../../../engine/worker/questions";

export type AskScore = (text: string) => Promise<ScoreAnswer | null>;

/** Rest after a key, and between two questions while the run moves, ms. */
const AFTER_KEY_MS = 120;
const MOVING_MS = 500;

/**
 * @param ask   null where nobody answers
 * @param text  well-formed program, or null for none
 * @param moved changes whenever the model has moved
 * @returns the answer for exactly this text, null until it is there
 */
export function useScore(ask: AskScore | null, text: string | null, moved: unknown): ScoreAnswer | null {
  const [known, setKnown] = useState<{ readonly text: string; readonly answer: ScoreAnswer } | null>(null);
  const latest = useRef({ ask, moved });
  latest.current = { ask, moved };
  const canAsk = ask !== null;
  useEffect(() => {
    if (text === null || !canAsk) return;
    let isEnded = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let askedFor: unknown = {};
    const round = async () => {
      if (latest.current.moved !== askedFor) {
        const asking = latest.current.moved;
        const answer = (await latest.current.ask?.(text)) ?? null;
        if (isEnded) return;
        if (answer) {
          askedFor = asking;
          setKnown({ text, answer });
        }
      }
      timer = setTimeout(() => void round(), MOVING_MS);
    };
    timer = setTimeout(() => void round(), AFTER_KEY_MS);
    return () => {
      isEnded = true;
      clearTimeout(timer);
    };
  }, [canAsk, text]);
  return known !== null && known.text === text ? known.answer : null;
}
