// What a domain offers. The spec is light (the page and the command line import it); `load` brings data, model and
// kernels, in the worker only. The engine never names a domain.

import type { BackendName } from "./backend";
import type { DataSetImports } from "./dataSetImports";
import type { ProgramMemory } from "./memory/programMemory";
import type { Batch, Model, Observations, Programs } from "./model";
import type { OptionTable, OptionValues } from "./options";
import type { Rng } from "./rng/rng";
import type { RunOptions } from "./run/options";

export type MetricInfo = {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  /** One sentence that names the split and the estimator. */
  readonly help: string;
  readonly scale: "linear" | "log";
  /** Which way is better; "none" for neither. */
  readonly better: "higher" | "lower" | "none";
  /** Shown as a learning curve by default. */
  readonly chart: boolean;
  /** Its formula, and the formula with a value plugged in. */
  readonly formula?: (value: number) => { readonly symbols: string; readonly numbers: string };
  /** The first reference of this metric is the exact answer: a comparison also draws the distance to it. */
  readonly exact?: boolean;
  /** Drawn, dashed, on the chart of this metric of the same unit; it has no chart of its own then. */
  readonly beside?: string;
  /** A sampled estimate where other domains of the same name compute a value. */
  readonly isEstimate?: boolean;
};

/** A named starting point, shown as a picture button. */
export type Preset = {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Only what differs from the domain's defaults. */
  readonly options: OptionValues;
  /** Made for phones, where it stands first and is what a plain address opens. */
  readonly isLight?: true;
  /** Nats per observation by which the bound rises at least within the first minute on a CPU; absent where it takes longer. */
  readonly improves?: number;
  /** Index of the observation that is on show first; the first where absent. */
  readonly observation?: number;
};

/** A person's own data, validated by the domain's fromUpload, plain and structured-cloneable. */
export type UserData = { readonly name: string; readonly payload: unknown };

/** A file as the page or the command line decoded it: pixels (RGBA, 4 bytes each, row by row) or text. */
export type RawInput =
  | {
      readonly kind: "image";
      readonly name: string;
      readonly width: number;
      readonly height: number;
      readonly rgba: Uint8ClampedArray | Uint8Array;
    }
  | {
      readonly kind: "text";
      readonly name: string;
      readonly text: string;
      /** Name or 1-based number of the only column wanted, where the domain reads tables. */
      readonly column?: string;
    };

/** A file of many observations as it is, for domains that read such; everything else is decoded first. */
export type FileInput = RawInput | { readonly kind: "bytes"; readonly name: string; readonly bytes: Uint8Array };

/** Where a person's data is wrong (1-based row and column where they mean something) and what is allowed, one sentence. */
export type UploadProblem = { readonly row?: number; readonly column?: number; readonly message: string };
export type UploadResult =
  | {
      readonly ok: true;
      readonly userData: UserData;
      readonly numObservations: number;
      /** What a person should know though nothing is wrong: limits met, columns left out. One sentence each. */
      readonly notes?: readonly string[];
    }
  | {
      readonly ok: false;
      readonly problems: readonly UploadProblem[];
      /** What is left without the bad rows, offered on request: "the other 41 rows". */
      readonly rest?: { readonly userData: UserData; readonly numObservations: number; readonly name: string };
      /** As above, for the rest. */
      readonly notes?: readonly string[];
    };

/** Trained parameters that ship with the lab, under public/. */
export type ModelInfo = {
  /** "k3", as in --model k3. */
  readonly name: string;
  /** What it was trained on, in a few words. */
  readonly title: string;
  /** "models/automata/k3.model". */
  readonly file: string;
  /**
   * A start and no result: parameters from the algorithm "pretraining", for runs that start from "pretrained". It may hold
   * some blocks only.
   */
  readonly isStart?: true;
  /** True where its parameters fit a run with these (complete) options. */
  readonly fits: (options: OptionValues) => boolean;
  /** Options under which it is asked about a person's own data: as it was trained, with little data of its own. */
  readonly own: OptionValues;
  /** Last metrics of the run that trained it. */
  readonly metrics: MetricValues;
};

/** What Home, the header and titles show of a domain: its entry.ts, of which the domain's index is made. */
export interface DomainEntry {
  readonly id: string;
  readonly title: string;
  /** At most twenty words under the title. */
  readonly summary: string;
  readonly observationName: { readonly one: string; readonly many: string };
  readonly programName: { readonly one: string; readonly many: string };
  /** Id of the first preset, whose picture stands for the domain. */
  readonly firstPreset: string;
}

/** What a program says about one observation beyond its scores: sentences, and JSON-friendly data. */
export type FitDescription = { readonly words: readonly string[]; readonly data: Readonly<Record<string, unknown>> };

/** One part of a domain's help page. */
export type HelpPart = { readonly heading: string; readonly text: string };

/** What programs can be translated to. */
export type ProgramLanguage = "javascript" | "python";

