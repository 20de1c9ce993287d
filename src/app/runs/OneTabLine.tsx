// The line about another tab that trains, for screens with training of their own (UX-194).

import { useEffect } from "react";
import { Button } from "../ui/Button";
import { claimTraining, forgetOtherTab, releaseTraining, useTrainingTab } from "./trainingTab";
import "../saved/saved.css";

export type OneTabLineProps = {
  /** Something trains here, or waits for its turn. */
  readonly isTraining: boolean;
  readonly pause: () => void;
  readonly resume: () => void;
};

/** Holds the lock while something trains here; pauses and says why where another tab has it. */
export function OneTabLine({ isTraining, pause, resume }: OneTabLineProps) {
  const isElsewhere = useTrainingTab((tab) => tab.isElsewhere);
  useEffect(forgetOtherTab, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the change from still to training asks for the lock
  useEffect(() => {
    if (!isTraining) return;
    let isOver = false;
    void claimTraining(pause).then((isHeld) => {
      if (!isOver && !isHeld) pause();
    });
    return () => {
      isOver = true;
      releaseTraining();
    };
  }, [isTraining]);
  if (!isElsewhere) return null;
  const takeOver = async () => {
    if (await claimTraining(pause, true)) resume();
  };
  return <OtherTabLine onTakeOver={() => void takeOver()} />;
}

/** What the second tab says, and the button that takes over. */
export function OtherTabLine({ onTakeOver }: { readonly onTakeOver: () => void }) {
  return (
    <div className="saved-line">
      <p role="status">The lab is training in another tab. Two at once would slow each other down.</p>
      <Button onClick={onTakeOver}>Continue here</Button>
    </div>
  );
}
