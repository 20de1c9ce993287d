// The same observation in every run: live runs are told to show it, finished ones are opened from their last state.

import { newTrainingClient } from "../trainingWorker";
import { type CompareRun, useCompare } from "./compareStore";
import { keepResults, liveDriver, setView } from "./comparison";

let latest = 0;

/** Shows another observation in all runs. What a run has already shown of it is shown at once. */
export async function chooseObservation(observation: number): Promise<void> {
  setView({ observation });
  const { runs } = useCompare.getState();
  await Promise.all([lookUnseen(observation), ...runs.map((run) => liveDriver(run.runId)?.select(observation))]);
}

/** Opens finished runs that have not shown this observation yet, one after the other; the last call wins. */
export async function lookUnseen(observation: number): Promise<void> {
  latest += 1;
  const mine = latest;
  const { runs } = useCompare.getState();
  const unseen = runs.filter((run) => run.checkpoint && !liveDriver(run.runId) && !run.moments.last(observation));
  for (const [index, run] of unseen.entries()) {
    if (mine !== latest) return;
    useCompare.setState({ looking: `Opening finished runs: ${index + 1} of ${unseen.length}` });
    await lookInto(run, observation);
    // Moments live outside the store: a new list tells React that there is something to draw.
    useCompare.setState({ runs: [...useCompare.getState().runs] });
  }
  if (mine !== latest) return;
  useCompare.setState({ looking: "" });
  if (unseen.length > 0) await keepResults(unseen.map((run) => run.runId));
}

/** Opens a finished run's last state in a worker of its own, takes the observation's memory and closes it. */
async function lookInto(run: CompareRun, observation: number): Promise<void> {
  const { spec } = useCompare.getState();
  if (!spec || !run.checkpoint) return;
  const client = newTrainingClient();
  try {
    client.subscribe((event) => {
      if (event.kind !== "snapshot" || event.snapshot.memory?.observation !== observation) return;
      const { step, memory, picture } = event.snapshot;
      run.moments.add({ step, memory, picture });
    });
    await client.start({ domain: spec.id, options: run.options, checkpoint: run.checkpoint.slice() });
    await client.select(observation);
    await client.snapshot();
    const found = run.moments.last(observation);
    if (found && found.memory.entries.length > 0) return;
    // Without a memory the last samples of an observation are gone with the run: fresh draws of its recognition model.
    const { step, view } = await client.ask({ kind: "posterior", observation, source: "recognition" });
    run.moments.add({ step, memory: view, picture: found?.picture ?? null });
  } catch (thrown) {
    console.info(`Run ${run.runId} could not be opened:`, thrown);
  } finally {
    client.dispose();
  }
}