export interface DomainSpec<Tools = unknown> extends Omit<DomainEntry, "firstPreset"> {
  readonly options: OptionTable;
  readonly presets: readonly Preset[];
  readonly datasets: readonly {
    readonly name: string;
    readonly summary: string;
    /** Of others: runs can use it once a person has brought it (`imports`). */
    readonly isImported?: true;
  }[];
  /** Data sets of others that a person can bring; absent where there are none. In workers only, as `load`. */
  readonly imports?: () => Promise<DataSetImports>;
  /** Trained models; none where absent. The first that fits is the one a run starts from. */
  readonly models?: readonly ModelInfo[];
  readonly metrics: readonly MetricInfo[];
  /** Backends on which the domain can run; the first available wins in the engine's order. */
  readonly backends: readonly BackendName[];
  readonly program: {
    /** Canonical printed form. */
    print(program: ArrayLike<number>, options: OptionValues): string;
    /** The inverse of print, or one sentence that says what is wrong at which position. */
    parse(text: string, options: OptionValues): { ok: true; program: Int32Array } | { ok: false; message: string };
    /** The same as an expression of a programming language, where programs have such. */
    translate?(program: ArrayLike<number>, language: ProgramLanguage): string;
  };
  /** Program -> sentences for people. */
  explain(program: ArrayLike<number>, options: OptionValues): readonly string[];
  /** fromUpload reads tables and takes RawInput.column. */
  readonly readsColumns?: true;
  /** Fetches what `tools` needs, where it does not come with the spec: awaited once with the domain's pictures. */
  readonly loadTools?: () => Promise<void>;
  /** Fetches what fromUpload needs, where it does not come with the spec: awaited once before a person's data is read. */
  readonly loadReaders?: () => Promise<void>;
  /** Validates, then converts; never throws for bad input. The result goes into StartRequest.userData. */
  fromUpload(input: RawInput, options: OptionValues): UploadResult;
  /** Several files together, files of many observations among them; absent where one file is all. Never throws either. */
  fromFiles?(inputs: readonly FileInput[], options: OptionValues): Promise<UploadResult>;
  /**
   * Options of a search for a person's own data without a trained model. Absent: the command line learns from the data
   * alone instead.
   */
  readonly untrained?: OptionValues;
  /**
   * What a program says about one of a person's observations (as describeObservation gives it) beyond its scores, where
   * programs say more; null where there is nothing to say. `theta`: the model's small blocks by name. After loadReaders.
   */
  describeFit?(
    program: ArrayLike<number>,
    observation: unknown,
    options: OptionValues,
    theta: Readonly<Record<string, readonly number[]>>,
  ): FitDescription | null;
  /** Six headings: observation, program, prior, likelihood, limits, sources (UX-66). */
  readonly help: () => Promise<readonly HelpPart[]>;
  /** Light pure functions that the domain's views and the command line use (counting, tables, picture handling). */
  readonly tools: Tools;
  load(): Promise<DomainRuntime>;
}

export interface DomainRuntime {
  build(request: BuildRequest): Promise<DomainInstance>;
}

export type BuildRequest = {
  readonly options: RunOptions;
  readonly backend: BackendName;
  /** Keyed by the run's seed: parameters from rng.fork("parameters"), generated data from rng.fork("data"). */
  readonly rng: Rng;
  /** The person's own observations: appended to the training data, or null. */
  readonly userData: UserData | null;
  /** Reads a file under public/ ("datasets/crp-gmm-100x7.json"): fetch in the page's worker, the file system in Node. */
  readonly readAsset: ReadAsset;
};

export type ReadAsset = (path: string) => Promise<Uint8Array>;

/** A reference line of a chart: an exact or true value. */
export type Reference = { readonly metric: string; readonly value: number; readonly label: string };

/** What the page needs to know about the data, once per run. `data` is the domain's plain record of typed arrays. */
export type DataFacts = {
  readonly name: string;
  readonly numTrain: number;
  readonly numHeldOut: number;
  readonly references: readonly Reference[];
  /** Row of the person's own observation in the training data, or -1. */
  readonly userRow: number;
  readonly data: unknown;
};

export type MetricValues = Readonly<Record<string, number>>;

export interface DomainInstance<O extends Observations = Observations> {
  readonly model: Model<O>;
  readonly train: O;
  readonly heldOut: O;
  readonly facts: DataFacts;
  /** Learning rate of a parameter block under the current options (live options may change it). */
  learningRate(blockName: string, options: RunOptions): number;
  /** What every observation is made of, where bits per part are the usual unit of log p(x): 784 pixels. */
  readonly parts?: { readonly name: string; readonly count: number };
  /** Norm to which the gradient of each parameter block is shortened; absent where it is left as it is. */
  readonly longestGradient?: number;
  /** Cheap metrics, computed at every record (theta itself and what follows from it). */
  metrics(): MetricValues;
  /** Costly metrics at every evaluation: held-out data, exact answers, memory quality. Excluded from wallMs. */
  evaluate(context: { memory: ProgramMemory | null; rng: Rng; samples: number }): Promise<MetricValues>;
  /** Exact log p(x) per row of a batch, nats, where enumeration or a closed form allows it; else null. */
  exactLogPx(batch: Batch<O>): Float64Array | null;
  /**
   * Programs [1, B, L] that explain every row of a batch, however badly: for estimates of log p(x) where no sample does.
   * Absent where no program is impossible.
   */
  lastResort?(batch: Batch<O>): Programs;
  /** The most probable program of each row of a batch, [1, B, L], where a closed form or enumeration gives it. */
  exactBest?(batch: Batch<O>): Programs | null;
  /**
   * The domain's picture for the page: a plain record of typed arrays, at most 256 kB, freshly allocated
   * (it is transferred). `selected` is a training row.
   */
  picture(context: { selected: number; memory: ProgramMemory | null; step: number; rng: Rng }): Promise<unknown>;
  /**
   * New observations drawn from p_theta(x | z), one per program of [1, C, L], freshly packed. `like`: a training row whose
   * size and start they take where the domain has such things, or -1. Continuous parts that are not given are drawn from
   * theta too.
   */
  imagine(programs: Programs, rng: Rng, like: number): Promise<Batch<O>>;
  /** One observation as JSON-friendly data for the command line and for exports (rows of digits, points). */
  describeObservation(batch: Batch<O>, index: number): unknown;
  dispose(): void;
}
