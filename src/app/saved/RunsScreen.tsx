// Saved runs: there is no storage yet. Says so, and how a run can be kept today.

import { PlainPage } from "../screens/PlainPage";

export function RunsScreen() {
  return (
    <PlainPage
      screen="runs"
      title="Saved runs"
      lead="Runs saved on this device will be listed here. Nothing is saved yet."
    >
      <p>
        A link keeps everything needed to run again: “Copy link” on the <a href="#/lab/automata">workbench</a> holds the
        data, the options, the seed and the runs. The same seed gives the same numbers.
      </p>
    </PlainPage>
  );
}
