// The local search for programs of one character. It writes programs from the picture (construct.ts), then tries every
// small change of the best ones (edits.ts) and rewrites their ends. Candidates are appraised with patches, which is cheap;
// those that can compete go to the engine, which scores them exactly. Source: issue of the strokes domain.

import type { LocalSearch, ScoredProgram } from "../../../engine/localSearch";
import type { Rng } from "../../../engine/rng/rng";
import { NUM_TOKENS } from "../program";
import { type Constructed, construct, type Writing } from "./construct";
import { EDIT_KINDS } from "./edits";
import type { Pen } from "./pen";
import { Sketch } from "./sketch";
import { plainTarget, pulledBack, type Target } from "./target";

export type StrokeSearchRequest = {
  /** [SIDE^2] of 0 and 1. */
  readonly picture: ArrayLike<number>;
  /** The bank and the prior, read once. */
  readonly pen: () => Promise<Pen>;
  /** [T, 2, 3] of the bank, read with the pen; empty without. */
  readonly transforms: () => Promise<ArrayLike<number>>;
  readonly rng: Rng;
};

type Known = { readonly program: Int32Array; readonly joint: number; isExpanded: boolean };

/** Candidates that seem this far (nats) below the best program are not handed out. */
const WINDOW = 10;
/** Programs whose changes may still be tried, and candidates that wait. */
const FRONTIER = 40;
const WAITING = 300;
/** Strokes tried at one asking while programs are written: some ten milliseconds. */
const WORK = 40_000;
/** Programs of each length that a beam goes on with, at first; twice as many in every round, so often. */
const WIDTH = 3;
const MOST_DOUBLINGS = 4;
/** Programs of a beam that are handed out whatever they seem, and at all. */
const SURE = 6;
const TAKEN = 32;
/** Transforms under which programs are written from nothing, of all. */
const MOST_TARGETS = 8;
/** Once everything near is tried: two random changes at once, so many attempts at an asking. */
const LEAPS = 1500;
const PARENTS = 6;

/** Searches near good programs of one character; see LocalSearch. */
export class StrokeSearch implements LocalSearch {
  private pen: Pen | null = null;
  private targets: readonly Target[] = [];
  private readonly sketch = new Sketch();
  /** Programs that were told or given: never given again. */
  private readonly known = new Set<string>();
  private readonly told = new Set<string>();
  private frontier: Known[] = [];
  private waiting: Constructed[] = [];
  private best = -Infinity;
  private writing: Writing | null = null;
  private begun = 0;
  private asked = 0;

  constructor(private readonly request: StrokeSearchRequest) {}

  async prepare(): Promise<void> {
    const { picture, pen, transforms } = this.request;
    this.pen = await pen();
    const maps = await transforms();
    const count = maps.length / 6;
    this.targets =
      count === 0 ? [plainTarget(picture)] : Array.from({ length: count }, (_, t) => pulledBack(picture, maps, t));
  }

  tell(scored: readonly ScoredProgram[]): void {
    for (const { program, logPrior, logLikelihood } of scored) {
      const key = program.join();
      this.known.add(key);
      const joint = logPrior + logLikelihood;
      if (!(joint > -Infinity) || this.told.has(key)) continue;
      this.told.add(key);
      this.best = Math.max(this.best, joint);
      this.frontier.push({ program: program.slice(), joint, isExpanded: false });
    }
    this.frontier.sort((first, second) => second.joint - first.joint);
    this.frontier = this.frontier.slice(0, FRONTIER);
  }

  /** Nothing at the first asking: the network's proposals are on show before any of this work is done. */
  ask(count: number): readonly Int32Array[] {
    const isFirst = this.asked++ === 0;
    if (!this.pen || isFirst) return [];
    const pen = this.pen;
    if (!this.writing) this.begin(pen);
    if (this.writing && !this.writing.goOn(WORK)) this.finish(this.writing);
    const isTold = this.frontier.length > 0;
    if (isTold && !this.expandNext(pen) && this.asked % 2 === 1) this.leap(pen);
    return this.take(count);
  }

  /** The most promising that have not been given. */
  private take(count: number): Int32Array[] {
    this.waiting.sort((first, second) => second.worth - first.worth);
    const given: Int32Array[] = [];
    let next = 0;
    for (; next < this.waiting.length && given.length < count; next++) {
      const { program, worth } = this.waiting[next]!;
      if (worth <= this.best - WINDOW) break;
      const key = program.join();
      if (this.known.has(key)) continue;
      this.known.add(key);
      given.push(program);
    }
    this.waiting = this.waiting.slice(next, next + WAITING);
    return given;
  }

