// Strings: (program, string) pairs scored a second, programs compiled a second, and both together, on one thread.
// Reference: the same sum over derivations straight from the definition (stringsRecursive.ts), in the same run. The
// library that the paper's first author published scores 530 to 1,700 pairs a second, best derivations only.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EncodedStrings } from "../src/domains/strings/evaluator";
import { parseProgram } from "../src/domains/strings/parse";
import { PROGRAM_LENGTH } from "../src/domains/strings/program";
import { createEvaluator } from "../src/domains/strings/scoring/createEvaluator";
import { encodeStrings } from "../src/domains/strings/scoring/encode";
import { logProbOf, mayProduce } from "../src/domains/strings/scoring/forward";
import { initialLogits, numbersOf } from "../src/domains/strings/scoring/numbers";
import { ScoringPool } from "../src/domains/strings/scoring/scoringPool";
import { startLane } from "../src/domains/strings/scoring/startLane";
import { compileTopology } from "../src/domains/strings/scoring/topology";
import { newWeights, weigh } from "../src/domains/strings/scoring/weigh";
import { numTokens } from "../src/domains/strings/syntax";
import { syntaxTree } from "../src/domains/strings/syntaxTree";
import { END, FIRST_CLASS, OPTIONAL, PLUS, STAR } from "../src/domains/strings/tokens";
import { Rng } from "../src/engine/rng/rng";
import { type BenchResult, benchResult, measureRate } from "./result";
import { recursiveLogProb } from "./stringsRecursive";

const NUM_RUNS = 5;
const numbers = numbersOf(initialLogits());

/** One of the paper's example inputs with one candidate program. */
type Job = {
  readonly program: Int32Array;
  readonly length: number;
  readonly strings: EncodedStrings;
  readonly count: number;
  readonly characters: readonly (readonly string[])[];
};

/** The paper's example inputs under all their candidate programs, uniform numbers. */
export async function benchStrings(): Promise<readonly BenchResult[]> {
  const jobs = readJobs();
  return [
    await benchScores(jobs),
    await benchLogProb(jobs),
    await benchCompiles(jobs),
    await benchPrograms(jobs),
    await benchLanes(jobs),
  ];
}

function readJobs(): readonly Job[] {
  const path = join(import.meta.dirname, "../test/fixtures/reference/strings.json");
  // The cast names the documented format of the reference vectors.
  const file = JSON.parse(readFileSync(path, "utf8")) as {
    acceptance: { strings: string[]; regexes: { regex: string }[] }[];
  };
  return file.acceptance.flatMap(({ strings, regexes }) =>
    regexes.map(({ regex }) => {
      const parsed = parseProgram(regex);
      if (!parsed.ok) throw new Error(parsed.message);
      const { program } = parsed;
      const characters = strings.map((text) => [...text]);
      return {
        program,
        length: numTokens(program),
        strings: encodeStrings(strings),
        count: strings.length,
        characters,
      };
    }),
  );
}

const pairsOf = (jobs: readonly Job[]) => jobs.reduce((sum, { count }) => sum + count, 0);

function compile({ program, length }: Job) {
  const topology = compileTopology(program, length);
  const weights = newWeights(topology);
  weigh(topology, numbers, weights);
  return { topology, weights };
}

/** Forward passes alone, nothing rejected early and nothing looked up. */
async function benchScores(jobs: readonly Job[]): Promise<BenchResult> {
  const compiled = jobs.map((job) => ({ ...job, automaton: compile(job), tree: syntaxTree(job.program) }));
  const score = () => {
    let sum = 0;
    for (const { automaton, strings, count } of compiled)
      for (let i = 0; i < count; i++)
        sum += logProbOf(automaton, numbers, strings.symbols, strings.offsets[i]!, strings.offsets[i + 1]!);
    return sum;
  };
  const reference = () =>
    compiled.map(({ tree, characters }) => characters.map((x) => recursiveLogProb(tree, numbers, x)));
  const rate = await measureRate(score, pairsOf(jobs), { runs: NUM_RUNS });
  const referenceRate = await measureRate(reference, pairsOf(jobs), { runs: 2 });
  return benchResult("strings.score", "pairs", rate, referenceRate, NUM_RUNS);
}

/** The evaluator as training calls it: a lookup per program, early rejection, then its strings. */
async function benchLogProb(jobs: readonly Job[]): Promise<BenchResult> {
  const evaluator = createEvaluator();
  const score = () => {
    let sum = 0;
    for (const { program, strings, count } of jobs) sum += evaluator.logProb(program, strings, 0, count);
    return sum;
  };
  const rate = await measureRate(score, pairsOf(jobs), { runs: NUM_RUNS });
  return benchResult("strings.logProb", "pairs", rate, null, NUM_RUNS);
}

async function benchCompiles(jobs: readonly Job[]): Promise<BenchResult> {
  const rate = await measureRate(() => jobs.map(compile), jobs.length, { runs: NUM_RUNS });
  return benchResult("strings.compile", "programs", rate, null, NUM_RUNS);
}

/** Unknown programs: compiled, then all strings of the concept scored. */
async function benchPrograms(jobs: readonly Job[]): Promise<BenchResult> {
  const run = () => {
    let sum = 0;
    for (const job of jobs) {
      const { symbols, offsets } = job.strings;
      const automaton = compile(job);
      for (let i = 0; i < job.count; i++)
        if (mayProduce(automaton.topology, symbols, offsets[i]!, offsets[i + 1]!))
          sum += logProbOf(automaton, numbers, symbols, offsets[i]!, offsets[i + 1]!);
    }
    return sum;
  };
  const reference = () =>
    jobs.map(({ program, characters }) => {
      const tree = syntaxTree(program);
      return characters.map((x) => recursiveLogProb(tree, numbers, x));
    });
  const rate = await measureRate(run, jobs.length, { runs: NUM_RUNS });
  const referenceRate = await measureRate(reference, jobs.length, { runs: 2 });
  return benchResult("strings.compileAndScore", "programs", rate, referenceRate, NUM_RUNS);
}

/** A batch of 100,000 pairs over one lane beside this thread; reference: this thread alone. */
async function benchLanes(jobs: readonly Job[]): Promise<BenchResult> {
  const pairs = 100_000;
  // More programs than a cache holds: each is `.+` and five random atoms, the last one optional.
  const rng = new Rng(1);
  const { strings, count } = jobs[0]!;
  const numPrograms = pairs / count;
  const tokens = new Int32Array(numPrograms * PROGRAM_LENGTH).fill(END);
  for (let n = 0; n < numPrograms; n++) {
    const own = [FIRST_CLASS, PLUS, ...Array.from({ length: 5 }, () => rng.int(STAR)), OPTIONAL, OPTIONAL];
    tokens.set(own, n * PROGRAM_LENGTH);
  }
  const batch = { tokens, from: new Int32Array(numPrograms), to: new Int32Array(numPrograms).fill(count) };
  const logits = initialLogits();
  const alone = new ScoringPool(() => null, 0);
  const pool = new ScoringPool(startLane, 1, 1);
  await pool.score(strings, batch, logits);
  for (let wait = 0; pool.numReady === 0 && wait < 200; wait++) await new Promise((resolve) => setTimeout(resolve, 50));
  const rate = await measureRate(() => pool.score(strings, batch, logits), pairs, { runs: NUM_RUNS });
  const referenceRate = await measureRate(() => alone.score(strings, batch, logits), pairs, { runs: NUM_RUNS });
  pool.dispose();
  return benchResult("strings.lanes", "pairs", rate, referenceRate, NUM_RUNS);
}
