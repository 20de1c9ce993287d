// window.lab, there only with faults=1 in the link: makes real faults happen and reads a run's numbers, for the tests.

import type { Fault } from "../../engine/worker/protocol";
import { useBroken } from "./TestFault";
import { setHiddenLimit } from "./useHiddenTab";
import { driverAt } from "./workbench";

/** What tests may do to the runs of the bench; `runIndex` counts from 0. */
export type TestHook = {
  readonly inject: (fault: Fault, runIndex?: number) => Promise<void>;
  /** The checkpoint file of the latest completed step, as base64. */
  readonly checkpoint: (runIndex?: number) => Promise<string>;
  /** The history as the curves have it: steps and values of every metric. */
  readonly records: (runIndex?: number) => Readonly<Record<string, readonly (readonly [number, number])[]>>;
  /** Time after which a hidden tab pauses, ms: ten minutes are too long for a test. */
  readonly setHiddenLimit: (ms: number) => void;
  /** Makes a view throw while it is drawn. */
  readonly breakView?: () => void;
};

declare global {
  interface Window {
    lab?: TestHook;
  }
}

/** Puts the hook on the window; returns what takes it off. */
export function installTestHook(): () => void {
  window.lab = { inject, checkpoint, records, setHiddenLimit, breakView: () => useBroken.setState({ isBroken: true }) };
  return () => {
    useBroken.setState({ isBroken: false });
    delete window.lab;
  };
}

async function inject(fault: Fault, runIndex = 0): Promise<void> {
  await driverAt(runIndex)?.command((client) => client.inject(fault));
}

async function checkpoint(runIndex = 0): Promise<string> {
  let text = "";
  await driverAt(runIndex)?.command(async (client) => {
    const bytes = await client.checkpoint();
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  });
  return btoa(text);
}

function records(runIndex = 0): Readonly<Record<string, readonly (readonly [number, number])[]>> {
  const series = driverAt(runIndex)?.series;
  if (!series) return {};
  return Object.fromEntries(
    series.names().map((name) => {
      const { x, y } = series.points(name, "step");
      return [name, Array.from(x, (step, index) => [step, y[index] ?? Number.NaN] as const)];
    }),
  );
}
