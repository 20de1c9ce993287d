// Imported data sets as a run reads them: "datasets/<name>.images", made by the command line or kept by the page.

import type { ReadAsset } from "../../../engine/domain";
import { LabError } from "../../../engine/errors";
import { datasetFile } from "../datasets";
import { isPacked, type PackedSet, unpackImages } from "./packed";
import { IMPORT_SOURCES } from "./sources";

/**
 * Reads a set that was imported before.
 *
 * @throws LabError("file") with one sentence if it is not here yet or is damaged
 */
export async function readImported(name: string, readAsset: ReadAsset): Promise<PackedSet> {
  const title = IMPORT_SOURCES.find((source) => source.name === name)?.title ?? name;
  const bytes = await readAsset(datasetFile(name)).catch((error: unknown) => {
    throw notHere(name, title, error);
  });
  // A server that answers unknown paths with its page has no such file.
  if (!isPacked(bytes)) throw notHere(name, title);
  const read = unpackImages(bytes, datasetFile(name));
  if (read.ok) return read.value;
  throw new LabError("file", { message: read.message, help: "Import the data set again." }, { name });
}

function notHere(name: string, title: string, cause?: unknown): LabError {
  const message = `${title} is not here yet: lab datasets ${name} --download, or choose its file.`;
  const help = "In the page, bring it under Data sets of others; or take another data set.";
  return new LabError("file", { title: "The data set is not here", message, help }, { name }, { cause });
}
