// Runs that were saved on this device and stand beside the plan's own: their history is read from the checkpoint.

import { asLabError } from "../../engine/errors";
import { comparedTableOf } from "../router/labLink";
import { readSavedRun } from "../saved/savedRuns";
import { newTrainingClient } from "../trainingWorker";
import { type CompareRun, freshRun } from "./compareStore";
import { groupKey } from "./grid";
import { type ComparePlan, domainNamed } from "./plan";

type Read = { readonly runs: readonly CompareRun[]; readonly problems: readonly string[] };

/** The saved runs of a plan, with colours after those of its own groups; what cannot be read becomes a sentence. */
export async function savedRunsOf(plan: ComparePlan, own: readonly CompareRun[]): Promise<Read> {
  const runs: CompareRun[] = [];
  const problems: string[] = [];
  for (const id of plan.saved) {
    const read = await openSavedRun(plan, id, [...own, ...runs]);
    if (typeof read === "string") problems.push(read);
    else runs.push(read);
  }
  return { runs, problems };
}

async function openSavedRun(
  plan: ComparePlan,
  id: string,
  beside: readonly CompareRun[],
): Promise<CompareRun | string> {
  const saved = await readSavedRun(id).catch(() => null);
  if (!saved) return "A saved run of this link is not on this device. Runs are kept where they were trained.";
  const { run, checkpoint } = saved;
  if (run.domain !== plan.domain)
    return `The saved run “${run.name}” is of another domain and cannot share these axes.`;
  const client = newTrainingClient();
  try {
    const { domain, options } = run;
    const description = await client.start({ domain, options, checkpoint: checkpoint.slice() });
    const spec = domainNamed(plan.domain);
    const groupId = groupKey(spec ? comparedTableOf(spec, plan.preset) : {}, description.options);
    const slot = beside.find((each) => each.groupId === groupId)?.slot ?? nextSlot(beside);
    const fresh = freshRun(100 + beside.length, groupId, slot, description.options);
    fresh.series.append(description.history);
    const last = description.history[description.history.length - 1];
    return {
      ...fresh,
      runId: `saved-${id}`,
      status: "stopped",
      reason: { rule: "stopped", sentence: `saved at step ${description.step}` },
      description,
      checkpoint,
      step: description.step,
      wallMs: last?.wallMs ?? 0,
      evaluations: last?.evaluations ?? 0,
      version: fresh.series.version,
      isKept: true,
    };
  } catch (thrown) {
    return `The saved run “${run.name}” could not be opened: ${asLabError(thrown).message}`;
  } finally {
    client.dispose();
  }
}

function nextSlot(runs: readonly CompareRun[]): number {
  return (Math.max(0, ...runs.map((run) => run.slot)) % 8) + 1;
}
