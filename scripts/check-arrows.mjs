// Checks what Biome cannot: the import arrows of the layers (docs/decisions/0005), file lengths, file names,
// named exports, and that engine and domains have no hidden randomness or clock. Function lengths are Biome's.
// Usage: node scripts/check-arrows.mjs [folder]; prints one line a problem, exit code 1 if there is any.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";

const root = process.argv[2] ?? ".";
const FOLDERS = ["src", "test", "bench", "scripts"];
const CODE = /\.(ts|tsx|mjs)$/;

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return ["generated", "fixtures", "node_modules"].includes(entry.name) ? [] : filesUnder(path);
    return [path];
  });
}

/** The text without comments; what stands in strings stays, because import paths do. */
function withoutComments(text) {
  const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;
  return text.replace(token, (match) => (match.startsWith("/") ? match.replace(/[^\n]/g, " ") : match));
}

/** Every import of a file: where it points and whether only types come through. */
function importsOf(text) {
  const found = [];
  const add = (pattern, read) => {
    for (const match of text.matchAll(pattern))
      found.push({ line: text.slice(0, match.index).split("\n").length, ...read(match) });
  };
  add(
    /(?:^|[\n;])\s*(import|export)\s+(type\s+)?([\w*{][^"';]*?)\s*from\s*["']([^"']+)["']/g,
    ([, , type, names, path]) => {
      const inner = /^\{([\s\S]*)\}$/.exec(names.trim());
      const parts = inner ? inner[1].split(",").filter((part) => part.trim() !== "") : [];
      const allTypes = parts.length > 0 && parts.every((part) => part.trim().startsWith("type "));
      return { path, typeOnly: Boolean(type) || allTypes };
    },
  );
  add(/(?:^|[\n;])\s*import\s*["']([^"']+)["']/g, ([, path]) => ({ path, typeOnly: false }));
  add(/\bimport\s*\(\s*["']([^"']+)["']/g, ([, path]) => ({ path, typeOnly: false }));
  add(/new URL\(\s*["'](\.[^"']+)["']\s*,\s*import\.meta\.url/g, ([, path]) => ({ path, typeOnly: false }));
  return found;
}

// What the page may run of the engine: the client side of the worker, errors, the option table behind links, the reader
// of run files, the estimate of a run's size and how its evaluations are shared out.
const PAGE_MAY_RUN = [
  /^src\/engine\/errors$/,
  /^src\/engine\/options$/,
  /^src\/engine\/run\/options$/,
  /^src\/engine\/run\/(runFile|memoryLimit|budget)$/,
  /^src\/engine\/worker\/client$/,
  /^src\/engine\/worker\/\w*[cC]lient$/,
];
const DOMAIN_DOOR = /^src\/domains\/(list|catalogue|[\w-]+|[\w-]+\/index)$/;
const WORKER_ENTRY = /^src\/(app|cli)\/train\.worker\.ts$/;

/** One sentence if `from` may not import `to` (both without extension, from the repository's root), else null. */
function arrowProblem(file, to, typeOnly) {
  const [, layer, folder] = file.split("/");
  const [top, target, targetFolder] = to.split("/");
  if (layer === "cli" && to === "bench/index") return null;
  if (top === "public") return null; // data, not code
  if (top !== "src") return `src imports ${to}: code under src stands alone`;
  if (target === layer && layer !== "domains") return null;
  if (layer === "engine") return `engine imports ${target}: the engine imports only itself`;
  if (layer === "domains") {
    if (target === "engine") return null;
    if (target !== "domains") return `a domain imports ${target}: domains import only the engine`;
    const own = targetFolder === folder || /^src\/domains\/(list|catalogue)\.ts$/.test(file);
    return own ? null : `domain ${folder} imports domain ${targetFolder}: domains do not know each other`;
  }
  if (layer === "views") {
    const allowed = (target === "domains" || target === "engine") && typeOnly;
    return allowed
      ? null
      : `a view imports ${to}${typeOnly ? "" : " (not as a type)"}: views take types from domains and engine only`;
  }
  if (target === "domains") {
    return DOMAIN_DOOR.test(to)
      ? null
      : `${layer} imports ${to}: only a domain's index, domains/list or domains/catalogue`;
  }
  if (layer === "cli") return target === "engine" ? null : `cli imports ${to}: only domains and engine`;
  if (layer === "app") {
    if (target === "views") return null;
    if (target !== "engine") return `app imports ${to}: only views, domains and the engine's worker client and errors`;
    if (typeOnly || WORKER_ENTRY.test(file) || PAGE_MAY_RUN.some((pattern) => pattern.test(to))) return null;
    return `app runs ${to}: the page may run only the worker's client, errors and the option table`;
  }
  return `src/${layer} is not a layer of the design`;
}

const PACKAGES_OF_THE_PAGE = /^(react|react-dom|d3|three|zustand|radix-ui|katex)(\/|$)/;

function packageProblem(file, path) {
  const layer = file.split("/")[1];
  if ((layer === "engine" || layer === "domains") && PACKAGES_OF_THE_PAGE.test(path))
    return `${layer} imports ${path}: no page packages there`;
  if (layer === "views" && path.startsWith("zustand")) return "a view imports zustand: views take plain data, no store";
  return null;
}

function importProblems(file, text) {
  if (!file.startsWith("src/")) return [];
  return importsOf(text).flatMap(({ path, typeOnly, line }) => {
    const bare = path.replace(/\?.*$/, "");
    if (!bare.startsWith(".")) {
      const problem = packageProblem(file, bare);
      return problem ? [{ line, problem }] : [];
    }
    if (/\.(css|svg|png|json|woff2)$/.test(bare)) return [];
    const to = posix.join(posix.dirname(file), bare).replace(/\.(ts|tsx|js|mjs)$/, "");
    const problem = arrowProblem(file, to, typeOnly);
    return problem ? [{ line, problem }] : [];
  });
}

function lengthProblems(file, text) {
  const lines = text.replace(/\n$/, "").split("\n").length;
  const isAlgorithm = /^src\/engine\/algorithms\/[\w-]+\.ts$/.test(file);
  const limit = isAlgorithm ? 150 : 300;
  return lines > limit ? [{ line: limit + 1, problem: `${lines} lines: the limit is ${limit}` }] : [];
}

function nameProblems(file) {
  if (!file.startsWith("src/")) return [];
  const name = posix.basename(file).replace(/\.(ts|tsx)$/, "");
  if (/^(utils?|helpers?|misc|common)$/i.test(name))
    return [{ line: 1, problem: `"${name}" says nothing: name the file after its idea` }];
  const isDoor = /^src\/(domains|views\/domains)\/[\w-]+\/index\.tsx?$/.test(file);
  return name === "index" && !isDoor ? [{ line: 1, problem: "a barrel: only a domain's folder has an index" }] : [];
}

function wordProblems(file, text) {
  const found = [];
  const forbid = (pattern, problem) => {
    for (const match of text.matchAll(pattern))
      found.push({ line: text.slice(0, match.index).split("\n").length, problem });
  };
  if (file.startsWith("src/")) forbid(/\bexport\s+default\b/g, "a default export: only named exports");
  if (/^src\/(engine|domains)\//.test(file)) {
    forbid(/\bMath\.random\b/g, "Math.random: randomness only through Rng");
    forbid(/\bDate\.now\b|\bnew Date\(\s*\)/g, "a hidden clock: pass the time in");
  }
  return found;
}

function problemsOf(path) {
  const file = relative(root, path).split(sep).join("/");
  const raw = readFileSync(path, "utf8");
  const text = withoutComments(raw);
  const kernel = file.endsWith(".as.ts");
  const found = [
    ...lengthProblems(file, raw),
    ...nameProblems(file),
    ...wordProblems(file, text),
    ...(kernel ? [] : importProblems(file, text)),
  ];
  return found.map(({ line, problem }) => `${file}:${line}  ${problem}`);
}

const files = FOLDERS.flatMap((folder) => filesUnder(join(root, folder))).filter((file) => CODE.test(file));
const problems = files.flatMap(problemsOf);
if (problems.length > 0) {
  console.error(problems.join("\n"));
  console.error(`${problems.length} ${problems.length === 1 ? "problem" : "problems"} in ${files.length} files.`);
  process.exitCode = 1;
} else {
  console.log(`Arrows, names and lengths are right in ${files.length} files.`);
}
