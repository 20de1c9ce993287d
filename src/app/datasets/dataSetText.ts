// Sizes and progress of data sets in words.

import type { SourcePart } from "../../engine/dataSetImports";
import { countText } from "../../views/numberText";
import type { DataSetJob } from "./dataSetStore";

/** "37 kB", "15.9 MB". */
export function bytesText(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Bytes of all files of a part, as far as their owner says. */
export function partBytes({ files }: SourcePart): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** "raw.githubusercontent.com". */
export function hostOf(url: string): string {
  return new URL(url).host;
}

/** "3.1 of 15.9 MB", "1,200 of 2,720 pictures read". */
export function jobText({ stage, done, total }: DataSetJob): string {
  if (stage === "waiting") return "Asking the server";
  if (stage === "read") return `${countText(done)}${total === null ? "" : ` of ${countText(total)}`} pictures read`;
  return total === null ? bytesText(done) : `${(done / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`;
}
