// A search near good programs of one observation, by asking and telling: the engine asks for candidates, scores them
// exactly, and tells what came of them and of the network's proposals. A domain that knows small changes of its
// programs, or guesses from the data, implements it; it has no part in the learning algorithms and their comparisons.

/** A program with its scores, nats. */
export type ScoredProgram = {
  /** [L] */
  readonly program: Int32Array;
  readonly logPrior: number;
  readonly logLikelihood: number;
};

/** Deterministic: the same asking and telling gives the same candidates. */
export interface LocalSearch {
  /** Awaited once before the first asking: reads what it needs of the model's parameters, which a search does not move. */
  prepare?(): Promise<void>;
  /** Takes note of programs that have been scored, wherever they came from; -Infinity where one cannot make the data. */
  tell(scored: readonly ScoredProgram[]): void;
  /** Up to `count` programs [L] that were neither told nor given before, the most promising first; none when it is out of ideas. */
  ask(count: number): readonly Int32Array[];
}
