// The store in front of the runs: progress waits, what people did is shown at once.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { calmStore } from "../../../src/app/runs/calmStore";

type Run = { readonly step: number; readonly isShown: boolean };

function open() {
  let runs: readonly Run[] = [{ step: 0, isShown: true }];
  const listeners = new Set<() => void>();
  const source = {
    get: () => runs,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isOnlyProgress: (now: readonly Run[], before: readonly Run[]) => now[0]?.isShown === before[0]?.isShown,
    everyMs: 300,
    slowMs: 1000,
  };
  const set = (run: Run) => {
    runs = [run];
    for (const listener of [...listeners]) listener();
  };
  const calm = calmStore(source);
  const close = calm.subscribe(() => undefined);
  return { calm, set, close, listeners };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("a calm store", () => {
  it("shows progress at most so often, the latest of it", () => {
    const { calm, set } = open();
    set({ step: 1, isShown: true });
    set({ step: 2, isShown: true });
    expect(calm.get()[0]?.step).toBe(0);
    vi.advanceTimersByTime(300);
    expect(calm.get()[0]?.step).toBe(2);
  });

  it("shows at once what is more than progress, and ends with its last listener", () => {
    const { calm, set, close, listeners } = open();
    set({ step: 1, isShown: true });
    set({ step: 1, isShown: false });
    expect(calm.get()[0]).toEqual({ step: 1, isShown: false });
    set({ step: 2, isShown: false });
    close();
    expect([listeners.size, vi.getTimerCount()]).toEqual([0, 0]);
  });
});
