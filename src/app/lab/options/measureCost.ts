// What a run with the chosen options would cost: measured, not guessed. While nothing trains, a worker of its own builds
// the run, makes two steps and is gone; the runs on the bench are not touched.

import type { DomainSpec, UserData } from "../../../engine/domain";
import { asLabError } from "../../../engine/errors";
import type { OptionValues } from "../../../engine/options";
import type { TrainingClient } from "../../../engine/worker/client";
import { newTrainingClient } from "../../trainingWorker";

export type RunCost =
  | { readonly kind: "cost"; readonly bytes: number; readonly msPerStep: number }
  /** The engine refuses the run, with a sentence. */
  | { readonly kind: "refused"; readonly sentence: string }
  /** A step takes longer than this. */
  | { readonly kind: "slow"; readonly bytes: number; readonly overMs: number };

/** A step that takes longer is not waited for, ms. */
const LONGEST_STEP_MS = 15_000;

export type CostRequest = {
  readonly spec: DomainSpec;
  readonly options: OptionValues;
  readonly userData: UserData | null;
  /** Ends the measuring early. */
  readonly signal: AbortSignal;
};

/** Measures in a worker of its own; rejects only when the signal ends it. */
export async function measureCost(request: CostRequest): Promise<RunCost> {
  const client = newTrainingClient();
  request.signal.addEventListener("abort", () => client.dispose(), { once: true });
  try {
    return await measureWith(client, request);
  } catch (thrown) {
    request.signal.throwIfAborted();
    const { message, help } = asLabError(thrown);
    return { kind: "refused", sentence: `${message.charAt(0).toUpperCase()}${message.slice(1)} ${help}` };
  } finally {
    client.dispose();
  }
}

async function measureWith(client: TrainingClient, { spec, options, userData }: CostRequest): Promise<RunCost> {
  const { estimatedBytes: bytes } = await client.start({
    domain: spec.id,
    options,
    ...(userData ? { userData } : {}),
  });
  const late = new Promise<"late">((resolve) => setTimeout(resolve, LONGEST_STEP_MS, "late"));
  // The first step also warms up: the second one is what the others will take.
  if ((await Promise.race([client.step("step"), late])) === "late")
    return { kind: "slow", bytes, overMs: LONGEST_STEP_MS };
  const from = performance.now();
  if ((await Promise.race([client.step("step"), late])) === "late")
    return { kind: "slow", bytes, overMs: LONGEST_STEP_MS };
  return { kind: "cost", bytes, msPerStep: performance.now() - from };
}
