// One quiet line under the transport: a saved state to resume, another tab that trains, or storage that is closed.

import { useEffect, useState } from "react";
import { countText } from "../../views/numberText";
import { OtherTab, useIsElsewhere } from "../lab/OtherTab";
import { openDialog } from "../stores/layoutStore";
import { useRuns } from "../stores/runStore";
import { Button, IconButton } from "../ui/Button";
import { dropOffer, takeOffer, useOffer } from "./openSaved";
import { useSaved } from "./savedRuns";
import "./saved.css";

/** Said once a visit: what was dismissed stays away. */
let isBlockedKnown = false;

export function SavedLine() {
  const isElsewhere = useIsElsewhere();
  const offer = useOffer((state) => state.offer);
  const isBlocked = useSaved((saved) => saved.kind === "page");
  const playing = useRuns((runs) => runs.playing);
  useEffect(() => {
    if (playing) dropOffer();
  }, [playing]);
  if (isElsewhere) return <OtherTab />;
  if (offer) return <Resume steps={offer.runs.flatMap((run) => (run ? [run.step] : []))} ended={isEnded(offer.runs)} />;
  return isBlocked ? <Blocked /> : null;
}

function isEnded(runs: readonly ({ readonly step: number; readonly iterations: number } | null)[]): boolean {
  return runs.every((run) => run === null || run.step >= run.iterations);
}

function Resume({ steps, ended }: { readonly steps: readonly number[]; readonly ended: boolean }) {
  const at = countText(Math.max(...steps));
  const what =
    steps.length > 1
      ? `${steps.length} runs of this link are saved on this device`
      : "This run is saved on this device";
  return (
    <Line onDismiss={dropOffer}>
      <p role="status">
        {what}, up to step {at}
        {ended ? ", finished" : ""}.
      </p>
      <Button onClick={() => void takeOffer()}>Resume at step {at}</Button>
    </Line>
  );
}

function Blocked() {
  const [isShown, setShown] = useState(!isBlockedKnown);
  if (!isShown) return null;
  const dismiss = () => {
    isBlockedKnown = true;
    setShown(false);
  };
  return (
    <Line onDismiss={dismiss}>
      <p role="status">
        This browser keeps nothing for this page: runs last until you close it. Export those that you want to keep.
      </p>
      <Button onClick={() => openDialog("export")}>Export</Button>
    </Line>
  );
}

function Line({ children, onDismiss }: { readonly children: React.ReactNode; readonly onDismiss?: () => void }) {
  return (
    <div className="saved-line">
      {children}
      {onDismiss ? <IconButton icon="close" small label="Dismiss" onClick={onDismiss} /> : null}
    </div>
  );
}
