// Invented alphabets: each has a small stock of pen strokes, and its characters are one to four of them put together.
// Characters of one alphabet must look different from each other. Everything is drawn from one stream of numbers.

import type { Rng } from "../../../engine/rng/rng";
import { type Arc, boxOf, chain, inkOf, type Point, pathLength, pointAlong } from "./penPath";

/** Where a stroke of a character begins: at a point of an earlier stroke, or at a distance from it. */
export type Joint = { readonly to: number; readonly at: number; readonly shift: Point };

/** A stroke of a character: which one of the alphabet's stock, how large, and where. */
export type Part = { readonly stroke: readonly Arc[]; readonly scale: number; readonly joint: Joint };

export type Character = { readonly parts: readonly Part[] };

export type Alphabet = { readonly name: string; readonly characters: readonly Character[] };

const QUARTER = Math.PI / 2;
/** Characters of an alphabet. */
const [FEWEST, MOST] = [10, 20];
/** Pen strokes of an alphabet's stock. */
const STOCK = 8;
/** Share of the ink of two blurred characters that may coincide. */
const MOST_ALIKE = 0.72;
/** Length of a character's line, in longer sides of its box, and the share of it that may run over earlier strokes. */
const [SHORTEST, LONGEST] = [1.9, 5];
const MOST_OVERLAP = 0.2;
/** Side of the raster on which characters are compared. */
const LOOK_SIDE = 20;
/** Draws after which a character is taken even if it looks like another one. */
const MOST_DRAWS = 200;

/** Alphabet number `index` (from 0) of a stream, the same however many are wanted. */
export function makeAlphabet(rng: Rng, index: number): Alphabet {
  const own = rng.fork(index);
  const stock = makeStock(own.fork("stock"));
  const wanted = FEWEST + own.fork("size").int(MOST - FEWEST + 1);
  const characters: Character[] = [];
  const looks: Float64Array[] = [];
  const drawing = own.fork("characters");
  for (let c = 0; c < wanted; c++) {
    for (let draw = 0; ; draw++) {
      const character = makeCharacter(drawing.fork(c).fork(draw), stock);
      if (!isWellShaped(character)) continue;
      const look = lookOf(character);
      if (draw < MOST_DRAWS && looks.some((other) => likeness(look, other) > MOST_ALIKE)) continue;
      characters.push(character);
      looks.push(look);
      break;
    }
  }
  return { name: `Alphabet ${index + 1}`, characters };
}

/** The stock of an alphabet: straight, bent and hooked strokes in the mixture that is its style. */
function makeStock(rng: Rng): readonly (readonly Arc[])[] {
  const roundness = rng.uniform();
  const turn = (rng.uniform() - 0.5) * 0.3;
  return Array.from({ length: STOCK }, (_, i) => makeStroke(rng.fork(i), i, roundness, turn));
}

/** Every stock has a line down, a line across and a bow or a ring; the others are free. */
function makeStroke(rng: Rng, index: number, roundness: number, turn: number): readonly Arc[] {
  if (index === 0) return [{ angle: QUARTER + turn, length: 1, bend: 0 }];
  if (index === 1) return [{ angle: turn / 2, length: 0.8, bend: 0.12 * (rng.uniform() - 0.5) }];
  if (index === 2) return roundness > 0.35 ? ring(rng) : bow(rng);
  const kind = rng.categorical([1, 1 + roundness, 1.2, 1.6 * roundness, 0.25]);
  if (kind === 0)
    return [{ angle: (rng.int(7) - 1) * (QUARTER / 2) + turn, length: 0.5 + 0.6 * rng.uniform(), bend: 0 }];
  if (kind === 1) return bow(rng);
  if (kind === 2) return zigzag(rng, roundness);
  if (kind === 3) return hook(rng);
  return [{ angle: QUARTER, length: 0.06, bend: 0 }];
}

function bow(rng: Rng): readonly Arc[] {
  const side = rng.uniform() < 0.5 ? -1 : 1;
  const angle = (rng.int(5) - 1) * (QUARTER / 2);
  return [{ angle, length: 0.6 + 0.4 * rng.uniform(), bend: side * (0.6 + 0.8 * rng.uniform()) }];
}

/** A closed or nearly closed curve in two bows. */
function ring(rng: Rng): readonly Arc[] {
  const side = rng.uniform() < 0.7 ? -1 : 1;
  const [angle, length] = [QUARTER, 0.5 + 0.3 * rng.uniform()];
  const close = 0.8 + 0.25 * rng.uniform();
  return [
    { angle, length, bend: side * 1.45 },
    { angle: angle + Math.PI, length: close * length, bend: side * 1.4 },
  ];
}

function zigzag(rng: Rng, roundness: number): readonly Arc[] {
  const pieces = 2 + rng.int(2);
  let angle = (rng.int(5) - 1) * (QUARTER / 2);
  let side = rng.uniform() < 0.5 ? -1 : 1;
  const arcs: Arc[] = [];
  for (let p = 0; p < pieces; p++) {
    const bend = rng.uniform() < roundness ? 0.35 * (rng.uniform() - 0.5) : 0;
    arcs.push({ angle, length: (p === 0 ? 0.7 : 0.45) + 0.3 * rng.uniform(), bend });
    angle += side * (1.2 + 0.9 * rng.uniform());
    if (rng.uniform() < 0.6) side = -side;
  }
  return arcs;
}

