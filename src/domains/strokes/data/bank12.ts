// Pictures from a hidden bank of twelve strokes, made by the very family of models that is to learn them: the test of
// whether a bank can be found again. Program and picture i depend on the seed and on i, never on how many are wanted.
// Source: MWS specification, sections 3.3 (renderer), 3.6 and 3.8 (ii).

import { arcOf, canvasProbabilities, startPoints } from "../../../engine/kernels/strokes/arcs";
import type { StrokeBank } from "../../../engine/kernels/strokes/renderer";
import { Rng } from "../../../engine/rng/rng";
import { type ImageSet, SIDE } from "../images";
import { NUM_TOKENS, packToken } from "../program";

export type Bank12Options = { readonly seed: number; readonly count: number; readonly split: "train" | "heldOut" };

/** Pictures, the programs that made them, and the bank behind both. */
export type Bank12Data = {
  readonly set: ImageSet;
  /** [count, NUM_TOKENS] packed, canonical. */
  readonly programs: Int32Array;
  readonly bank: StrokeBank;
};

/**
 * Direction of the chord in degrees (y up), length in canvas sides, half the turning angle in radians. Lengths are among
 * those that a fresh bank begins with (3.2), so that what is tested is finding them, not growing them.
 */
const STROKES: readonly (readonly [degrees: number, length: number, theta: number])[] = [
  [0, 0.23, 0],
  [270, 0.26, 0],
  [315, 0.22, 0],
  [60, 0.25, 0],
  [180, 0.15, 0],
  [270, 0.22, 0.9],
  [270, 0.22, -0.9],
  [0, 0.22, 1],
  [180, 0.2, 1.1],
  [120, 0.19, -0.6],
  [225, 0.22, 0.5],
  [45, 0.15, -1.2],
];
const SHARPNESS = 28;
const WIDTH = 0.018;
/** Ink has probability sigmoid(scale + bias) = 0.982, paper sigmoid(bias) = 0.007. */
const [SCALE, BIAS] = [9, -5];
/** The pen stays this far from the edges. */
const MARGIN = 0.08;
const P_DOWN = 0.52;
/** A program has at least this many tokens with the pen down. */
const FEWEST_DOWN = 3;

/** The twelve hidden strokes. */
export function hiddenBank(): StrokeBank {
  const of = (value: (stroke: (typeof STROKES)[number]) => number) => Float64Array.from(STROKES, value);
  return {
    dx: of(([degrees, length]) => length * Math.cos((degrees * Math.PI) / 180)),
    dy: of(([degrees, length]) => length * Math.sin((degrees * Math.PI) / 180)),
    theta: of(([, , theta]) => theta),
    sharpness: of(() => SHARPNESS),
    width: of(() => WIDTH),
    scale: SCALE,
    bias: BIAS,
    transforms: new Float64Array(0),
  };
}

/** The first `count` programs of a split with their pictures. About 0.3 ms a picture. */
export function makeBank12({ seed, count, split }: Bank12Options): Bank12Data {
  const bank = hiddenBank();
  const streams = new Rng(seed).fork("bank12").fork(split);
  const programs = new Int32Array(count * NUM_TOKENS);
  const pixels = new Uint8Array(count * SIDE * SIDE);
  for (let i = 0; i < count; i++) {
    const rng = streams.fork(i);
    const program = drawProgram(bank, rng.fork("program"));
    programs.set(program, i * NUM_TOKENS);
    const noise = rng.fork("pixels");
    const probability = canvasProbabilities(bank, program, SIDE, SIDE);
    for (let p = 0; p < probability.length; p++) {
      pixels[i * SIDE * SIDE + p] = noise.uniform() < probability[p]! ? 1 : 0;
    }
  }
  const unknown = () => new Int32Array(count).fill(-1);
  const alphabetNames = ["Twelve strokes"];
  const set = { name: "bank12", pixels, alphabets: new Int32Array(count), alphabetNames };
  return { set: { ...set, characters: unknown(), drawers: unknown() }, programs, bank };
}

/** Tokens one after another, uniform among those that keep the pen on the paper. */
function drawProgram(bank: StrokeBank, rng: Rng): Int32Array {
  for (let attempt = 0; ; attempt++) {
    const own = rng.fork(attempt);
    const program = new Int32Array(NUM_TOKENS);
    let down = 0;
    for (let t = 0; t < NUM_TOKENS; t++) {
      const fits = STROKES.map((_, stroke) => Number(staysInside(bank, program.subarray(0, t), stroke)));
      const stroke = own.categorical(fits);
      if (stroke < 0) break;
      const isDown = t > 0 && own.uniform() < P_DOWN;
      program[t] = packToken(stroke, isDown);
      down += Number(isDown);
      if (t === NUM_TOKENS - 1 && down >= FEWEST_DOWN) return program;
    }
  }
}

/** True if a stroke after these tokens, its bulge included, lies inside the margin. */
function staysInside(bank: StrokeBank, before: Int32Array, stroke: number): boolean {
  const points = startPoints(bank, before);
  const [x, y] = [points[2 * before.length]!, points[2 * before.length + 1]!];
  const { dx, dy } = arcOf(bank, stroke, x, y);
  // The bulge lies to the left of travel for theta > 0, half the chord times tan(theta / 2) high.
  const bulge = Math.tan(bank.theta[stroke]! / 2) / 2;
  const ends = [
    [x + dx, y + dy],
    [x + dx / 2 - bulge * dy, y + dy / 2 + bulge * dx],
  ];
  return ends.every((end) => end.every((value) => value >= MARGIN && value <= 1 - MARGIN));
}
