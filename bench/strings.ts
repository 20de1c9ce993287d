// Strings: (program, string) pairs scored a second, programs compiled a second, and both together, on one thread.
// Reference: the same sum over derivations straight from the definition (stringsRecursive.ts), in the same run. The
// library that the paper's first author published scores 530 to 1,700 pairs a second, best derivations only.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EncodedStrings } from "../src/domains/strings/evaluator";
import { parseProgram } from "../src/domains/strings/parse";
import { createEvaluator } from "../src/domains/strings/scoring/createEvaluator";
import { encodeStrings } from "../src/domains/strings/scoring/encode";
import { logProbOf, mayProduce } from "../src/domains/strings/scoring/forward";
import { initialLogits, numbersOf } from "../src/domains/strings/scoring/numbers";
import { compileTopology } from "../src/domains/strings/scoring/topology";
import { newWeights, weigh } from "../src/domains/strings/scoring/weigh";
import { numTokens } from "../src/domains/strings/syntax";
import { syntaxTree } from "../src/domains/strings/syntaxTree";
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
  return [await benchScores(jobs), await benchLogProb(jobs), await benchCompiles(jobs), await benchPrograms(jobs)];
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
