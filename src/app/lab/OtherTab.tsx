// What a bench says while another tab trains (UX-194): the workbench, a lesson's scene and an embedded picture alike.

import { useEffect } from "react";
import { OtherTabLine } from "../runs/OneTabLine";
import { claimTraining, forgetOtherTab, useTrainingTab } from "../runs/trainingTab";
import { pause, play } from "./workbench";

/** True while another tab has refused this one or taken its place; forgotten when the screen opens. */
export function useIsElsewhere(): boolean {
  useEffect(forgetOtherTab, []);
  return useTrainingTab((tab) => tab.isElsewhere);
}

/** The line with its button, where a screen says nothing else there; nothing while no other tab trains. */
export function OtherTabNotice() {
  return useIsElsewhere() ? <OtherTab /> : null;
}

/** The line with its button. */
export function OtherTab() {
  const takeOver = async () => {
    if (await claimTraining(() => void pause(), true)) await play();
  };
  return <OtherTabLine onTakeOver={() => void takeOver()} />;
}
