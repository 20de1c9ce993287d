// The readers of own pictures, fetched before the first use: most visits of the page never read one.

import type { DomainSpec, FileInput, RawInput, UploadResult } from "../../../engine/domain";
import { LabError } from "../../../engine/errors";
import type { OptionValues } from "../../../engine/options";
import type { OwnTools } from "./ownTools";

type Readers = {
  readonly tools: OwnTools;
  readonly fromUpload: (input: RawInput, options: OptionValues) => UploadResult;
  readonly fromFiles: (inputs: readonly FileInput[], options: OptionValues) => Promise<UploadResult>;
  readonly describeFit: NonNullable<DomainSpec["describeFit"]>;
};
let readers: Readers | null = null;

/** Fetches the readers (DomainSpec.loadReaders). Everything below needs it once. */
export async function loadReaders(): Promise<void> {
  const [{ ownTools }, { fromUpload, fromFiles }, { describeFit }] = await Promise.all([
    import("./ownTools"),
    import("./fromUpload"),
    import("./describeFit"),
  ]);
  readers = { tools: ownTools, fromUpload, fromFiles, describeFit };
}

function loaded(): Readers {
  if (readers) return readers;
  const message = "the readers of pictures were used before they were loaded";
  throw new LabError("unexpected", { message, help: "Reload the page." });
}

/** As in fromUpload.ts. @throws LabError("unexpected") before loadReaders */
export const fromUpload = (input: RawInput, options: OptionValues): UploadResult => loaded().fromUpload(input, options);

/** As in fromUpload.ts; fetches the readers itself. */
export async function fromFiles(inputs: readonly FileInput[], options: OptionValues): Promise<UploadResult> {
  await loadReaders();
  return loaded().fromFiles(inputs, options);
}

/** As in describeFit.ts. @throws LabError("unexpected") before loadReaders */
export const describeFit: Readers["describeFit"] = (...given) => loaded().describeFit(...given);

/** The tools of ownTools.ts. @throws LabError("unexpected") before loadReaders */
export const readingTools = (): OwnTools => loaded().tools;
