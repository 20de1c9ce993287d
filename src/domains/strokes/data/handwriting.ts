// The built-in data: handwritten characters of invented alphabets, from a seed. Drawing i depends on the seed and on the
// number of alphabets, never on how many drawings are wanted. Training and held-out drawings are by different people.

import { Rng } from "../../../engine/rng/rng";
import { type ImageSet, NUM_ALPHABETS, SIDE } from "../images";
import { type Alphabet, makeAlphabet } from "./alphabet";
import { type Drawing, draw, makeDrawer } from "./drawer";
import { inkOf } from "./penPath";
import { AreaAverage, bitsFrom, DEFAULT_THRESHOLD } from "./reduce";

/** Side of the drawings before they are reduced, as in Omniglot. */
export const DRAWING_SIDE = 105;

export type HandwritingOptions = {
  readonly seed: number;
  /** Drawings. */
  readonly count: number;
  /** "heldOut" drawings are of the same characters by other people. */
  readonly split: "train" | "heldOut";
  /** 1 to 50, default 10. */
  readonly alphabets?: number;
};

/** A drawing, and whose it is. */
export type Specimen = Drawing & {
  readonly alphabet: number;
  readonly character: number;
  readonly drawer: number;
};

/** Number of the first held-out drawer; training drawers are numbered from 0. */
export const HELD_OUT_DRAWERS = 1000;
/** People of each split. */
const DRAWERS = 40;
const DEFAULT_ALPHABETS = 10;

/** The invented alphabets of a seed. */
export function makeAlphabets(seed: number, count: number): readonly Alphabet[] {
  const rng = new Rng(seed).fork("alphabets");
  return Array.from({ length: Math.min(count, NUM_ALPHABETS) }, (_, index) => makeAlphabet(rng, index));
}

/**
 * Drawings one after another: alphabets take turns, each goes through its characters, and every character comes again by
 * another person.
 */
export function* specimens(options: HandwritingOptions, alphabets: readonly Alphabet[]): Generator<Specimen> {
  const rng = new Rng(options.seed);
  const people = rng.fork("drawers");
  const hands = rng.fork("drawings");
  const first = options.split === "train" ? 0 : HELD_OUT_DRAWERS;
  for (let i = 0; i < options.count; i++) {
    const alphabet = i % alphabets.length;
    const turn = Math.floor(i / alphabets.length);
    const { characters } = alphabets[alphabet]!;
    const character = turn % characters.length;
    const round = Math.floor(turn / characters.length);
    const drawer = first + ((round + 7 * character + 3 * alphabet) % DRAWERS);
    const hand = hands
      .fork(alphabet)
      .fork(character)
      .fork(drawer)
      .fork(Math.floor(round / DRAWERS));
    const drawing = draw(characters[character]!, makeDrawer(people, drawer), hand);
    yield { ...drawing, alphabet, character, drawer };
  }
}

/** A specimen as bits at 105 x 105 (or another side), as it would come from a file. */
export function drawnAt({ paths, radius }: Drawing, side = DRAWING_SIDE): Uint8Array {
  return inkOf(paths, radius, side);
}

/**
 * The first `count` drawings of a split, 28 x 28: the same strokes at 105 x 105, reduced as Omniglot's are.
 * About 0.2 ms a drawing.
 */
export function makeHandwriting(options: HandwritingOptions): ImageSet {
  const alphabets = makeAlphabets(options.seed, options.alphabets ?? DEFAULT_ALPHABETS);
  const pixels = new Uint8Array(options.count * SIDE * SIDE);
  const [owner, characters, drawers] = [0, 1, 2].map(() => new Int32Array(options.count)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ]; // three of them
  const average = new AreaAverage(DRAWING_SIDE, DRAWING_SIDE, SIDE);
  let row = 0;
  for (const specimen of specimens(options, alphabets)) {
    pixels.set(bitsFrom(average.of(drawnAt(specimen)), DEFAULT_THRESHOLD), row * SIDE * SIDE);
    owner[row] = specimen.alphabet;
    characters[row] = specimen.character;
    drawers[row++] = specimen.drawer;
  }
  const alphabetNames = alphabets.map(({ name }) => name);
  return { name: "handwriting", pixels, alphabets: owner, alphabetNames, characters, drawers };
}
