// Programs for a person's own data: what the page asks of a worker, and what comes back while the search goes on.

import type { UserData } from "../domain";
import type { OptionValues } from "../options";

export type InferenceRequest = {
  readonly domain: string;
  readonly options: OptionValues;
  readonly userData: UserData;
  /** Parameters to start from: a shipped model's name, a checkpoint's bytes, or null (untrained). */
  readonly model: string | Uint8Array | null;
  /** Time to spend; at least one round is made. */
  readonly seconds: number;
  /** Programs kept per observation. */
  readonly memorySize: number;
  /** Ends after this many rounds, whatever the clock says: the same seed then gives the same programs. */
  readonly rounds?: number;
  /** Goes on with the last search of this worker instead of a new one; the rest but the time is then ignored. */
  readonly goOn?: boolean;
};

/** One program found, with its place in the posterior over the programs kept. */
export type FoundProgram = {
  readonly program: readonly number[];
  readonly printed: string;
  readonly explanation: readonly string[];
  readonly logPrior: number;
  readonly logLikelihood: number;
  readonly logJoint: number;
  /** Over all programs kept: sums to 1. */
  readonly weight: number;
  /** How often it was drawn. */
  readonly samples: number;
  readonly origin: string;
};

/** The most probable program of all, where the domain knows it in closed form. */
export type ExactBest = {
  readonly program: readonly number[];
  readonly printed: string;
  readonly logJoint: number;
  /** True if the search has found a program that is as probable. */
  readonly isReached: boolean;
  /** Proposals made when a report first said so; null before. */
  readonly afterDraws: number | null;
};

/** State of an inference, at most ten times a second. */
export type InferenceReport = {
  readonly seconds: number;
  readonly isFinal: boolean;
  /** The small blocks of theta by name: what a page needs to explain a score part by part. */
  readonly theta: Readonly<Record<string, readonly number[]>>;
  /** One entry per observation of the person's data. */
  readonly items: readonly {
    readonly programs: readonly FoundProgram[];
    readonly draws: number;
    /** Different programs that explain the observation at all. */
    readonly different: number;
    /** log p(x) over all programs, nats, where the domain knows it exactly; else null. */
    readonly logPx: number | null;
    readonly exact: ExactBest | null;
    /** The observation as the model sees it: the domain's describeObservation. */
    readonly observation: unknown;
    /** New observations from the best program, and from the programs by weight. */
    readonly samplesOfBest: readonly unknown[];
    readonly samplesOfAll: readonly unknown[];
  }[];
};