/** A line that ends in a bow. */
function hook(rng: Rng): readonly Arc[] {
  const side = rng.uniform() < 0.5 ? -1 : 1;
  const angle = rng.int(3) * (QUARTER / 2) + QUARTER / 2;
  const line: Arc = { angle, length: 0.5 + 0.4 * rng.uniform(), bend: 0 };
  const bend = side * (0.9 + 0.4 * rng.uniform());
  const end: Arc = { angle: angle + bend, length: 0.3 + 0.25 * rng.uniform(), bend };
  return rng.uniform() < 0.6 ? [line, end] : [{ ...end, angle: angle - bend }, line];
}

function makeCharacter(rng: Rng, stock: readonly (readonly Arc[])[]): Character {
  const numParts = 1 + rng.categorical([0.15, 0.4, 0.32, 0.13]);
  const parts: Part[] = [];
  for (let p = 0; p < numParts; p++) {
    const stroke = stock[rng.int(stock.length)]!;
    const scale = p === 0 ? 1 : 0.5 + 0.5 * rng.uniform();
    parts.push({ stroke, scale, joint: p === 0 ? { to: -1, at: 0, shift: { x: 0, y: 0 } } : makeJoint(rng, p, scale) });
  }
  return { parts };
}

/** Strokes begin at an end of an earlier one, on it, or beside it. */
function makeJoint(rng: Rng, part: number, scale: number): Joint {
  const to = rng.int(part);
  const kind = rng.categorical([1, 0.8, 1, 0.8]);
  if (kind === 0) return { to, at: 0, shift: { x: 0, y: 0 } };
  if (kind === 1) return { to, at: 1, shift: { x: 0, y: 0 } };
  const at = 0.15 + 0.7 * rng.uniform();
  if (kind === 2) return { to, at, shift: { x: 0, y: 0 } };
  return { to, at, shift: { x: (rng.uniform() - 0.6) * 0.7 * scale, y: (rng.uniform() - 0.6) * 0.5 * scale } };
}

/** The paths of a character as designed: no one's hand, size as it comes. */
function plainPaths({ parts }: Character): readonly (readonly Point[])[] {
  const paths: (readonly Point[])[] = [];
  for (const { stroke, scale, joint } of parts) {
    const from = joint.to < 0 ? { x: 0, y: 0 } : pointAlong(paths[joint.to]!, joint.at);
    const start = { x: from.x + joint.shift.x, y: from.y + joint.shift.y };
    paths.push(
      chain(
        start,
        stroke.map((arc) => ({ ...arc, length: arc.length * scale })),
      ),
    );
  }
  return paths;
}

/** Neither a needle nor a dot nor a scribble: proportions and length of line as people's characters have them. */
function isWellShaped(character: Character): boolean {
  const paths = plainPaths(character);
  const { width, height } = boxOf(paths);
  const large = Math.max(width, height);
  if (Math.min(width, height) < 0.35 * large) return false;
  const length = paths.reduce((sum, points) => sum + pathLength(points), 0) / large;
  return length > SHORTEST && length < LONGEST && overlap(inBox(character)) < MOST_OVERLAP;
}

/** Share of the ink that would be drawn twice: strokes along other strokes. */
function overlap(paths: readonly (readonly Point[])[]): number {
  const inks = paths.map((points) => inkOf([points], 0.045, LOOK_SIDE));
  let [drawn, covered] = [0, 0];
  for (let i = 0; i < LOOK_SIDE * LOOK_SIDE; i++) {
    const here = inks.reduce((sum, ink) => sum + ink[i]!, 0);
    drawn += here;
    covered += Math.min(1, here);
  }
  return 1 - covered / drawn;
}

/** The character's plain paths, brought to the middle of the paper. */
function inBox(character: Character): readonly (readonly Point[])[] {
  const paths = plainPaths(character);
  const { left, top, width, height } = boxOf(paths);
  const scale = 0.8 / Math.max(width, height);
  return paths.map((points) =>
    points.map(({ x, y }) => ({
      x: 0.5 + (x - left - width / 2) * scale,
      y: 0.5 + (y - top - height / 2) * scale,
    })),
  );
}

/** A coarse blurred picture of the character in its own box. */
function lookOf(character: Character): Float64Array {
  return blur(Float64Array.from(inkOf(inBox(character), 0.05, LOOK_SIDE)), LOOK_SIDE);
}

/** Each cell becomes the mean of the 3 x 3 cells around it. */
function blur(values: Float64Array, side: number): Float64Array {
  return values.map((_, i) => {
    const [row, column] = [Math.floor(i / side), i % side];
    let sum = 0;
    for (let r = Math.max(0, row - 1); r <= Math.min(side - 1, row + 1); r++) {
      for (let c = Math.max(0, column - 1); c <= Math.min(side - 1, column + 1); c++) sum += values[r * side + c]!;
    }
    return sum / 9;
  });
}

/** Cosine of two pictures: 1 for equal ones. */
function likeness(a: Float64Array, b: Float64Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return ab / Math.sqrt(aa * bb);
}
