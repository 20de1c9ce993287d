// What an algorithm is: a rule that turns scores into coefficients on grad log p and grad log q (design.md 2).
// Each algorithm is one file of pure arithmetic; models own tensors, the run loop owns time.

import type { MemoryUpdate, ProgramMemory } from "../memory/programMemory";
import type { Batch, Dreams, Model, Programs, Term } from "../model";
import type { Rng } from "../rng/rng";
import type { CommonOptions } from "../run/options";

export type Phase = "wake" | "replay" | "fantasy";

/** The nine stages of memoised wake-sleep (experience.md 6); other algorithms use a subset. */
export type StageName =
  | "look"
  | "propose"
  | "score"
  | "remember"
  | "recall"
  | "learnTheta"
  | "learnPhi"
  | "dream"
  | "learnFromDream";

export type StageInfo = {
  readonly name: StageName;
  readonly phase: Phase;
  /** "Propose", for the timeline. */
  readonly title: string;
  /** "The recognition model proposes K programs." */
  readonly caption: string;
};

/** What happened to one proposal of one observation. */
export type ProposalFate = "newBest" | "accepted" | "duplicate" | "tooLow" | "impossible";

/** Numbers and arrays of the current step, growing from stage to stage; sent to the page for the chosen observation. */
export type StagePayload = {
  readonly batch: Batch;
  readonly proposals?: Programs;
  /** [K, B] of `proposals`. */
  readonly logQ?: Float64Array;
  readonly logPrior?: Float64Array;
  readonly logLikelihood?: Float64Array;
  /** The programs remembered before this step, [M, B, L], with [M, B] 1 where there is one. */
  readonly members?: { readonly programs: Programs; readonly present: Uint8Array };
  /** [M, B] log joint of the programs remembered before this step, -Infinity where there is none. */
  readonly memberLogJoint?: Float64Array;
  /** [K, B] index into FATES. */
  readonly fate?: Uint8Array;
  readonly update?: MemoryUpdate;
  /** [K, B] normalised weights of the particles, or [M, B] of the memory. */
  readonly weight?: Float64Array;
  /** [B] index of the recalled memory member. */
  readonly recalled?: Int32Array;
  readonly dreams?: Dreams;
  /** At a learning stage: what it adds to the gradient. */
  readonly term?: Term;
};

export const FATES: readonly ProposalFate[] = ["newBest", "accepted", "duplicate", "tooLow", "impossible"];

/** Awaited at every stage. Full speed passes a no-op; stepping and slow motion pass a hook that waits. */
export type StageHook = (stage: StageName, payload: StagePayload) => Promise<void> | void;

export type StepContext = {
  readonly model: Model;
  /** Null for algorithms without memory. */
  readonly memory: ProgramMemory | null;
  readonly batch: Batch;
  readonly options: CommonOptions;
  /** Keyed by the step number: the same step draws the same numbers, however it is reached. */
  readonly rng: Rng;
  readonly step: number;
  readonly on: StageHook;
};

/** Means over the batch, unless said otherwise. Nats where they are logs. NaN where a step has no such number. */
export type StepInfo = {
  /** Memory ELBO (log-sum-exp of the memory's log joints) for MWS; the K-sample bound log-mean-exp otherwise. */
  readonly elbo: number;
  /** Effective sample size 1 / sum w^2 of the weights that the algorithm uses. */
  readonly ess: number;
  /** Proposals that entered the memory, per observation; 0 without memory. */
  readonly accepted: number;
  /** Distinct proposals that were not in memory, per observation; distinct particles without memory. */
  readonly novel: number;
  /** Share of observations whose best program changed for a better one. */
  readonly newBest: number;
  /** Evaluations of the joint in this step, over the whole batch. */
  readonly evaluations: number;
  /** Observations whose scores were all -Infinity: skipped in this step. */
  readonly degenerate: number;
  /** Share of the proposals that cannot produce their observation. */
  readonly impossible: number;
};

export type StepResult = {
  /** Theta's terms before phi's. */
  readonly terms: readonly Term[];
  readonly update: MemoryUpdate | null;
  readonly info: StepInfo;
  /** For the memory view: the step's last payload. */
  readonly payload: StagePayload;
};

/** Coefficients of programs with continuous parts, [program][draw]. */
export type LensInner = {
  /** a on grad log p(z_d, z_c, x): sums to the program's. */
  readonly theta: readonly (readonly number[])[];
  /** b on grad log q(z_c | z_d, x). */
  readonly phi: readonly (readonly number[])[];
  /** True where b is on the gradient of log p - log q(z_c | z_d, x) through the draw itself. */
  readonly isPathwise: boolean;
};

/** One observation's particles and the coefficients that a step gave them. All lists have one entry a particle. */
export type LensFacts = {
  readonly printed: readonly string[];
  /** a on grad log p, b on grad log q. */
  readonly theta: readonly number[];
  readonly phi: readonly number[];
  readonly inner?: LensInner;
  readonly lambda?: number;
};

/** A row of the estimator lens: an algorithm under options that change its coefficients. */
export type LensVariant = {
  readonly title: string;
  readonly options: Partial<CommonOptions>;
  /** Why these coefficients: one sentence with the observation's numbers. */
  readonly sentence: (facts: LensFacts) => string;
  /** What the row leaves out, or "". */
  readonly note: string;
};

export interface Algorithm {
  readonly id: string;
  readonly title: string;
  /** One sentence for the option's help and the command line. */
  readonly summary: string;
  readonly usesMemory: boolean;
  /** Programs that it is for; absent: any. Domains offer what fits theirs, the lens shows no other. */
  readonly programs?: "discrete" | "hybrid";
  /** The stages of one step under these options, in order; `step` (from 1) where they differ between steps. */
  stages(options: CommonOptions, step?: number): readonly StageInfo[];
  /** Rows of the estimator lens; one with empty options where nothing changes the coefficients. */
  readonly lens: readonly LensVariant[];
  /** The same for programs with continuous parts. */
  readonly hybridLens?: readonly LensVariant[];
  step(context: StepContext): Promise<StepResult>;
}
