// Learn: no guided lessons yet. Says so, and names what can be learnt from today.

import { PlainPage } from "../screens/PlainPage";

export function LearnScreen() {
  return (
    <PlainPage
      screen="learn"
      title="Learn"
      lead="Guided lessons will be here. Until then, three things to do yourself."
    >
      <ol className="steps">
        <li>
          <h2>See one step from the inside</h2>
          <p>
            Open <a href="#/lab/automata">Automata</a> and press Slow motion, then Play. Each of the nine stages of a
            step is named under the pictures: what is proposed, what is kept and why, what is dreamt.
          </p>
        </li>
        <li>
          <h2>Take the memory away</h2>
          <p>
            Open <a href="#/lab/automata?v=1&run=rws:10">MWS beside RWS</a>, press Play, and watch the noise level. Both
            score ten rules per picture and step; only one of them remembers.
          </p>
        </li>
        <li>
          <h2>Compare with the exact answer</h2>
          <p>
            <a href="#/lab/clusters">Clusters</a> is small enough to list all 877 clusterings of seven points. The
            dotted lines are exact.
          </p>
        </li>
      </ol>
      <p className="note">
        Words are explained in the <a href="#/help">glossary</a>.
      </p>
    </PlainPage>
  );
}
