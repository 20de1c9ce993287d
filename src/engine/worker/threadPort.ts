// The worker's end of a Node worker thread, and files under public/ from the file system. Node only.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parentPort } from "node:worker_threads";
import { LabError } from "../errors";
import type { ServePort } from "./serve";

const PUBLIC = new URL("../../../public/", import.meta.url);

/** The port of this worker thread. @throws LabError("worker") outside of one */
export function threadPort(): ServePort {
  const port = parentPort;
  if (!port) throw new LabError("worker", { message: "this script runs in a worker thread only", help: "Use lab." });
  return {
    post: (event, transfer) => port.postMessage(event, transfer),
    listen: (handler) => port.on("message", handler),
    crash: () => {
      setTimeout(() => {
        throw new Error("crashed, as a test asked it to");
      });
    },
  };
}

/** Reads a file under public/. @throws LabError("file") */
export async function readPublicFile(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(fileURLToPath(new URL(path, PUBLIC))));
  } catch (cause) {
    const message = `${path} could not be read from the public folder.`;
    throw new LabError("file", { message, help: "Check the file's name." }, { path }, { cause });
  }
}
