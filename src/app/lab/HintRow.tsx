// Three hints for the first visit, in one row under the transport; once hidden they stay hidden on this device (UX-16).

import { useState } from "react";
import { useLayout } from "../stores/layoutStore";
import { IconButton } from "../ui/Button";
import "./hints.css";

const KEY = "wake-sleep-lab:hints";
const hintsOn = (one: string) => [
  "Press Play: guesses come in, the best stay.",
  `Choose a ${one} to see what is remembered about it.`,
  "Rest on a number to see its formula.",
];

export type HintRowProps = {
  /** What the domain calls one observation. */
  readonly one: string;
};

/** Never over anything, never in a teacher's link, which has words of its own. */
export function HintRow({ one }: HintRowProps) {
  const [isShown, setShown] = useState(() => !wasHidden());
  const isTaught = useLayout((layout) => layout.note !== "" || layout.hidden.length > 0);
  if (!isShown || isTaught) return null;
  const hide = () => {
    setShown(false);
    keepHidden();
  };
  return (
    <aside className="hints" aria-label="Hints for the first visit">
      <ol>
        {hintsOn(one).map((hint) => (
          <li key={hint}>{hint}</li>
        ))}
      </ol>
      <IconButton icon="close" label="Hide the hints" small onClick={hide} />
    </aside>
  );
}

function wasHidden(): boolean {
  try {
    return localStorage.getItem(KEY) === "hidden";
  } catch (error) {
    // Without storage nothing can be remembered: hints that come back every time would be a nuisance.
    console.info("Hints:", error);
    return true;
  }
}

function keepHidden(): void {
  try {
    localStorage.setItem(KEY, "hidden");
  } catch (error) {
    console.info("Hints:", error);
  }
}
