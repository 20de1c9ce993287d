// Splits large batches over scoring lanes; this thread takes a share too. Small batches, and everything until the lanes
// have started or where there are none, are scored here. The numbers do not depend on any of that.

import type { EncodedStrings } from "../evaluator";
import { createEvaluator, type StringsEvaluator } from "./createEvaluator";
import type { Lane, LaneAnswer, ScoreBatch, StartLane } from "./laneMessages";
import { numPairs, scoreSlice, sliceBatch } from "./scoreBatch";

/** Most lanes beside this thread. */
const MOST_LANES = 3;
/**
 * Pairs below which a batch stays in this thread. Measured with one lane on two cores: 0.5 to 0.7 times as fast at 200 to
 * 20,000 pairs, 1.3 to 1.6 at 50,000, up to 2 at 100,000. Training steps have 2,500 pairs, an evaluation up to 5,000 at a time.
 */
export const LANE_PAIRS = 50_000;

type Seat = {
  readonly lane: Lane;
  isReady: boolean;
  /** Sets of strings that the lane has. */
  readonly sets: Set<number>;
  /** Takes the awaited answer, or null when the lane has failed. */
  take: ((logProb: Float64Array | null) => void) | null;
};

export class ScoringPool {
  private readonly evaluator: StringsEvaluator = createEvaluator();
  private readonly start: StartLane;
  private readonly numLanes: number;
  readonly leastPairs: number;
  private seats: Seat[] = [];
  private isStarted = false;
  private readonly setIds = new WeakMap<EncodedStrings, number>();
  private numSets = 0;
  private queue: Promise<unknown> = Promise.resolve();

  /** @param numLanes lanes beside this thread, at most three are started */
  constructor(start: StartLane, numLanes: number, leastPairs = LANE_PAIRS) {
    this.start = start;
    this.numLanes = Math.max(0, Math.min(MOST_LANES, numLanes));
    this.leastPairs = leastPairs;
  }

  /** Lanes that have started and not failed. */
  get numReady(): number {
    return this.seats.filter((seat) => seat.isReady).length;
  }

  /**
   * log p(strings | program) of every program of the batch under `logits`, nats: [N]. Calls are served in turn.
   * `strings` are sent to a lane once and must not change.
   */
  score(strings: EncodedStrings, batch: ScoreBatch, logits: Float64Array): Promise<Float64Array> {
    const result = this.queue.then(() => this.scoreNow(strings, batch, logits));
    this.queue = result.catch(() => undefined);
    return result;
  }

  /** Ends the lanes; what comes after is scored in this thread. */
  dispose(): void {
    this.isStarted = true;
    for (const seat of [...this.seats]) this.leave(seat);
  }

  private async scoreNow(strings: EncodedStrings, batch: ScoreBatch, logits: Float64Array): Promise<Float64Array> {
    const count = batch.from.length;
    const out = new Float64Array(count);
    this.evaluator.setLogits(logits);
    const isLarge = numPairs(batch) >= this.leastPairs;
    if (isLarge) this.startLanes();
    const seats = isLarge ? this.seats.filter((seat) => seat.isReady) : [];
    const share = Math.ceil(count / (seats.length + 1));
    const shares = seats.map((seat, i) => {
      const first = Math.min(count, (i + 1) * share);
      const last = Math.min(count, first + share);
      return { first, last, answer: this.ask(seat, strings, sliceBatch(batch, first, last), logits) };
    });
    try {
      scoreSlice(this.evaluator, strings, batch, { first: 0, last: Math.min(share, count) }, out);
    } finally {
      // Whatever happens here: the next batch must not find an answer to this one.
      await Promise.all(shares.map(({ answer }) => answer));
    }
    for (const { first, last, answer } of shares) {
      const logProb = await answer;
      if (logProb) out.set(logProb, first);
      else scoreSlice(this.evaluator, strings, batch, { first, last }, out);
    }
    return out;
  }

  private ask(seat: Seat, strings: EncodedStrings, batch: ScoreBatch, logits: Float64Array) {
    return new Promise<Float64Array | null>((resolve) => {
      seat.take = resolve;
      seat.lane.hold(true);
      const set = this.setIds.get(strings) ?? this.numSets++;
      this.setIds.set(strings, set);
      const { symbols, offsets } = strings;
      if (!seat.sets.has(set)) seat.lane.post({ kind: "strings", set, symbols, offsets });
      seat.sets.add(set);
      seat.lane.post({ kind: "score", set, logits, batch });
    });
  }

  private startLanes(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    for (let i = 0; i < this.numLanes; i++) {
      const holder: { seat?: Seat } = {};
      const lane = this.start({
        onAnswer: (answer) => holder.seat && receive(holder.seat, answer),
        onFailure: () => holder.seat && this.leave(holder.seat),
      });
      if (!lane) return;
      holder.seat = { lane, isReady: false, sets: new Set(), take: null };
      this.seats.push(holder.seat);
    }
  }

  /** A lane that failed or is no longer needed; whoever waits for it does the work here. */
  private leave(seat: Seat): void {
    if (!this.seats.includes(seat)) return;
    this.seats = this.seats.filter((other) => other !== seat);
    seat.isReady = false;
    seat.lane.terminate();
    seat.take?.(null);
    seat.take = null;
  }
}

function receive(seat: Seat, answer: LaneAnswer): void {
  if (answer.kind === "ready") {
    seat.isReady = true;
    return;
  }
  seat.lane.hold(false);
  seat.take?.(answer.logProb);
  seat.take = null;
}
