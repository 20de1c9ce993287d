// The button that turns presenter mode on.

import { Button } from "../ui/Button";
import { togglePresenting } from "./presenterStore";

/** Beside Copy link, and in the bar of a lesson. */
export function PresentButton() {
  return (
    <Button kind="quiet" className="wide" icon="screen" aria-keyshortcuts="P" onClick={togglePresenting}>
      <span className="word">Present</span>
    </Button>
  );
}
