// The local search for programs of one picture. It climbs from the empty scene and from the network's best: all towers in
// every cell, all pairs of towers in two cells of a column (the nearer one may hide the other). Then it tries every tower in
// every cell of the best programs. Candidates that can compete go to the engine, which scores them exactly.

import type { LocalSearch, ScoredProgram } from "../../../engine/localSearch";
import { MOST_LEVELS, placesOf } from "../program";
import type { SceneBoard } from "./sceneBoard";

/** Candidates that seem this far (nats) below the most promising one are not handed out. */
const WINDOW = 12;
/** Sweeps of a cell at one asking: some thirty milliseconds. */
const WORK = 60;
/** Candidates that wait, and programs whose changes may still be tried. */
const WAITING = 400;
const FRONTIER = 60;
/** Programs of the network that are climbed from, and rounds of a climb at most. */
const STARTS = 3;
const MOST_ROUNDS = 6;

type Waiting = { readonly program: Int32Array; readonly worth: number };
type Known = { readonly program: Int32Array; readonly joint: number; isExpanded: boolean };

/** Searches near good programs of one picture; see LocalSearch. */
export class SceneSearch implements LocalSearch {
  private board: SceneBoard | null = null;
  private readonly given = new Set<string>();
  private readonly told = new Set<string>();
  private readonly queued = new Set<string>();
  private waiting: Waiting[] = [];
  private frontier: Known[] = [];
  private best = -Infinity;
  private asked = 0;
  private work: Generator<void> | null = null;
  private hasClimbed = false;

  /** @param makeBoard reads the model's block types; awaited once */
  constructor(private readonly makeBoard: () => Promise<SceneBoard>) {}

  async prepare(): Promise<void> {
    this.board = await this.makeBoard();
  }

  tell(scored: readonly ScoredProgram[]): void {
    for (const { program, logPrior, logLikelihood } of scored) {
      const key = program.join();
      this.given.add(key);
      const joint = logPrior + logLikelihood;
      if (!(joint > -Infinity) || this.told.has(key)) continue;
      this.told.add(key);
      this.frontier.push({ program: program.slice(), joint, isExpanded: false });
    }
    this.frontier.sort((first, second) => second.joint - first.joint);
    this.frontier = this.frontier.slice(0, FRONTIER);
  }

  /** Nothing at the first asking: the network's proposals are on show before any of this work is done. */
  ask(count: number): readonly Int32Array[] {
    const isFirst = this.asked++ === 0;
    if (!this.board || isFirst) return [];
    this.work ??= this.plan(this.board);
    for (let done = 0; done < WORK; done++) {
      if (!this.work.next().done) continue;
      this.work = null; // out of ideas until more is told
      break;
    }
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
      if (this.given.has(key)) continue;
      this.given.add(key);
      given.push(program);
    }
    this.waiting = this.waiting.slice(next, next + WAITING);
    return given;
  }

  /** What is to be done, a sweep of a cell at a time. */
  private *plan(board: SceneBoard): Generator<void> {
    if (!this.hasClimbed) {
      this.hasClimbed = true;
      const starts = [
        new Int32Array(placesOf(board.gridSide)),
        ...this.frontier.slice(0, STARTS).map((known) => known.program),
      ];
      for (const start of starts) yield* this.climb(board, start);
    }
    for (;;) {
      const next = this.frontier.find((known) => !known.isExpanded);
      if (!next) return;
      next.isExpanded = true;
      for (const cell of board.cells) {
        this.sweep(board, next.program, cell);
        yield;
      }
    }
  }

  /** Improves a program until no tower in any cell and no pair in a column is better. */
  private *climb(board: SceneBoard, start: Int32Array): Generator<void> {
    let present: Waiting = { program: start, worth: board.appraise(start) };
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const before = present.worth;
      for (const cell of board.cells) {
        present = better(present, this.sweep(board, present.program, cell));
        yield;
      }
      for (const [near, far] of columnPairs(board)) {
        let best = present;
        for (const tower of board.towers(present.program, near)) {
          best = better(best, this.sweep(board, withTower(present.program, near, tower), far));
          yield;
        }
        present = best;
      }
      if (present.worth <= before + 1e-9) return;
    }
  }

  /** Tries every tower in a cell; what may compete is queued, the best is returned. */
  private sweep(board: SceneBoard, program: Int32Array, cell: number): Waiting | null {
    let best: Waiting | null = null;
    board.sweep(program, cell, (tower, worth) => {
      if (worth <= this.best - WINDOW && worth <= (best?.worth ?? -Infinity)) return;
      const changed = withTower(program, cell, tower);
      if (!best || worth > best.worth) best = { program: changed, worth };
      this.queue(changed, worth);
    });
    return best;
  }

  private queue(program: Int32Array, worth: number): void {
    this.best = Math.max(this.best, worth);
    const key = program.join();
    if (worth <= this.best - WINDOW || this.queued.has(key)) return;
    this.queued.add(key);
    this.waiting.push({ program, worth });
    if (this.waiting.length < 4 * WAITING) return;
    this.waiting.sort((first, second) => second.worth - first.worth);
    this.waiting = this.waiting.slice(0, WAITING);
  }
}

const better = (first: Waiting, second: Waiting | null): Waiting =>
  second && second.worth > first.worth + 1e-9 ? second : first;

function withTower(program: Int32Array, cell: number, tower: Int32Array): Int32Array {
  const changed = program.slice();
  changed.set(tower, cell * MOST_LEVELS);
  return changed;
}

/** Pairs of cells, the nearer one first, of which one stands behind the other. */
function columnPairs({ cells, gridSide, canPair }: SceneBoard): readonly (readonly [number, number])[] {
  if (!canPair) return [];
  const ordered = Array.from(cells);
  return ordered.flatMap((near, i) =>
    ordered.slice(i + 1).flatMap((far) => (near % gridSide === far % gridSide ? [[near, far] as const] : [])),
  );
}
