// log p(x | z_d) of strings: the numbers z_c integrated out by importance sampling from a mixture of q(z_c | z_d, x) and
// bells around the summits of p(z_c, x | z_d), each draw weighed with the density of the whole mixture (the balance
// heuristic; Veach and Guibas 1995). The bells depend on string and series only, not on the draws, so that the estimate of
// p(x | z_d) is unbiased. A network's bell is far wider than what a long series says about a period; a summit's is not.

import { logSumExp } from "../../../engine/dists/logs";
import { type Batch, emptyPrograms, type Programs } from "../../../engine/model";
import { yieldToEvents } from "../../../engine/run/yielding";
import { startsOf } from "../fitting/starts";
import type { GenerativeModel } from "../generative";
import { distinctStrings } from "../lanes";
import type { SeriesSet } from "../observations";
import { CONTINUOUS_LENGTH, MOST_SYMBOLS } from "../program";
import type { Recogniser } from "../recognition";
import { climb, type Summit, usedSlots } from "./climb";
import { noiseOf } from "./fixedNoise";
import { Objective, type Point } from "./objective";
import { type Bell, drawBell, logBell } from "./studentT";

/** Draws from q, and from the bells together. */
const NETWORK_DRAWS = 6;
const BELL_DRAWS = 12;
const NUM_DRAWS = NETWORK_DRAWS + BELL_DRAWS;
/** Starts that are climbed from, of all that are looked at; summits so much lower than the best one do not count, nats. */
const CLIMBED = 2;
const SUMMITS = 2;
const LOW = 12;
/** Strings between two turns of the event loop. */
const PIECE = 12;
const SALT = 0x51ed270b;

type Parts = { readonly generative: GenerativeModel; readonly recogniser: Recogniser };
/** Strings of a batch, [R, B]; some places are empty. */
type Piece = { readonly batch: Batch<SeriesSet>; readonly programs: Programs; readonly present: Uint8Array };

/** [K, B] log p(x | z_d), nats, length penalty included; the same for the same string and series. */
export async function integrate(parts: Parts, batch: Batch<SeriesSet>, programs: Programs): Promise<Float64Array> {
  const pairs = distinctStrings(programs, true);
  const result = new Float64Array(pairs.groups.length);
  for (let from = 0; from < result.length; from += PIECE) {
    const count = Math.min(PIECE, result.length - from);
    const { piece, places } = pieceOf(batch, pairs.tokens, pairs.groups, from, count);
    const logLikelihood = await integratePiece(parts, piece);
    for (let n = 0; n < count; n++) result[from + n] = logLikelihood[places[n]!]!;
    await yieldToEvents();
  }
  return Float64Array.from(pairs.index, (pair) => result[pair]!);
}

/** The strings `from` and on as a block; `places` says where each stands. */
function pieceOf(batch: Batch<SeriesSet>, tokens: Int32Array, rows: Int32Array, from: number, count: number) {
  const batchSize = batch.ids.length;
  const filled = new Int32Array(batchSize);
  const places = Array.from({ length: count }, (_, n) => {
    const row = rows[from + n]!;
    const place = filled[row]! * batchSize + row;
    filled[row] = filled[row]! + 1;
    return place;
  });
  const programs = emptyPrograms(Math.max(...filled), batchSize, MOST_SYMBOLS);
  const present = new Uint8Array(programs.values.length / MOST_SYMBOLS);
  for (const [n, place] of places.entries()) {
    const at = (from + n) * MOST_SYMBOLS;
    programs.values.set(tokens.subarray(at, at + MOST_SYMBOLS), place * MOST_SYMBOLS);
    present[place] = 1;
  }
  return { piece: { batch, programs, present }, places };
}

async function integratePiece(parts: Parts, piece: Piece): Promise<Float64Array> {
  const { batch, programs, present } = piece;
  const places = present.length;
  const draws = repeat(programs, NUM_DRAWS);
  const isDrawn = Uint8Array.from({ length: NUM_DRAWS * places }, (_, i) => present[i % places]!);
  const noise = noiseOf(batch, draws, NUM_DRAWS, SALT);
  const isNetwork = (i: number) => i < NETWORK_DRAWS * places && isDrawn[i] === 1;
  const fromNetwork = await parts.recogniser.drawParameters(batch, draws, noise, isNetwork);
  const continuous = fromNetwork.programs.continuous!;
  const bells = await bellsOf(parts, piece);
  for (let i = NETWORK_DRAWS * places; i < isDrawn.length; i++) {
    const own = bells[i % places]!;
    if (own.length === 0) {
      isDrawn[i] = 0; // no bell: the draws of q stand alone
      continue;
    }
    const { bell, slots } = own[Math.floor(i / places) % own.length]!;
    const drawn = drawBell(bell, noise, i);
    for (const [j, slot] of slots.entries()) continuous[i * CONTINUOUS_LENGTH + slot] = drawn[j]!;
  }
  const whole = { ...draws, continuous };
  const scores = await parts.generative.score(batch, whole, isDrawn);
  const logQ = await parts.recogniser.logQContinuous(batch, whole, (i) => isDrawn[i] === 1);
  const logWeight = new Float64Array(isDrawn.length).fill(Number.NEGATIVE_INFINITY);
  let lane = 0;
  for (let i = 0; i < isDrawn.length; i++) {
    if (isDrawn[i] === 0) continue;
    const raw = continuous.subarray(i * CONTINUOUS_LENGTH, (i + 1) * CONTINUOUS_LENGTH);
    const discrete = scores.logPriorDiscrete![i]!;
    const logPrior = discrete === Number.NEGATIVE_INFINITY ? 0 : scores.logPrior[i]! - discrete;
    logWeight[i] = logPrior + scores.logLikelihood[i]! - logMixture(logQ[lane++]!, bells[i % places]!, raw);
  }
  return Float64Array.from({ length: places }, (_, n) => logSumExp(logWeight, n, NUM_DRAWS, places));
}

