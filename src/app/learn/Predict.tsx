// Predict, then see: a question before the reveal. The answer stays on this device; the reveal shows what the run did
// beside what was chosen, and nothing is scored.

import { useState } from "react";
import { fixedText } from "../../views/numberText";
import { type LabRun, useRuns } from "../stores/runStore";
import { Button } from "../ui/Button";
import { keepAnswer, useLearn } from "./learnStore";
import type { Prediction } from "./lessonSchema";
import { reveal } from "./scene";

export type PredictProps = { readonly lesson: string; readonly at: number; readonly predict: Prediction };

/** Radio rows, "Show me", and the reveal. */
export function Predict({ lesson, at, predict }: PredictProps) {
  const chosen = useLearn((learn) => learn.answers[`${lesson}/${at}`]);
  const isReady = useLearn((learn) => learn.scene === "ready");
  const isRevealed = useLearn((learn) => learn.isRevealed);
  const [isShowing, setShowing] = useState(false);
  const show = () => {
    setShowing(true);
    void reveal(predict.show).finally(() => setShowing(false));
  };
  return (
    <div className="predict">
      <fieldset data-help="lesson-ways">
        <legend>{predict.question}</legend>
        {predict.choices.map((choice, index) => (
          <label key={choice}>
            <input
              type="radio"
              name={`predict-${lesson}-${at}`}
              checked={chosen === index}
              disabled={isRevealed || isShowing}
              onChange={() => keepAnswer(lesson, at, index)}
            />
            {choice}
          </label>
        ))}
      </fieldset>
      {isRevealed ? (
        <Revealed predict={predict} chosen={chosen} />
      ) : (
        <p className="predict-show">
          <Button
            large
            kind="primary"
            data-reveal=""
            disabledReason={isReady && !isShowing ? null : "The scene is being prepared."}
            onClick={show}
          >
            Show me
          </Button>
          <span className="predict-key">
            or press <kbd>Space</kbd>
          </span>
        </p>
      )}
    </div>
  );
}

function Revealed({ predict, chosen }: { readonly predict: Prediction; readonly chosen: number | undefined }) {
  // One string, so that snapshots that change nothing draw nothing.
  const text = useRuns((state) => revealText(predict, state.runs));
  const choice = chosen === undefined ? undefined : predict.choices[chosen];
  return (
    <div className="predict-reveal" role="status" data-reveal-text="">
      <p>
        <b>{choice === undefined ? "You chose nothing yet." : `You chose: ${choice}.`}</b> {text}
      </p>
    </div>
  );
}

/** The reveal's sentence with the run's numbers in it. */
export function revealText(predict: Prediction, runs: readonly LabRun[]): string {
  return predict.measures.reduce(
    (text, measure, index) => text.replaceAll(`{${index}}`, measureText(measure, runs)),
    predict.reveal,
  );
}

function measureText(measure: Prediction["measures"][number], runs: readonly LabRun[]): string {
  if (measure.kind === "fates") {
    const proposals = runs[0]?.stageReport?.proposals ?? [];
    const fates: readonly string[] = measure.of;
    return String(proposals.filter((proposal) => proposal.fate !== null && fates.includes(proposal.fate)).length);
  }
  const value = runs[measure.run ?? 0]?.series.last(measure.name) ?? null;
  return value === null ? "not known yet" : fixedText(value * (measure.times ?? 1), measure.digits);
}
