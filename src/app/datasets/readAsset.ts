// Files under public/ as the training worker reads them: a data set that the person has brought is taken from this device,
// everything else from the network.

import type { ReadAsset } from "../../engine/domain";
import { keptBytes } from "./keptDataSets";

/** @param base absolute address of the folder that holds the public files @param fetched reads from the network */
export function keptFirst(base: string, fetched: ReadAsset): ReadAsset {
  return async (path) => {
    const isDataSet = /^datasets\/[\w-]+\.images$/.test(path);
    const kept = isDataSet ? await keptBytes(new URL(path, base).href) : null;
    return kept ?? fetched(path);
  };
}
