// The lock of the tab that trains, over a stand-in for the browser's locks that frees a lock a moment after it is given
// back, as browsers do.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

type Hold = (lock: object | null) => Promise<void> | undefined;

function fakeLocks() {
  let isTaken = false;
  const later = () => new Promise((resolve) => setTimeout(resolve, 5));
  const request = async (_name: string, _options: object, hold: Hold) => {
    await Promise.resolve();
    if (isTaken) return hold(null);
    isTaken = true;
    await hold({});
    await later();
    isTaken = false;
  };
  return { request, isTaken: () => isTaken };
}

let locks: ReturnType<typeof fakeLocks>;
let tab: typeof import("../../../src/app/runs/trainingTab");
const lost = () => undefined;

beforeEach(async () => {
  locks = fakeLocks();
  vi.stubGlobal("navigator", { locks });
  vi.resetModules();
  tab = await import("../../../src/app/runs/trainingTab");
});
afterEach(() => vi.unstubAllGlobals());

describe("the tab that trains", () => {
  it("is not refused by the lock that it has just given back itself", async () => {
    expect(await tab.claimTraining(lost)).toBe(true);
    tab.releaseTraining();
    expect(await tab.claimTraining(lost)).toBe(true);
    expect(tab.useTrainingTab.getState().isElsewhere).toBe(false);
  });

  it("is not refused by its own claim that is under way", async () => {
    const claims = [tab.claimTraining(lost), tab.claimTraining(lost)];
    expect(await Promise.all(claims)).toEqual([true, true]);
  });

  it("gives a lock back that arrives after training has ended", async () => {
    const claim = tab.claimTraining(lost);
    tab.releaseTraining();
    await claim;
    await vi.waitFor(() => expect(locks.isTaken()).toBe(false));
  });

  it("keeps a lock that is claimed, given up and claimed again before it arrives", async () => {
    const first = tab.claimTraining(lost);
    tab.releaseTraining();
    expect(await tab.claimTraining(lost)).toBe(true);
    await first;
    expect(locks.isTaken()).toBe(true);
  });

  it("is refused while another tab trains", async () => {
    void locks.request("x", {}, () => new Promise(() => undefined));
    expect(await tab.claimTraining(lost)).toBe(false);
    expect(tab.useTrainingTab.getState().isElsewhere).toBe(true);
  });
});
