// How long a plan will take: from the pace of earlier runs on this device, else from a stated guess.

import type { OptionValues } from "../../engine/options";

const KEY = "wake-sleep-lab:paces";
/** Milliseconds a step and particle before anything was measured here: a laptop without a graphics device. */
const GUESS_MS = 3;

export type Pace = { readonly msPerStep: number; readonly particles: number };
export type Paces = Readonly<Record<string, Pace>>;

export type Estimate = {
  readonly seconds: number;
  /** True if every run's pace was measured on this device. */
  readonly isMeasured: boolean;
};

/** What a pace belongs to: the work of a step depends on these. */
export function paceKey(domain: string, preset: string, options: OptionValues): string {
  return [domain, preset, options["algorithm"], options["backend"], options["dataset"], options["batch"]].join("|");
}

/** Seconds for all runs on so many seats; a pace at another K is scaled by it. */
export function estimatePlan(
  domain: string,
  preset: string,
  runs: readonly OptionValues[],
  paces: Paces,
  seats: number,
): Estimate {
  let total = 0;
  let isMeasured = runs.length > 0;
  for (const options of runs) {
    const particles = Number(options["particles"]);
    const pace = paces[paceKey(domain, preset, options)];
    if (!pace) isMeasured = false;
    const msPerStep = pace ? pace.msPerStep * scale(particles, pace.particles) : GUESS_MS * particles;
    total += (msPerStep * Number(options["iterations"])) / 1000;
  }
  return { seconds: total / Math.max(1, Math.min(seats, runs.length || 1)), isMeasured };
}

/** "about 3 min", "about 20 s", "about 1 h 10 min". */
export function durationText(seconds: number): string {
  if (seconds < 10) return "about 10 s";
  if (seconds < 90) return `about ${Math.round(seconds / 10) * 10} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `about ${minutes} min`;
  return `about ${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** "34 s", "3 min 12 s": a measured time. */
export function spanText(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** The paces kept on this device. */
export function readPaces(): Paces {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    if (typeof read !== "object" || read === null) return {};
    return Object.fromEntries(Object.entries(read).filter((entry): entry is [string, Pace] => isPace(entry[1])));
  } catch (error) {
    console.info("Earlier paces could not be read:", error);
    return {};
  }
}

/** Keeps the pace of a run that has done enough steps to tell. */
export function keepPace(key: string, pace: Pace): void {
  if (!(pace.msPerStep > 0) || !Number.isFinite(pace.msPerStep)) return;
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readPaces(), [key]: pace }));
  } catch (error) {
    console.info("The pace is not kept:", error);
  }
}

/** Half of a step's work grows with K. */
function scale(particles: number, measuredAt: number): number {
  return 0.5 + (0.5 * particles) / Math.max(1, measuredAt);
}

function isPace(value: unknown): value is Pace {
  if (typeof value !== "object" || value === null) return false;
  const { msPerStep, particles } = value as Partial<Record<string, unknown>>;
  return typeof msPerStep === "number" && msPerStep > 0 && typeof particles === "number" && particles > 0;
}
