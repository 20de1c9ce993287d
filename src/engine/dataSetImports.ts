// Data sets of others: what a domain says about them, and how a person's files or a download become one file that runs can
// read (DomainSpec.imports). The domain fetches and reads; where pieces and results are kept is the caller's.

/** A file at its owner's address. */
export type SourceFile = {
  readonly url: string;
  /** As the readers know it: "train-images-idx3-ubyte.gz". */
  readonly name: string;
  /** Rounded; for people. */
  readonly bytes: number;
  /** Only so many first bytes are fetched, where a first part is of use. */
  readonly first?: number;
};

/** Files that are fetched together. */
export type SourcePart = {
  readonly id: string;
  /** "30 alphabets, 19,280 drawings". */
  readonly title: string;
  readonly files: readonly SourceFile[];
};

export type ImportSource = {
  /** As among DomainSpec.datasets. */
  readonly name: string;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  readonly owner: string;
  readonly licence: string;
  readonly licenceUrl: string;
  /** Where a person can read about it and download it by hand. */
  readonly homepage: string;
  /** Which files the readers take, for people: "images_background.zip". */
  readonly accepts: string;
  /** File names that a file dialogue should offer. */
  readonly extensions: readonly string[];
  /** The first is what is fetched unless another is asked for. */
  readonly parts: readonly SourcePart[];
};

/** Keeps the first bytes of one file between attempts. All calls are awaited one after another. */
export interface PartStore {
  /** Bytes that are kept, and the mark under which they began ("" if unknown). */
  state(): Promise<{ readonly size: number; readonly mark: string }>;
  /** Forgets what is kept; what follows belongs to the version of the file with this mark. */
  begin(mark: string): Promise<void>;
  append(bytes: Uint8Array): Promise<void>;
  /** Everything that is kept. */
  read(): Promise<Uint8Array>;
}

export type DownloadHooks = {
  /** `total`: null where the server does not say. */
  readonly onProgress?: (progress: { readonly received: number; readonly total: number | null }) => void;
  readonly signal?: AbortSignal;
};

export type NamedBytes = { readonly name: string; readonly bytes: Uint8Array };

export type ReadHooks = {
  /** Files may be first parts of longer ones, as they are downloaded. */
  readonly areFirstParts?: boolean;
  /** Share of ink from which a pixel is ink, above 0 and up to 1; the data set's own unless given. */
  readonly threshold?: number;
  /** Called now and then; a promise is awaited. */
  readonly onProgress?: (done: number, total: number) => void | Promise<void>;
};

/** One file that runs can read, or one sentence that says what is wrong with which file. */
export type ReadDataSet =
  | {
      readonly ok: true;
      readonly bytes: Uint8Array<ArrayBuffer>;
      /** Pictures in it. */
      readonly count: number;
      /** What a person should know though nothing is wrong. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly message: string };

/** A chunk of its own, with readers and unpackers. */
export type DataSetImports = {
  readonly sources: readonly ImportSource[];
  /** The file under public/ at which runs look for a set: "datasets/omniglot.images". */
  fileOf(name: string): string;
  /**
   * Fetches a file, or the rest of it; what has come stays in the store.
   * @throws LabError that says what was got and what to do; the signal's reason when it is aborted
   */
  download(file: SourceFile, store: PartStore, hooks?: DownloadHooks): Promise<Uint8Array>;
  /** Reads the files of a set, packed or not. Never throws for a bad file. */
  read(name: string, files: readonly NamedBytes[], hooks?: ReadHooks): Promise<ReadDataSet>;
  /** Pictures of a set that the lab makes itself, as files; null for a set that is not made so. */
  generate?(name: string, wanted: WantedPictures): GeneratedPictures | null;
};

export type WantedPictures = { readonly count: number; readonly seed: number; readonly side: number };

export type GeneratedPictures = {
  /** Path without extension, and [side * side] of 0 and 1 (ink). */
  readonly pictures: Iterable<{ readonly path: string; readonly pixels: Uint8Array }>;
  /** The same as the one file that runs could read. */
  readonly packed: Uint8Array;
};
