// Waits for the machine to be quiet before a timing is judged: other programs would be measured with ours.

import { cpus } from "node:os";

const busyAndTotal = () =>
  cpus().reduce(
    (sum, { times }) => {
      const total = times.user + times.nice + times.sys + times.idle + times.irq;
      return { busy: sum.busy + total - times.idle, total: sum.total + total };
    },
    { busy: 0, total: 0 },
  );

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves when less than a quarter of the processors' time was in use for a second, or after `atMostMs`. */
export async function quietMachine(atMostMs = 60_000): Promise<void> {
  const end = performance.now() + atMostMs;
  let before = busyAndTotal();
  while (performance.now() < end) {
    await pause(1000);
    const now = busyAndTotal();
    if ((now.busy - before.busy) / (now.total - before.total) < 0.25) return;
    before = now;
  }
}
