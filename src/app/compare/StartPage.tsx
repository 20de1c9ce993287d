// Compare without a plan: ready comparisons as buttons, and the builder.

import { useState } from "react";
import { useCompare } from "./compareStore";
import { PlanBuilder } from "./PlanBuilder";
import { Problems } from "./Problems";
import { ReadyPicture } from "./ReadyPicture";
import { READY_COMPARISONS } from "./readyComparisons";

/** One sentence, the ready comparisons, and the builder for one's own. */
export function StartPage() {
  const problems = useCompare((state) => state.problems);
  const [isOpen, setOpen] = useState(false);
  return (
    <main id="main" tabIndex={-1} data-screen="compare" className="compare">
      <div className="compare-head">
        <div>
          <h1>Compare</h1>
          <p className="compare-summary">
            Train up to eight runs on the same data and see them on shared axes, with means over seeds.
          </p>
        </div>
      </div>
      <Problems problems={problems} />
      <section className="ready" aria-label="Ready comparisons">
        {READY_COMPARISONS.map((ready) => (
          <a key={ready.href} className="ready-button" href={ready.href}>
            <ReadyPicture slots={ready.slots} />
            <span>
              <b>{ready.title}</b>
              <small>{ready.summary}</small>
            </span>
          </a>
        ))}
      </section>
      {isOpen ? (
        <PlanBuilder initial={null} onCancel={() => setOpen(false)} />
      ) : (
        <p className="compare-own">
          <button type="button" className="button" title="Lists of values become runs" onClick={() => setOpen(true)}>
            Plan your own comparison
          </button>
        </p>
      )}
    </main>
  );
}
