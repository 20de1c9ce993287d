// A person's data on its way from "Try your own" to the workbench: taken once, by the bench that opens next.

import type { UserData } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";

export type GivenData = {
  readonly domain: string;
  readonly userData: UserData;
  readonly options: OptionValues;
};

let given: GivenData | null = null;

/** Leaves data for the workbench of its domain. */
export function giveToWorkbench(data: GivenData): void {
  given = data;
}

/** What was left for this domain, once; anything else that waits is dropped. */
export function takeGiven(domain: string): GivenData | null {
  const taken = given?.domain === domain ? given : null;
  given = null;
  return taken;
}
