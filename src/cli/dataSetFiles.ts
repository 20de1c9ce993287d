// Where the command line keeps data sets of others: finished ones where runs look for them, unfinished downloads as
// ".part" files that a later attempt goes on with.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { appendFile, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PartStore } from "../engine/dataSetImports";
import type { LabError } from "../engine/errors";
import { badFile } from "./failures";

const publicFolder = fileURLToPath(new URL("../../public", import.meta.url));
const partsFolder = join(publicFolder, "..", ".cache", "datasets");

/** The file that runs read: DataSetImports.fileOf under public/. */
export const keptFile = (path: string): string => join(publicFolder, path);

/** Bytes of a file, or null where there is none. */
export async function sizeOf(file: string): Promise<number | null> {
  return existsSync(file) ? (await stat(file)).size : null;
}

/**
 * Writes a file so that what was there before stays until the new one is complete.
 * @throws LabError("file") that names the file and says why it cannot be written; nothing is left beside it
 */
export async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(beside, bytes);
    await rename(beside, file);
  } catch (error) {
    // What cannot be written cannot be deleted either; the first of the two is told.
    await rm(beside, { force: true }).catch(() => undefined);
    throw unwritable(file, error);
  }
}

const REFUSALS: Readonly<Record<string, string>> = {
  ENOSPC: "there is no room left on its disk",
  EDQUOT: "there is no room left on its disk",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "this user may not write there",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is a file",
  EEXIST: "a part of its path is a file",
};

/** A file system's refusal to write, in words for people. */
function unwritable(file: string, error: unknown): LabError {
  const { code = "" } = error as NodeJS.ErrnoException; // file system errors carry a code
  return badFile(`${file} cannot be written: ${REFUSALS[code] ?? String(error)}.`, { file }, error);
}

/** The pieces of a download in a ".part" file, and its mark beside it. */
export class PartFile implements PartStore {
  private readonly part: string;
  private readonly markFile: string;

  /** @param folder where the part is kept; the project's cache unless given */
  constructor(url: string, folder = partsFolder) {
    const name = basename(new URL(url).pathname).replace(/[^\w.-]/g, "_");
    const key = createHash("sha256").update(url).digest("hex").slice(0, 12);
    this.part = join(folder, `${key}-${name}.part`);
    this.markFile = join(folder, `${key}-${name}.mark`);
  }

  async state(): Promise<{ size: number; mark: string }> {
    const size = (await sizeOf(this.part)) ?? 0;
    const mark = existsSync(this.markFile) ? await readFile(this.markFile, "utf8") : "";
    return { size, mark };
  }

  begin(mark: string): Promise<void> {
    return this.written(async () => {
      await mkdir(dirname(this.part), { recursive: true });
      await writeFile(this.part, "");
      await writeFile(this.markFile, mark);
    });
  }

  append(bytes: Uint8Array): Promise<void> {
    return this.written(() => appendFile(this.part, bytes));
  }

  private async written(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      throw unwritable(this.part, error);
    }
  }

  read(): Promise<Uint8Array> {
    return readFile(this.part);
  }

  /** Deletes what is kept. */
  async remove(): Promise<void> {
    await rm(this.part, { force: true });
    await rm(this.markFile, { force: true });
  }
}