type Component = { readonly bell: Bell; readonly slots: readonly number[] };

/** log of the sum over components of their draws times their density at the raw numbers. */
function logMixture(logQ: number, bells: readonly Component[], raw: Float64Array): number {
  const logs = [Math.log(NETWORK_DRAWS) + logQ];
  for (const { bell, slots } of bells) {
    const at = slots.map((slot) => raw[slot]!);
    logs.push(Math.log(BELL_DRAWS / bells.length) + logBell(bell, at));
  }
  return logSumExp(logs);
}

/** Up to SUMMITS bells for each place. */
async function bellsOf({ generative, recogniser }: Parts, piece: Piece): Promise<Component[][]> {
  const { batch, programs, present } = piece;
  const objective = new Objective(generative, batch);
  const none = { uniform: () => 0, normal: () => 0 };
  const centre = await recogniser.drawParameters(batch, programs, none, (i) => present[i] === 1);
  const strings = distinctStrings(programs, true, (i) => present[i] === 1);
  const found: Component[][] = Array.from(present, () => []);
  const looked = strings.expressions.map((expression, n) => {
    const place = strings.index.indexOf(n);
    const from = place * CONTINUOUS_LENGTH;
    const guess = centre.programs.continuous!.subarray(from, from + CONTINUOUS_LENGTH);
    return { place, points: startPoints(expression, strings.groups[n]!, guess, generative) };
  });
  const all = looked.flatMap(({ points }) => points);
  if (all.length === 0) return found;
  const heights = await objective.logLikelihood(all);
  let from = 0;
  const chosen = looked.map(({ place, points }) => {
    const own = heights.subarray(from, from + points.length);
    from += points.length;
    return { place, starts: bestStarts(points, own) };
  });
  const summits = await climb(
    objective,
    chosen.flatMap(({ starts }) => starts),
  );
  let next = 0;
  for (const { place, starts } of chosen) {
    found[place] = differentSummits(summits.slice(next, next + starts.length));
    next += starts.length;
  }
  return found;
}

/** The grid of starts, and what q thinks likeliest; none for a string that is no expression. */
function startPoints(
  expression: Point["expression"],
  row: number,
  guess: Float64Array,
  { scheme }: GenerativeModel,
): Point[] {
  if (!expression.isWellFormed) return [];
  return [guess.slice(), ...startsOf(expression.atoms, scheme)].map((raw) => ({ expression, row, raw }));
}

/** The best starts, one for each neighbourhood. */
function bestStarts(points: readonly Point[], heights: Float64Array): Point[] {
  const order = [...points.keys()].filter((n) => Number.isFinite(heights[n]!));
  order.sort((a, b) => heights[b]! - heights[a]! || a - b);
  const kept: Point[] = [];
  for (const n of order) {
    if (kept.length === CLIMBED) break;
    if (kept.every(({ raw }) => raw.some((value, i) => Math.abs(value - points[n]!.raw[i]!) > 1)))
      kept.push(points[n]!);
  }
  return kept;
}

/** The highest summits that are not the same and not too low. */
function differentSummits(summits: readonly (Summit | null)[]): Component[] {
  const reached = summits.filter((summit) => summit !== null).sort((a, b) => b.value - a.value);
  const kept: Component[] = [];
  for (const { point, value, bell } of reached) {
    if (kept.length === SUMMITS || value < reached[0]!.value - LOW) break;
    if (kept.every((other) => isElsewhere(other.bell, bell))) kept.push({ bell, slots: usedSlots(point.expression) });
  }
  return kept;
}

/** True if the second centre is far from the first in the first one's own deviations. */
function isElsewhere({ centre, precisions, directions }: Bell, other: Bell): boolean {
  const d = centre.length;
  let distance = 0;
  for (let j = 0; j < d; j++) {
    let along = 0;
    for (let i = 0; i < d; i++) along += directions[i * d + j]! * (other.centre[i]! - centre[i]!);
    distance += along * along * precisions[j]!;
  }
  return distance > 2 * d;
}

/** Discrete parts [N, B] repeated: [times * N, B]. */
function repeat(programs: Programs, times: number): Programs {
  const { numParticles, batchSize, length, values } = programs;
  const repeated = emptyPrograms(times * numParticles, batchSize, length);
  for (let k = 0; k < times; k++) repeated.values.set(values, k * values.length);
  return repeated;
}
