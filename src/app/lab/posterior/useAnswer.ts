// The answer to a standing question: asked again when the run on view has moved, at most every so often, never twice at
// a time. Meanwhile the previous answer stays, so that nothing jumps.

import { useEffect, useState } from "react";
import type { AnswerTo, Question } from "../../../engine/worker/questions";
import { useFrames } from "../../runs/frameMonitor";
import { useRuns } from "../../stores/runStore";
import { askViewed } from "./askViewed";

/** Least time between two questions of the panels that show lists, ms. */
export const LIST_MS = 500;
/** The same for pictures. */
export const PICTURE_MS = 1000;

/**
 * @param question null asks nothing (a closed or unseen panel) and keeps the last answer
 * @param everyMs  least time between two questions while the run moves
 */
export function useAnswer<Q extends Question>(question: Q | null, everyMs: number): AnswerTo<Q> | null {
  const [answer, setAnswer] = useState<AnswerTo<Q> | null>(null);
  const key = question ? JSON.stringify(question) : "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the question's content
  useEffect(() => (question ? keepAsking(question, everyMs, setAnswer) : undefined), [key, everyMs]);
  return answer;
}

/** Asks now and whenever the run on view has moved. Returns a function that ends it. */
function keepAsking<Q extends Question>(
  question: Q,
  everyMs: number,
  onAnswer: (answer: AnswerTo<Q>) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askedFor = "";
  let askedAt = -Infinity;
  let isEnded = false;
  let isWaiting = false;
  const ask = async () => {
    timer = undefined;
    askedFor = placeOfRun();
    askedAt = performance.now();
    isWaiting = true;
    const answer = askedFor === "" ? null : await askViewed(question);
    isWaiting = false;
    if (isEnded) return;
    if (answer) onAnswer(answer);
    soon();
  };
  const soon = () => {
    if (isEnded || isWaiting || timer !== undefined || placeOfRun() === askedFor) return;
    const pause = useFrames.getState().slowed ? 2 * everyMs : everyMs;
    timer = setTimeout(() => void ask(), Math.max(0, askedAt + pause - performance.now()));
  };
  const stop = useRuns.subscribe(soon);
  soon();
  return () => {
    isEnded = true;
    clearTimeout(timer);
    stop();
  };
}

/** Where the run on view stands; "" while it cannot answer. */
function placeOfRun(): string {
  const { runs, viewed } = useRuns.getState();
  const run = runs.find((candidate) => candidate.runId === viewed);
  if (!run?.description || run.status === "loading" || run.failure) return "";
  return `${run.runId} ${run.step} ${run.stage} ${String(run.options["sleep"])} ${String(run.options["phi"])}`;
}
