// Addresses of saved runs.

import type { DomainSpec } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";
import { firstShown, writeLabLink } from "../router/labLink";
import type { SavedRun } from "./savedRun";

const BARE = { variants: [], closed: [], axis: "step", hidden: [], note: "" } as const;

/** The address that opens a run with these options at step 0: nothing else is in it. */
export function startLink(spec: DomainSpec, options: OptionValues, preset: string): string {
  return writeLabLink(spec, { preset, options, observation: firstShown(spec, preset), ...BARE });
}

/** The address that opens a saved run at its checkpoint. */
export function savedLink(run: Pick<SavedRun, "id" | "link" | "observation">): string {
  return `${run.link}&obs=${run.observation + 1}&saved=${run.id}`;
}
