// What a page may ask a worker about a standing or running run, and the answers: read-only, all from one model state.
// A question never changes the run: its random numbers are the run's own, forked by "question" and the step.

import type { LensInner } from "../algorithms/algorithm";
import type { DreamRecord, Gallery } from "../run/dreamLog";
import type { MemoryView } from "../run/records";

export type { DreamRecord };

/** Where the programs of a posterior view come from. */
export type PosteriorSource = "memory" | "recognition" | "prior";

export type Question =
  /** The programs of one observation: its memory, fresh draws of q_phi(z | x), or draws of p_theta(z) (UX-35). */
  | { readonly kind: "posterior"; readonly observation: number; readonly source: PosteriorSource }
  /** How the memory of one observation changed over the steps (UX-33). */
  | { readonly kind: "memoryHistory"; readonly observation: number }
  /** Dreams of the present theta and those kept from earlier steps (UX-36). */
  | { readonly kind: "dreams" }
  /** The same particles of one observation with the coefficients of every algorithm (design.md 2). */
  | { readonly kind: "lens"; readonly observation: number }
  /** New observations drawn from p_theta(x | z) for given programs, `count` of each; `like` is a training row or -1. */
  | {
      readonly kind: "imagine";
      readonly programs: readonly (readonly number[])[];
      readonly count: number;
      readonly like: number;
    }
  /** Scores of a program typed by hand, as the domain's `parse` reads it, on one observation (UX-67). */
  | { readonly kind: "score"; readonly observation: number; readonly text: string };

export type QuestionKind = Question["kind"];

/** One remembered state of an observation's memory: as it was after the step `step` that changed it. */
export type MemoryMoment = {
  readonly step: number;
  readonly entries: MemoryView["entries"];
};

export type LensParticle = {
  readonly program: readonly number[];
  readonly printed: string;
  readonly logPrior: number;
  readonly logLikelihood: number;
  readonly logQ: number;
  /** True for members of the memory, false for fresh proposals. */
  readonly isRemembered: boolean;
  /**
   * Programs with continuous parts: log p(z_d, z_c, x) - log q(z_c | z_d, x) of K draws, nats. The scores above are then
   * log p(z_d), the rest of log p^ (the log mean of the draws), and log q(z_d | x).
   */
  readonly draws?: readonly number[];
};

/** What one algorithm would do with the particles of a lens. */
export type LensRow = {
  readonly algorithm: string;
  readonly title: string;
  /** True where these are the coefficients of the run's own algorithm and options. */
  readonly isOwn: boolean;
  /** Coefficient a on grad log p per particle, 0 where the algorithm does not use it. */
  readonly theta: readonly number[];
  /** Coefficient b on grad log q per particle; where there is an inner part, on grad log q(z_d | x). */
  readonly phi: readonly number[];
  /** Programs with continuous parts: the coefficients of their draws. */
  readonly inner?: LensInner;
  /** Why these: one sentence, with the numbers of this observation. */
  readonly sentence: string;
  /** "sampled", "dreams" ...: what the row leaves out, or "". */
  readonly note: string;
};

/** Scores under the present theta and phi, or the sentence that says what is wrong with the text at which position. */
export type ScoreAnswer =
  | { readonly ok: false; readonly message: string }
  | {
      readonly ok: true;
      readonly program: readonly number[];
      readonly printed: string;
      readonly explanation: readonly string[];
      readonly logPrior: number;
      readonly logLikelihood: number;
      readonly logJoint: number;
      readonly logQ: number;
    };

export type Answers = {
  readonly posterior: { readonly step: number; readonly source: PosteriorSource; readonly view: MemoryView };
  readonly memoryHistory: { readonly step: number; readonly moments: readonly MemoryMoment[]; readonly note: string };
  readonly dreams: {
    readonly step: number;
    /** The present one last. */
    readonly galleries: readonly Gallery[];
  };
  readonly lens: {
    readonly step: number;
    readonly observation: number;
    readonly particles: readonly LensParticle[];
    readonly rows: readonly LensRow[];
    /** What the particles leave out: "the best 6 of 25 remembered", or "". */
    readonly note: string;
  };
  /** One list per program. */
  readonly imagine: { readonly observations: readonly (readonly unknown[])[] };
  readonly score: ScoreAnswer;
};

export type AnswerTo<Q extends Question> = Answers[Q["kind"]];
export type Answer = Answers[QuestionKind];
