// The records a run produces: one list feeds charts, tables, exports, checkpoints and tests.

import type { Phase, ProposalFate, StageName } from "../algorithms/algorithm";
import type { BackendReport } from "../backend";
import type { DataFacts, MetricValues } from "../domain";
import type { RunOptions } from "./options";

/** One point of a run's history. `metrics` holds the step's info, the domain's metrics and, at evaluations, the costly ones. */
export type RunRecord = {
  readonly step: number;
  /** Training time only: start-up, evaluation and waiting excluded. */
  readonly wallMs: number;
  /** Evaluations of the joint so far. */
  readonly evaluations: number;
  readonly metrics: MetricValues;
};

export type RunStatus = "idle" | "loading" | "running" | "paused" | "stopped" | "converged" | "failed";

/** Why a run ended, in words: "reached 1 500 steps". */
export type StopReason = {
  readonly rule: "iterations" | "seconds" | "patience" | "stopped";
  readonly sentence: string;
};

export type MemoryEntry = {
  readonly program: readonly number[];
  readonly printed: string;
  readonly logPrior: number;
  readonly logLikelihood: number;
  readonly logJoint: number;
  /** Softmax of logJoint over the memory (or normalised importance weight without memory). */
  readonly weight: number;
  /** Step at which it entered. */
  readonly bornAt: number;
  /** What happened at the latest visit. */
  readonly event: "kept" | "accepted" | "newBest";
};

export type OutsideEntry = {
  readonly program: readonly number[];
  readonly printed: string;
  readonly logPrior: number;
  readonly logLikelihood: number;
  readonly logJoint: number;
  readonly event: "duplicate" | "tooLow" | "impossible" | "evicted";
};

/** The memory of one observation as people see it; weights recomputed under the current theta. */
export type MemoryView = {
  readonly observation: number;
  /** "memory" for MWS; "particles" (the latest weighted samples) for algorithms without one. */
  readonly source: "memory" | "particles";
  readonly entries: readonly MemoryEntry[];
  /** Proposals of the latest visit that did not enter, and members that left. */
  readonly outside: readonly OutsideEntry[];
  /** Step of the latest visit; -1 before the first. */
  readonly visitedAt: number;
};

/** State of a run for the page: sent at most ten times a second, at most 256 kB. */
export type Snapshot = {
  readonly step: number;
  readonly epoch: number;
  readonly phase: Phase | "none";
  readonly stage: StageName | "none";
  readonly wallMs: number;
  readonly evaluations: number;
  readonly stepsPerSecond: number;
  /** Records since the previous snapshot. */
  readonly records: readonly RunRecord[];
  /** Steps since the previous snapshot at which some best program changed. */
  readonly newBestAt: readonly number[];
  readonly memory: MemoryView | null;
  /** The domain's picture (plain record of typed arrays). */
  readonly picture: unknown;
  /** True while the engine works in shorter slices to keep the page smooth. */
  readonly slowed: boolean;
};

/** One stage while stepping: what the caption and the pictures show. */
export type StageReport = {
  readonly stage: StageName;
  readonly phase: Phase;
  readonly caption: string;
  readonly observation: number;
  /** Proposals of the observation on show, with what is known so far. */
  readonly proposals: readonly {
    readonly program: readonly number[];
    readonly printed: string;
    readonly logQ: number | null;
    readonly logPrior: number | null;
    readonly logLikelihood: number | null;
    readonly fate: ProposalFate | null;
  }[];
};

/** What a started run is: sent once. */
export type RunDescription = {
  readonly runId: string;
  readonly domain: string;
  readonly options: RunOptions;
  readonly backend: BackendReport;
  readonly facts: DataFacts;
  /** Parameters of theta and phi. */
  readonly numParameters: number;
  /** Step at which it stands: 0, or the checkpoint's. */
  readonly step: number;
  /** The history that came with a checkpoint. */
  readonly history: readonly RunRecord[];
};
