// Data sets of others for the page: sources, downloads and readers behind the engine's interface. Fetched on demand.

import type { DataSetImports } from "../../engine/dataSetImports";

/** The parts of it are chunks of their own. */
export async function loadImports(): Promise<DataSetImports> {
  const [{ IMPORT_SOURCES }, { download }, { importedFile }, { importImages }, { packImages }] = await Promise.all([
    import("./data/sources"),
    import("./data/download"),
    import("./data/imported"),
    import("./data/importing"),
    import("./data/packed"),
  ]);
  return {
    sources: IMPORT_SOURCES,
    fileOf: importedFile,
    download,
    read: async (name, files, hooks = {}) => {
      const result = await importImages({ name, files, ...hooks });
      if (!result.ok) return result;
      const { set, origin } = result.imported;
      return { ok: true, bytes: packImages(set, origin), count: set.alphabets.length, notes: result.notes };
    },
  };
}
