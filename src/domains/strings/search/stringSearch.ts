// The local search for programs of one concept. It starts from what can be read off the strings (shapes.ts), then tries
// every small change of the best programs (edits.ts), best program first. All candidates are scored exactly against the
// strings, which is cheap; only those that can compete with the best under an estimated prior are handed out, because
// the real prior is an LSTM. Source: issue of the strings domain, "the search goes on".

import type { LocalSearch, ScoredProgram } from "../../../engine/localSearch";
import type { Rng } from "../../../engine/rng/rng";
import type { EncodedStrings, Evaluator } from "../evaluator";
import { FIRST_CLASS } from "../tokens";
import { candidateKey, canonicalProgram, writtenTokens } from "./canonical";
import { EDIT_KINDS, subjectOf, type Tokens } from "./edits";
import type { Text } from "./runs";
import { guessPrograms } from "./shapes";
import { Appraiser } from "./slots";
import { StandInPrior } from "./standInPrior";
import { varyProgram } from "./vary";

/** The strings `from` to `to` of a concept, and what scores them. */
export type StringSearchRequest = {
  readonly strings: EncodedStrings;
  readonly from: number;
  readonly to: number;
  /** log p(strings from to to | program), nats. */
  readonly logProb: Evaluator["logProb"];
  readonly rng: Rng;
};

type Known = { readonly program: Int32Array; readonly logPrior: number; readonly joint: number; isExpanded: boolean };
type Candidate = { readonly program: Int32Array; readonly worth: number };

/** Candidates that are estimated this far (nats) below the best program are not handed out. */
const WINDOW = 14;
/** Programs whose changes may still be tried, and candidates that wait. */
const FRONTIER = 60;
const WAITING = 400;
/** Programs whose changes are tried at one asking. */
const EXPANSIONS = 1;
/** Candidates that are remembered as tried. */
const MOST_TRIED = 200_000;
/** Symbols that may be put in: the most frequent ones of the strings. */
const MOST_SYMBOLS = 24;
/** Once all changes of the frontier are tried: two random changes at once, this many attempts at an asking. */
const LEAPS = 400;

/** Searches near good programs of one concept; see LocalSearch. */
export class StringSearch implements LocalSearch {
  private readonly prior = new StandInPrior();
  private readonly texts: readonly Text[];
  private readonly symbols: Tokens;
  /** Programs that were told or given: never given again. */
  private readonly known = new Set<string>();
  /** Programs of the frontier so far: the network draws the same ones again and again. */
  private readonly told = new Set<string>();
  /** Candidates that were made, so that their strings are not scored again; forgotten when there are very many. */
  private readonly tried = new Set<string>();
  private frontier: Known[] = [];
  private waiting: Candidate[] = [];
  private best = -Infinity;
  private hasGuessed = false;

  constructor(private readonly request: StringSearchRequest) {
    const { strings, from, to } = request;
    this.texts = Array.from({ length: to - from }, (_, i) =>
      Array.from(strings.symbols.subarray(strings.offsets[from + i]!, strings.offsets[from + i + 1]!)),
    );
    this.symbols = frequentSymbols(this.texts);
  }

  tell(scored: readonly ScoredProgram[]): void {
    for (const { program, logPrior, logLikelihood } of scored) {
      const key = candidateKey(program);
      this.known.add(key);
      this.prior.learn(program, logPrior);
      const joint = logPrior + logLikelihood;
      if (!(joint > -Infinity) || this.told.has(key)) continue;
      this.told.add(key);
      this.best = Math.max(this.best, joint);
      this.frontier.push({ program, logPrior, joint, isExpanded: false });
    }
    this.frontier.sort((first, second) => second.joint - first.joint);
    this.frontier = this.frontier.slice(0, FRONTIER);
  }

  ask(count: number): readonly Int32Array[] {
    if (!this.hasGuessed) this.guess();
    for (let i = 0; i < EXPANSIONS; i++) this.expandNext();
    this.waiting.sort((first, second) => second.worth - first.worth);
    const given: Int32Array[] = [];
    let next = 0;
    for (; next < this.waiting.length && given.length < count; next++) {
      const { program, worth } = this.waiting[next]!;
      if (worth <= this.best - WINDOW) break;
      const key = candidateKey(program);
      if (this.known.has(key)) continue;
      this.known.add(key);
      given.push(program);
    }
    this.waiting = this.waiting.slice(next, next + WAITING);
    if (this.tried.size > MOST_TRIED) this.tried.clear();
    return given;
  }

  private guess(): void {
    this.hasGuessed = true;
    for (const tokens of guessPrograms(this.texts, new Appraiser(this.request.logProb, this.prior)))
      this.consider(canonicalProgram(tokens), null);
  }

  /** All changes of the best program that has not had its turn. */
  private expandNext(): void {
    const next = this.frontier.find((known) => !known.isExpanded && known.joint > this.best - WINDOW);
    if (!next) {
      this.leap();
      return;
    }
    next.isExpanded = true;
    const subject = subjectOf(writtenTokens(next.program), this.symbols);
    for (const kind of EDIT_KINDS) {
      for (let i = 0, count = kind.count(subject); i < count; i++) {
        const made = kind.make(subject, i);
        if (made) this.consider(canonicalProgram(made), next);
      }
    }
  }

  /** Two random changes at once of programs of the frontier, when single ones are used up. */
  private leap(): void {
    const { rng } = this.request;
    if (this.frontier.length === 0) return;
    for (let i = 0; i < LEAPS; i++) {
      const parent = this.frontier[rng.int(this.frontier.length)]!;
      const between = varyProgram(parent.program, this.symbols, rng);
      this.consider(between && varyProgram(between, this.symbols, rng), parent);
    }
  }

  /** Puts a candidate in the queue if it can make the strings and was not there before. */
  private consider(program: Int32Array | null, parent: Known | null): void {
    if (!program) return;
    const key = candidateKey(program);
    if (this.tried.has(key) || this.known.has(key)) return;
    this.tried.add(key);
    const { logProb, strings, from, to } = this.request;
    const fits = logProb(program, strings, from, to);
    if (fits === -Infinity) return;
    this.waiting.push({ program, worth: fits + this.estimatedPrior(program, parent) });
  }

  /** The estimate, corrected by how wrong it is about the program that this one was made from. */
  private estimatedPrior(program: Int32Array, parent: Known | null): number {
    const estimate = this.prior.estimate(program);
    return parent ? estimate + parent.logPrior - this.prior.estimate(parent.program) : estimate;
  }
}

/** Distinct symbols of Sigma in the strings, the most frequent first. */
function frequentSymbols(texts: readonly Text[]): Tokens {
  const counts = new Map<number, number>();
  for (const symbol of texts.flat()) if (symbol < FIRST_CLASS) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  return [...counts]
    .sort(([a, first], [b, second]) => second - first || a - b)
    .slice(0, MOST_SYMBOLS)
    .map(([symbol]) => symbol);
}
