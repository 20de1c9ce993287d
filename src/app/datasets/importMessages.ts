// What the page and a worker say to each other about data sets of others. One worker serves one job at a time; messages
// lie under a key of their own, beside those of the engine.

import type { ImportSource } from "../../engine/dataSetImports";
import type { KeptDataSet } from "./keptDataSets";

export type ImportOrder =
  /** What there is, and what of it is here. */
  | { readonly kind: "look" }
  | { readonly kind: "download"; readonly name: string; readonly part: string }
  | { readonly kind: "files"; readonly name: string; readonly files: readonly File[] }
  /** Ends the download; what has come is kept. */
  | { readonly kind: "cancel" }
  | { readonly kind: "remove"; readonly name: string };

export type ImportRequest = ImportOrder & {
  readonly domain: string;
  /** Absolute address of the folder that holds the public files. */
  readonly base: string;
};

export type SourceOnDevice = {
  readonly source: ImportSource;
  readonly kept: KeptDataSet | null;
  /** Bytes of each part (by id) that an unfinished download has left. */
  readonly begun: Readonly<Record<string, number>>;
};

export type ImportEvent =
  | { readonly kind: "sources"; readonly sources: readonly SourceOnDevice[] }
  | {
      readonly kind: "progress";
      readonly name: string;
      readonly stage: "download" | "read";
      /** Bytes of a download, pictures read. */
      readonly done: number;
      readonly total: number | null;
    }
  | { readonly kind: "done"; readonly name: string; readonly notes: readonly string[] }
  | { readonly kind: "cancelled"; readonly name: string }
  | { readonly kind: "failed"; readonly name: string; readonly message: string };

/** The order in a message; null for a message of the engine. */
export function importOrderOf(message: object): ImportRequest | null {
  // Only dataSetStore.ts sends messages with this key.
  return "dataSets" in message ? (message.dataSets as ImportRequest) : null;
}
