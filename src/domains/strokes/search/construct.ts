// Programs written from the picture: token by token, with a beam. From where the pen is, draw any stroke of the bank, or
// move along any stroke with the pen up and then draw any; keep what explains most ink for its probability.

import { SIDE } from "../images";
import { NUM_TOKENS, packToken } from "../program";
import { placeOf } from "./inkPatches";
import { filledUp, type Pen } from "./pen";
import type { PenState } from "./penPrior";
import { CENTRE, Sketch } from "./sketch";
import type { Target } from "./target";

/** A program under construction. */
type Node = {
  readonly tokens: readonly number[];
  readonly column: number;
  readonly row: number;
  readonly state: PenState;
  readonly logPrior: number;
  readonly fit: number;
  readonly sketch: Sketch;
};

/** A stroke that may be drawn next, after none, one or two moves. */
type Option = {
  readonly node: Node;
  readonly moves: readonly number[];
  readonly stroke: number;
  readonly worth: number;
  readonly fit: number;
  /** Where the pen ends. */
  readonly column: number;
  readonly row: number;
};

/** Where moves lead. */
type Place = {
  readonly moves: readonly number[];
  readonly column: number;
  readonly row: number;
  readonly state: PenState;
  readonly logPrior: number;
};

/** Options of one node among those kept of a length: near-equals must not crowd out the rest. */
const SHARE = 3;
/** Pixels around the end of moves where some ink must be missing for them to be worth their price. */
const NEAR = 2;
/** A fit (nats) and a place (pixels) that are this close are the same. */
const SAME = 1e-3;

/** A program and its log p(z, x) as the search sees it. */
export type Constructed = { readonly program: Int32Array; readonly worth: number };

/** Programs being written. */
export type Writing = {
  /** Complete programs so far, unordered. */
  readonly found: Constructed[];
  /** Goes on until about `work` strokes have been tried. False once all is written. */
  goOn(work: number): boolean;
};

export type Request = {
  readonly pen: Pen;
  readonly target: Target;
  /** Tokens that the programs begin with. */
  readonly prefix: readonly number[];
  /** Programs of each length that are gone on with. */
  readonly width: number;
  /** Moves with the pen up before a stroke: 0 to 2. */
  readonly mostMoves: number;
};

/** Begins to write programs that start with the prefix and explain the target. */
export function construct(request: Request): Writing {
  const found: Constructed[] = [];
  const steps = writing(request, found);
  return {
    found,
    goOn: (work) => {
      for (let done = 0; done < work; ) {
        const next = steps.next();
        if (next.done) return false;
        done += next.value;
      }
      return true;
    },
  };
}

/** Yields the number of strokes tried after each program that was gone on with. */
function* writing(request: Request, found: Constructed[]): Generator<number, void> {
  const { pen, target, prefix } = request;
  const kept: Option[][] = Array.from({ length: NUM_TOKENS + 1 }, () => []);
  const root = nodeOf(pen, target, prefix);
  for (let length = prefix.length; length <= NUM_TOKENS; length++) {
    const options = length === prefix.length ? [null] : kept[length]!;
    for (const option of options) {
      const node = option ? follow(pen, target, option) : root;
      const { program, logPrior } = filledUp(pen, node.tokens, node.state);
      found.push({ program, worth: node.fit + node.logPrior + logPrior });
      yield pen.strokes * offerAll(request, node, kept);
    }
  }
}

function nodeOf(pen: Pen, target: Target, prefix: readonly number[]): Node {
  const sketch = new Sketch();
  sketch.clear(pen.patches);
  let node: Node = {
    tokens: [],
    column: CENTRE,
    row: CENTRE,
    state: pen.prior.first,
    logPrior: 0,
    fit: sketch.fit(target),
    sketch,
  };
  for (const token of prefix) node = step(pen, target, node, token);
  return node;
}

/** The node after one more token; its sketch is a new one where the pen is down. */
function step(pen: Pen, target: Target, node: Node, token: number): Node {
  const stroke = token >> 1;
  let { fit, sketch } = node;
  if ((token & 1) === 1) {
    const { column, row, phase } = placeOf(node.column, node.row);
    const patch = pen.patches.patch(stroke, phase);
    fit += sketch.gain(patch, column, row, target);
    const before = sketch;
    sketch = new Sketch();
    sketch.copy(before);
    sketch.lay(patch, column, row);
  }
  return {
    tokens: [...node.tokens, token],
    column: node.column + pen.moves.columns[stroke]!,
    row: node.row + pen.moves.rows[stroke]!,
    state: pen.prior.after(node.state, token),
    logPrior: node.logPrior + pen.prior.logToken(node.state, token),
    fit,
    sketch,
  };
}

function follow(pen: Pen, target: Target, { node, moves, stroke }: Option): Node {
  let moved = node;
  for (const move of moves) moved = step(pen, target, moved, packToken(move, false));
  return step(pen, target, moved, packToken(stroke, true));
}

/**
 * Offers every stroke from where the pen is, and from every place that a move leads to, or two where `mostMoves` allows.
 * @returns the places
 */
