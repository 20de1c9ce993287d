// What the page remembers of a run's pictures: states of one observation's memory at the steps at which they arrived.
// Kept light: at most MAX_MOMENTS an observation; when full, every second one goes.

import type { MemoryView } from "../../engine/run/records";

export const MAX_MOMENTS = 64;

export type Moment = { readonly step: number; readonly memory: MemoryView; readonly picture: unknown };

/** Moments by observation, ascending steps. */
export class MomentLog {
  private readonly byObservation = new Map<number, Moment[]>();

  /** Adds a state; one of the same or an earlier step replaces what it overtakes (a run that went back). */
  add(moment: Moment): void {
    const { observation } = moment.memory;
    let list = this.byObservation.get(observation) ?? [];
    while ((list[list.length - 1]?.step ?? -1) >= moment.step) list.pop();
    list.push(moment);
    if (list.length > MAX_MOMENTS) list = list.filter((_, i) => i % 2 === 0 || i === list.length - 1);
    this.byObservation.set(observation, list);
  }

  /** The latest state known at a step, or null before the first. */
  at(observation: number, step: number): Moment | null {
    const list = this.byObservation.get(observation) ?? [];
    for (let i = list.length - 1; i >= 0; i -= 1) {
      const moment = list[i];
      if (moment && moment.step <= step) return moment;
    }
    return null;
  }

  /** The last state of an observation, or null. */
  last(observation: number): Moment | null {
    return this.at(observation, Number.POSITIVE_INFINITY);
  }

  /** All moments, for storage. */
  all(): readonly Moment[] {
    return [...this.byObservation.values()].flat();
  }

  clear(): void {
    this.byObservation.clear();
  }
}
