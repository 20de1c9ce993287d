// What every measured thing reports: its rate beside the rate of its reference implementation in the same run.

export type BenchResult = {
  /** What was measured: "automata.count". */
  readonly name: string;
  /** Median over the runs, in `unit` per second. */
  readonly rate: number;
  /** What is counted: "images", "rule scores", "iterations". */
  readonly unit: string;
  /** The same by the reference implementation (eager tfjs), null where there is none. */
  readonly referenceRate: number | null;
  /** rate / referenceRate, null without a reference. */
  readonly ratio: number | null;
  /** How many timed runs the median is over. */
  readonly runs: number;
};

/** Builds a result; the ratio follows. */
export function benchResult(
  name: string,
  unit: string,
  rate: number,
  referenceRate: number | null,
  runs: number,
): BenchResult {
  const ratio = referenceRate === null || !(referenceRate > 0) ? null : rate / referenceRate;
  return { name, rate, unit, referenceRate, ratio, runs };
}

/** Middle value of the timings; the mean of the two middle ones for an even number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * Calls per second of `work`: warmed up once, then timed `runs` times for about `seconds` each.
 * @param perCall units done by one call, so that the answer is in units per second
 * @returns the median rate
 */
export async function measureRate(
  work: () => unknown,
  perCall: number,
  { runs = 5, seconds = 0.2 }: { runs?: number; seconds?: number } = {},
): Promise<number> {
  await work();
  const rates: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    let calls = 0;
    let elapsed = 0;
    while (elapsed < seconds * 1000) {
      await work();
      calls += 1;
      elapsed = performance.now() - start;
    }
    rates.push((calls * perCall * 1000) / elapsed);
  }
  return median(rates);
}

/** The same in units per CPU second of this process: what else the machine does matters less. */
export async function measureCpuRate(
  work: () => unknown,
  perCall: number,
  { runs = 5, seconds = 0.2 }: { runs?: number; seconds?: number } = {},
): Promise<number> {
  await work();
  const rates: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = process.cpuUsage();
    const spent = () => {
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1e6;
    };
    let calls = 0;
    while (spent() < seconds) {
      await work();
      calls += 1;
    }
    rates.push((calls * perCall) / spent());
  }
  return median(rates);
}
