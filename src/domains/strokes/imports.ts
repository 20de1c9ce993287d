// Data sets of others for the page: sources, downloads and readers behind the engine's interface. Loaded in the worker only.

import type { DataSetImports } from "../../engine/dataSetImports";
import { download } from "./data/download";
import { generateHandwriting } from "./data/generated";
import { importImages } from "./data/importing";
import { packImages } from "./data/packed";
import { IMPORT_SOURCES } from "./data/sources";
import { datasetFile } from "./datasets";

export const imports: DataSetImports = {
  sources: IMPORT_SOURCES,
  fileOf: datasetFile,
  download,
  read: async (name, files, hooks = {}) => {
    const result = await importImages({ name, files, ...hooks });
    if (!result.ok) return result;
    const { set, origin } = result.imported;
    return { ok: true, bytes: packImages(set, origin), count: set.alphabets.length, notes: result.notes };
  },
  generate: (name, wanted) => (name === "handwriting" ? generateHandwriting(wanted) : null),
};
