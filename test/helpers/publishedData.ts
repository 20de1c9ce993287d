// Real data sets of others, which are never part of the project: a folder beside it, or where LAB_DATA says. Tests that
// need them are skipped, with the reason in their names, where the folder is absent.

import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { DataFile } from "../../src/domains/strokes/data/drawings";

const folder = process.env.LAB_DATA ?? join(process.cwd(), "..", "shared", "data");

export const hasPublishedData = existsSync(join(folder, "omniglot"));

/** "" or why tests with real data are skipped; part of their titles. */
export const whySkipped = hasPublishedData ? "" : " (skipped: no folder of published data; set LAB_DATA to one)";

/** Path of a published file. */
export const publishedPath = (path: string): string => join(folder, path);

/** Published files by their paths in the folder. */
export function publishedFiles(...paths: string[]): DataFile[] {
  return paths.map((path) => ({ name: basename(path), bytes: new Uint8Array(readFileSync(publishedPath(path))) }));
}
