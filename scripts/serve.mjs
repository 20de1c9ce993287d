// A static file server for the built page on 127.0.0.1, from any sub-path: what `npm start` and the browser tests use.
// Usage: node scripts/serve.mjs [--root dist] [--base /] [--port 4173]; port 0 takes a free one. Prints the address.

import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
};

/** The file that a request asks for, or null: outside `base`, outside the folder, or absent. */
function fileFor(url, root, base) {
  const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
  if (!path.startsWith(base)) return null;
  const file = resolve(root, path.slice(base.length) || "index.html");
  if (file !== root && !file.startsWith(root + sep)) return null;
  const found = existsSync(file) && statSync(file).isDirectory() ? join(file, "index.html") : file;
  return existsSync(found) ? found : null;
}

const packedFiles = new Map();

/** A text file's bytes, gzipped as static hosts do; kept until the file changes. */
function packed(file) {
  const { mtimeMs } = statSync(file);
  const known = packedFiles.get(file);
  if (known?.mtimeMs === mtimeMs) return known.body;
  const body = gzipSync(readFileSync(file));
  packedFiles.set(file, { mtimeMs, body });
  return body;
}

function answer(request, response, root, base) {
  let file = null;
  try {
    file = fileFor(request.url ?? "/", root, base);
  } catch {
    response.writeHead(400).end("bad request");
    return;
  }
  if (file === null || !["GET", "HEAD"].includes(request.method ?? "")) {
    response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    return;
  }
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  // Public files: frames without an origin of their own (embedded pictures in a sandbox) may read them, too.
  const headers = { "content-type": type, "cache-control": "no-cache", "access-control-allow-origin": "*" };
  const isText = /text|json|javascript|svg/.test(type);
  if (isText && request.method === "GET" && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
    const body = packed(file);
    const more = { "content-encoding": "gzip", vary: "accept-encoding", "content-length": body.length };
    response.writeHead(200, { ...headers, ...more }).end(body);
    return;
  }
  response.writeHead(200, { ...headers, "content-length": statSync(file).size });
  if (request.method === "HEAD") response.end();
  else createReadStream(file).pipe(response);
}

/** Serves `root` under `base` ("/" or "/some/path/"); tries the next ports if `port` is taken. @returns the address. */
export function serve({ root = "dist", base = "/", port = 4173 } = {}) {
  const folder = resolve(root);
  const server = createServer((request, response) => answer(request, response, folder, base));
  return new Promise((done, fail) => {
    let tried = port;
    server.on("error", (error) => {
      if (error.code !== "EADDRINUSE" || tried - port >= 20) return fail(error);
      tried += 1;
      server.listen(tried, "127.0.0.1");
    });
    server.on("listening", () => done({ address: `http://127.0.0.1:${server.address().port}${base}`, server }));
    server.listen(tried, "127.0.0.1");
  });
}

function argument(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const root = argument("root", "dist");
  if (!existsSync(join(root, "index.html"))) {
    console.error(`There is no built page in ${root}; run "npm run build" first.`);
    process.exit(2);
  }
  const { address } = await serve({ root, base: argument("base", "/"), port: Number(argument("port", "4173")) });
  console.log(address);
}
