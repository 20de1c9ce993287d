// A real HTTP server on this machine that serves one file and misbehaves on request: breaks off, falls silent, forgets
// ranges, changes the file.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type Behaviour = {
  /** Bytes of the body after which the connection is cut, per request; the last holds for all further ones. */
  breakAfter?: readonly number[];
  /** Bytes after which it stops sending but keeps the connection, in the same way. */
  silentAfter?: readonly number[];
  ignoresRanges?: boolean;
  status?: number;
  etag?: string;
};

export interface BreakingServer {
  readonly url: string;
  content: Uint8Array;
  behaviour: Behaviour;
  /** The Range header of each request, "" without one. */
  readonly ranges: string[];
  close(): Promise<void>;
}

/** Starts a server for `content` on a free port of this machine. */
export async function breakingServer(content: Uint8Array): Promise<BreakingServer> {
  const server = createServer((request, response) => answer(served, request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const served: BreakingServer = {
    url: `http://127.0.0.1:${port}/set.bin`,
    content,
    behaviour: {},
    ranges: [],
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return served;
}

function answer(served: BreakingServer, request: IncomingMessage, response: ServerResponse): void {
  const { content, behaviour, ranges } = served;
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  ranges.push(request.headers.range ?? "");
  if (behaviour.status !== undefined) {
    response.writeHead(behaviour.status).end("no");
    return;
  }
  const isPart = range !== null && !behaviour.ignoresRanges;
  const from = isPart ? Number(range[1]) : 0;
  const to = isPart && range[2] !== "" ? Math.min(content.length, Number(range[2]) + 1) : content.length;
  const headers: Record<string, string> = { etag: behaviour.etag ?? '"one"' };
  if (isPart && from >= content.length) {
    response.writeHead(416, { ...headers, "content-range": `bytes */${content.length}` }).end();
    return;
  }
  headers["content-length"] = String(to - from);
  if (isPart) headers["content-range"] = `bytes ${from}-${to - 1}/${content.length}`;
  response.writeHead(isPart ? 206 : 200, headers);
  const body = Buffer.from(content.subarray(from, to));
  const { breakAfter, silentAfter } = behaviour;
  const of = (limits: readonly number[] | undefined) => limits?.[Math.min(ranges.length, limits.length) - 1];
  const limit = of(breakAfter) ?? Number.POSITIVE_INFINITY;
  if (silentAfter !== undefined) response.write(body.subarray(0, of(silentAfter)));
  else if (limit >= body.length) response.end(body);
  // What was sent arrives, then the connection ends: destroying it could take the bytes along.
  else response.write(body.subarray(0, limit), () => response.socket?.end());
}