  /** In turn: programs written from nothing under one transform after another, and the end of a good one written anew. */
  private begin(pen: Pen): void {
    const turn = this.begun++;
    const first = Math.min(MOST_TARGETS, this.targets.length);
    const isAnew = turn < first || turn % 2 === 0 || this.frontier.length === 0;
    if (isAnew) {
      const number = turn < first ? turn : first + (turn - first) / 2;
      const round = Math.min(MOST_DOUBLINGS, Math.floor(number / first));
      this.writing = this.construct(pen, this.targets[Math.floor(number) % first]!, [], WIDTH * 2 ** round);
      return;
    }
    const cut = NUM_TOKENS - 2 - (Math.floor((turn - first) / 2) % (NUM_TOKENS - 2));
    const round = Math.floor((turn - first) / (2 * NUM_TOKENS));
    const parent = this.frontier[Math.min(this.frontier.length - 1, round)]!.program;
    const width = WIDTH * 2 ** Math.min(MOST_DOUBLINGS, round + 1);
    this.writing = this.construct(pen, this.targetOf(pen, parent), Array.from(parent.subarray(0, cut)), width);
  }

  private construct(pen: Pen, target: Target, prefix: readonly number[], width: number): Writing {
    return construct({ pen, target, prefix, width, mostMoves: 2 });
  }

  /** Queues what was written; the best of it go out whatever they seem, because what they seem is off by a transform. */
  private finish({ found }: Writing): void {
    this.writing = null;
    const written = found.filter(({ program }) => !this.known.has(program.join()));
    written.sort((first, second) => second.worth - first.worth);
    const lift = Math.max(0, this.best - (written[0]?.worth ?? 0));
    for (const [i, { program, worth }] of written.slice(0, TAKEN).entries()) {
      this.waiting.push({ program, worth: i < SURE ? worth + lift : worth });
    }
  }

  /** All changes of the best program that has not had its turn. False where there is none. */
  private expandNext(pen: Pen): boolean {
    const next = this.frontier.find((known) => !known.isExpanded && known.joint > this.best - WINDOW);
    if (!next) return false;
    next.isExpanded = true;
    const target = this.targetOf(pen, next.program);
    const off = next.joint - this.appraise(pen, next.program, target, -Infinity);
    for (const kind of EDIT_KINDS) {
      for (let i = 0, count = kind.count(pen.strokes); i < count; i++) {
        this.consider(pen, kind.make(next.program, i, pen.moves), target, off);
      }
    }
    return true;
  }

  /** Two random changes at once of good programs. */
  private leap(pen: Pen): void {
    const { rng } = this.request;
    const parent = this.frontier[rng.int(Math.min(this.frontier.length, PARENTS))]!;
    const target = this.targetOf(pen, parent.program);
    const off = parent.joint - this.appraise(pen, parent.program, target, -Infinity);
    for (let i = 0; i < LEAPS; i++) {
      const between = this.randomEdit(pen, parent.program, rng);
      this.consider(pen, between && this.randomEdit(pen, between, rng), target, off);
    }
  }

  private randomEdit(pen: Pen, program: Int32Array, rng: Rng): Int32Array | null {
    const kind = EDIT_KINDS[rng.int(EDIT_KINDS.length)]!;
    return kind.make(program, rng.int(kind.count(pen.strokes)), pen.moves);
  }

  /** Puts a candidate in the queue if it may compete. `off`: exact minus appraised joint of what it was made from. */
  private consider(pen: Pen, program: Int32Array | null, target: Target, off: number): void {
    if (!program) return;
    const worth = off + this.appraise(pen, program, target, this.best - WINDOW - off);
    if (worth <= this.best - WINDOW || this.known.has(program.join())) return;
    this.waiting.push({ program, worth });
  }

  /** log p(z, x) by patches; the prior is left out where the rest is below `least` already. */
  private appraise(pen: Pen, program: Int32Array, target: Target, least: number): number {
    const fit = this.sketch.draw(program, pen.patches, pen.moves, target);
    return fit <= least ? -Infinity : fit + pen.prior.logProb(program);
  }

  /** The target that suits a program best. */
  private targetOf(pen: Pen, program: Int32Array): Target {
    this.sketch.draw(program, pen.patches, pen.moves, this.targets[0]!);
    let best = this.targets[0]!;
    let most = -Infinity;
    for (const target of this.targets) {
      const fit = this.sketch.fit(target);
      if (fit > most) [best, most] = [target, fit];
    }
    return best;
  }
}
