// Random numbers that belong to a lane and a place in it: the same whatever else is drawn, in any order and any chunks.

import { pcg4d, type Rng } from "../../engine/rng/rng";

const TWO_TO_MINUS_32 = 2 ** -32;

/** Numbers of lane n at place i: each pair always has the same one. */
export interface LaneNoise {
  /** Uniform on [0, 1). */
  uniform(lane: number, place: number): number;
  /** Standard normal. Shares its words with `uniform`: a lane uses one kind. */
  normal(lane: number, place: number): number;
}

/** Places of a lane; a lane's numbers would meet the next one's beyond. */
const MOST_PLACES = 128;

/** Noise of a stream: follows from the run's seed and the stream's name. */
export function streamNoise({ seed, streamA, streamB }: Rng): LaneNoise {
  return new WordNoise((lane, place, out) => pcg4d(seed, streamA, streamB, lane * MOST_PLACES + place, out));
}

/**
 * Noise that belongs to what a lane is about and to nothing else, so that a question always has the same answer.
 *
 * @param first,second [N] two numbers that name what lane n is about
 */
export function fixedNoise(first: ArrayLike<number>, second: ArrayLike<number>): LaneNoise {
  return new WordNoise((lane, place, out) => pcg4d(first[lane]!, second[lane]!, 0x7e51e5, place, out));
}

class WordNoise implements LaneNoise {
  private readonly words = new Uint32Array(4);

  constructor(private readonly draw: (lane: number, place: number, out: Uint32Array) => void) {}

  uniform(lane: number, place: number): number {
    this.draw(lane, place, this.words);
    return this.words[0]! * TWO_TO_MINUS_32;
  }

  /** Box-Muller. */
  normal(lane: number, place: number): number {
    this.draw(lane, place, this.words);
    const radius = Math.sqrt(-2 * Math.log((this.words[0]! + 0.5) * TWO_TO_MINUS_32));
    return radius * Math.cos(2 * Math.PI * this.words[1]! * TWO_TO_MINUS_32);
  }
}
