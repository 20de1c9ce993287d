// What stands in the place of the pictures while the engine is on its way or did not come: a recorded run, named as such
// (UX-18). It appears only when the wait is long enough to be noticed.

import { useEffect, useState } from "react";
import { RecordedDemo } from "../home/RecordedDemo";

const PATIENCE_MS = 700;

export type StandInProps = {
  /** "pictures": what is being prepared. */
  readonly many: string;
  readonly hasFailed: boolean;
};

export function StandIn({ many, hasFailed }: StandInProps) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="stand-in">
      <p className="stand-in-words">
        {hasFailed ? "The engine is not here." : `Preparing the ${many} and the engine.`}
        {hasFailed || isLate ? " Below is a recorded run on cellular automata, not live training." : ""}
      </p>
      {hasFailed || isLate ? <RecordedDemo /> : null}
    </div>
  );
}
