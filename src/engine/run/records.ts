// The records a run produces: one list feeds charts, tables, exports, checkpoints and tests.

import type { Phase, ProposalFate, StageInfo, StageName } from "../algorithms/algorithm";
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
  /** log q(z | x), nats; only in lists of draws from the recognition model. */
  readonly logQ?: number;
  /** Softmax of logJoint over the memory; normalised importance weight without memory; share of draws for draws. */
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
  /**
   * "memory" for MWS; "particles" (the latest weighted samples) for algorithms without one; "recognition" and "prior"
   * are fresh draws, counted.
   */
  readonly source: "memory" | "particles" | "recognition" | "prior";
  /** Number of draws behind "recognition" and "prior". */
  readonly draws?: number;
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

export type StageProgram = { readonly program: readonly number[]; readonly printed: string };

export type StageProposal = StageProgram & {
  readonly logQ: number | null;
  readonly logPrior: number | null;
  readonly logLikelihood: number | null;
  readonly fate: ProposalFate | null;
  /** Normalised importance weight; null with a memory. */
  readonly weight: number | null;
};

export type StageMember = StageProgram & {
  /** Under the current theta; null before "score". */
  readonly logJoint: number | null;
  readonly weight: number | null;
  /** Entered in this step. */
  readonly isNew: boolean;
};

export type StageMemory = {
  readonly members: readonly StageMember[];
  readonly evicted: readonly StageProgram[];
  /** Index of the recalled member, or null. */
  readonly recalled: number | null;
  /** False before "remember": the members are those from before the step. */
  readonly isUpdated: boolean;
};

/** One stage while stepping: what the caption and the pictures show, of one observation of the batch. */
export type StageReport = {
  readonly stage: StageName;
  readonly phase: Phase;
  readonly caption: string;
  /** The stages of this step, in order. */
  readonly stages: readonly StageInfo[];
  /** The step that is computed, from 1. */
  readonly step: number;
  readonly observation: number;
  /** Training rows of the step's batch. */
  readonly batch: readonly number[];
  /** The observation as the domain describes it. */
  readonly observed: unknown;
  /** With what is known so far. */
  readonly proposals: readonly StageProposal[];
  /** Null for algorithms without memory. */
  readonly memory: StageMemory | null;
  /** At a learning stage: programs whose log probability under the target rises (coefficient above 0) or falls. */
  readonly learns: {
    readonly target: "theta" | "phi";
    readonly from: "observation" | "dream";
    readonly programs: readonly (StageProgram & { readonly coefficient: number })[];
  } | null;
  readonly dream: (StageProgram & { readonly observed: unknown }) | null;
  /** Nats, of this observation: memory bound before and after "remember"; K-sample bound without memory. */
  readonly bound: { readonly before: number | null; readonly after: number | null };
};

/** What a started run is: sent once. */
export type RunDescription = {
  readonly runId: string;
  readonly domain: string;
  readonly options: RunOptions;
  readonly backend: BackendReport;
  readonly facts: DataFacts;
  /** The stages of the first step. */
  readonly stages: readonly StageInfo[];
  /** Parameters of theta and phi. */
  readonly numParameters: number;
  /** Memory that the run takes in its worker, estimated from its sizes. */
  readonly estimatedBytes: number;
  /** Step at which it stands: 0, or the checkpoint's. */
  readonly step: number;
  /** The history that came with a checkpoint. */
  readonly history: readonly RunRecord[];
};
