// Threads of Node for code that also runs in browsers: Node's modules are asked for at run time, so that no bundler
// meets them. threadClient.ts is for code that only ever runs in Node.

type Threads = typeof import("node:worker_threads");
type Loader = { getBuiltinModule?(name: string): unknown };

function builtin<T>(name: string): T | null {
  // The casts: `process` is missing in browsers, and the name says which module it is.
  const loader = (globalThis as { process?: Loader }).process;
  return (loader?.getBuiltinModule?.(name) as T | undefined) ?? null;
}

/** node:worker_threads in Node, else null. */
export function threadsOfNode(): Threads | null {
  return builtin<Threads>("node:worker_threads");
}

/** Cores that this process may use, in browsers and in Node; 1 where nobody says. */
export function numCores(): number {
  const os = builtin<typeof import("node:os")>("node:os");
  return os ? os.availableParallelism() : (globalThis.navigator?.hardwareConcurrency ?? 1);
}

/**
 * Starts a thread with a TypeScript entry (through tsx, as the command line's own thread), or null outside Node.
 * @param entry file beside `base`, the address of the module that asks (import.meta.url)
 */
export function startThread(entry: string, base: string): InstanceType<Threads["Worker"]> | null {
  const threads = threadsOfNode();
  const modules = builtin<typeof import("node:module")>("node:module");
  const urls = builtin<typeof import("node:url")>("node:url");
  if (!threads || !modules || !urls) return null;
  const tsx = urls.pathToFileURL(modules.createRequire(base).resolve("tsx/package.json"));
  const api = JSON.stringify(new URL("dist/esm/api/index.mjs", tsx).href);
  const script = JSON.stringify(new URL(entry, base).href);
  const source = `import(${api}).then(({ register }) => { register(); return import(${script}); });`;
  return new threads.Worker(source, { eval: true, execArgv: [] });
}