function offerAll(request: Request, node: Node, kept: Option[][]): number {
  const { pen, target, width, mostMoves } = request;
  const length = node.tokens.length;
  const left = NUM_TOKENS - length - 1;
  const wanted = missingNear(node.sketch, target);
  const isWanted = (column: number, row: number) => wanted[pixelAt(column, row)] === 1;
  const hasTwo = Math.min(left, mostMoves) >= 2;
  // Where moves lead and no ink is missing matters only as a way to somewhere else.
  const all = Math.min(left, mostMoves) >= 1 ? oneMove(pen, node, hasTwo ? () => true : isWanted) : [];
  const one = all.filter(({ column, row }) => isWanted(column, row));
  const two = hasTwo ? twoMoves(pen, all, isWanted) : [];
  // The first token is a move: the pen is up.
  const none: Place[] = length > 0 && left >= 0 ? [{ ...node, moves: [] }] : [];
  for (const [moves, places] of [none, one, two].entries()) {
    const own: Option[] = [];
    for (const place of places) offer(pen, target, node, place, own, Math.ceil(width / SHARE));
    for (const option of own) insert(kept[length + moves + 1]!, option, width);
  }
  return none.length + one.length + two.length;
}

type IsWanted = (column: number, row: number) => boolean;

function oneMove(pen: Pen, node: Node, isWanted: IsWanted): Place[] {
  const places: Place[] = [];
  for (let move = 0; move < pen.strokes; move++) {
    const column = node.column + pen.moves.columns[move]!;
    const row = node.row + pen.moves.rows[move]!;
    if (!isWanted(column, row)) continue;
    const token = packToken(move, false);
    const logPrior = node.logPrior + pen.prior.logToken(node.state, token);
    places.push({ moves: [move], column, row, state: pen.prior.after(node.state, token), logPrior });
  }
  return places;
}

/** The likeliest two moves to every pixel near which ink is missing; what comes next is guessed as after the first. */
function twoMoves(pen: Pen, one: readonly Place[], isWanted: IsWanted): Place[] {
  const best = new Map<number, Place>();
  for (const from of one) {
    for (let move = 0; move < pen.strokes; move++) {
      const column = from.column + pen.moves.columns[move]!;
      const row = from.row + pen.moves.rows[move]!;
      if (!isWanted(column, row)) continue;
      const pixel = pixelAt(column, row);
      const logPrior = from.logPrior + pen.prior.logToken(from.state, packToken(move, false));
      const known = best.get(pixel);
      if (known && logPrior <= known.logPrior) continue;
      best.set(pixel, { moves: [from.moves[0]!, move], column, row, state: from.state, logPrior });
    }
  }
  return [...best.values()];
}

/** The pixel nearest to a place, -1 outside the canvas. */
function pixelAt(column: number, row: number): number {
  const [c, r] = [Math.round(column), Math.round(row)];
  return c < 0 || c >= SIDE || r < 0 || r >= SIDE ? -1 : r * SIDE + c;
}

/** [SIDE^2] 1 for pixels with missing ink within NEAR pixels. */
function missingNear({ logit }: Sketch, { ink, weight }: Target): Uint8Array {
  const near = new Uint8Array(SIDE * SIDE);
  for (let i = 0; i < near.length; i++) {
    if (ink[i]! < 0.5 * weight[i]! || logit[i]! > 0) continue;
    const [row, column] = [Math.floor(i / SIDE), i % SIDE];
    for (let r = Math.max(0, row - NEAR); r <= Math.min(SIDE - 1, row + NEAR); r++) {
      near.fill(1, r * SIDE + Math.max(0, column - NEAR), r * SIDE + Math.min(SIDE, column + NEAR + 1));
    }
  }
  return near;
}

/** Strokes from one place. */
function offer(pen: Pen, target: Target, node: Node, from: Place, own: Option[], most: number): void {
  const { patches, moves, prior } = pen;
  const place = placeOf(from.column, from.row);
  for (let stroke = 0; stroke < pen.strokes; stroke++) {
    const known = node.fit + from.logPrior + prior.logToken(from.state, packToken(stroke, true));
    const gain = node.sketch.gain(patches.patch(stroke, place.phase), place.column, place.row, target);
    if (gain <= 0 || (own.length === most && known + gain <= own[most - 1]!.worth)) continue;
    const end = { column: from.column + moves.columns[stroke]!, row: from.row + moves.rows[stroke]! };
    insert(own, { node, moves: from.moves, stroke, worth: known + gain, fit: node.fit + gain, ...end }, most);
  }
}

/** Keeps the best `most`, best first, one of those that look alike and end alike; earlier ones win ties. */
function insert(list: Option[], option: Option, most: number): void {
  if (list.length === most && option.worth <= list[most - 1]!.worth) return;
  const twin = list.findIndex((other) => isAlike(other, option));
  if (twin >= 0 && list[twin]!.worth >= option.worth) return;
  if (twin >= 0) list.splice(twin, 1);
  let place = list.length;
  while (place > 0 && list[place - 1]!.worth < option.worth) place--;
  list.splice(place, 0, option);
  if (list.length > most) list.pop();
}

function isAlike(first: Option, second: Option): boolean {
  return (
    Math.abs(first.fit - second.fit) < SAME &&
    Math.abs(first.column - second.column) < SAME &&
    Math.abs(first.row - second.row) < SAME
  );
}
