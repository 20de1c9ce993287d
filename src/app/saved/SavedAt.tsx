// "saved at step 931", in the status bar.

import { countText } from "../../views/numberText";
import { useRuns } from "../stores/runStore";
import { useSavedSteps } from "./saver";

/** What of the run on show is safe on this device; nothing before anything is. */
export function SavedAt() {
  const viewed = useRuns((runs) => runs.viewed);
  const step = useSavedSteps((saved) => saved.steps[viewed]);
  return (
    <span className="saved-at" data-saved-step={step}>
      {step === undefined ? "" : `saved at step ${countText(step)}`}
    </span>
  );
}
