// The worker's end of a Web Worker connection, and files under public/ by fetch.

import type { ReadAsset } from "../domain";
import { LabError } from "../errors";
import type { WorkerRequest } from "./protocol";
import type { ServePort } from "./serve";

/** The port of a dedicated worker's global scope. */
export function webWorkerPort(scope: DedicatedWorkerGlobalScope): ServePort {
  return {
    post: (event, transfer) => scope.postMessage(event, transfer),
    listen: (handler) => {
      scope.onmessage = (message: MessageEvent<WorkerRequest>) => handler(message.data);
    },
    crash: () => {
      setTimeout(() => {
        throw new Error("crashed, as a test asked it to");
      });
    },
  };
}

/**
 * Reads public files of the page's own origin.
 *
 * @param base the page's base: "./" (relative to the page, from a worker in assets/), "/somewhere/" or a whole address
 */
export function fetchAsset(base: string): ReadAsset {
  return async (path) => {
    const url = new URL(path, baseUrl(base));
    const response = await fetch(url).catch((cause: unknown) => {
      throw missing(path, "it could not be reached", cause);
    });
    const type = response.headers.get("content-type") ?? "";
    // A server that answers unknown paths with the page itself has no such file.
    if (!response.ok || type.startsWith("text/html")) throw missing(path, `the server answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
}

/** An absolute base as it is; a relative one from the site's root, above the bundled worker's folder. */
function baseUrl(base: string): URL {
  if (/^https?:/.test(base)) return new URL(base);
  const own = new URL(self.location.href);
  if (base.startsWith("/")) return new URL(base, own);
  const root = own.pathname.replace(/\/assets\/[^/]*$/, "/");
  return new URL(root, own);
}

function missing(path: string, why: string, cause?: unknown): LabError {
  const message = `${path} could not be read: ${why}.`;
  const help = "Check the connection and try again: this part needs to be downloaded once.";
  return new LabError("file", { message, help }, { path }, { cause });
}
