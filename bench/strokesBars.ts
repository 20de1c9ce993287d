// Bars of learning for strokes: a hidden bank found again, characters explained better than pixels by themselves do, and
// long runs that stay finite. The script scripts/strokes-bars.mjs prints and draws what is measured here.
// Source: MWS specification, section 3.8, acceptance (ii) to (iv).

import { readAsset } from "../src/cli/assets";
import { constantRate, pixelRates, pixelRatesFrom } from "../src/domains/strokes/baselines";
import { makeBank12 } from "../src/domains/strokes/data/bank12";
import { type Images, SIDE } from "../src/domains/strokes/images";
import { strokes as spec } from "../src/domains/strokes/index";
import { matchStrokes, type StrokeMatch } from "../src/domains/strokes/matchStrokes";
import type { StrokesModel } from "../src/domains/strokes/model";
import { NUM_TOKENS } from "../src/domains/strokes/program";
import { logSumExpOverParticles } from "../src/engine/dists/logs";
import { canvasProbabilities } from "../src/engine/kernels/strokes/arcs";
import type { StrokeBank } from "../src/engine/kernels/strokes/renderer";
import { logLikelihoodOf } from "../src/engine/kernels/strokes/warp";
import type { OptionValues } from "../src/engine/options";
import type { RunCore } from "../src/engine/run/core";
import { createRun } from "../src/engine/run/createRun";
import { yieldToEvents } from "../src/engine/run/yielding";

const AREA = SIDE * SIDE;
/** Characters that are scored at once. */
const ROWS = 50;

/** The memory bound after so many steps, under the parameters as they were then. */
export type CurvePoint = {
  readonly step: number;
  /** Process time, not the clock: comparable on a machine with other work. */
  readonly cpuSeconds: number;
  /** Mean log sum exp of the memory's joints over all training characters, nats. */
  readonly memoryElbo: number;
  readonly bits: number;
};

export type Trained = {
  readonly core: RunCore;
  readonly model: StrokesModel;
  readonly train: Images;
  readonly curve: readonly CurvePoint[];
};

export type Training = {
  readonly options: OptionValues;
  /** Steps at which the curve has a point: multiples of this, and the last. */
  readonly every: number;
  /** Step from which the bank's learning rate falls, evenly in its logarithm, to a tenth at the last; absent: never. */
  readonly coolFrom?: number;
  readonly onPoint?: (point: CurvePoint) => void;
};

/** Trains a run to its number of iterations. The caller disposes of `core`. @throws LabError("non-finite") as a run does */
export async function train({ options, every, coolFrom = Infinity, onPoint }: Training): Promise<Trained> {
  const { run } = await createRun({ spec, options, userData: null, checkpoint: null, readAsset });
  const { core } = run;
  const { instance } = core.parts;
  const curve: CurvePoint[] = [];
  const last = core.options.iterations;
  const firstRate = Number(core.options.bankLearningRate);
  let cpu = 0;
  while (core.step < last) {
    if (core.step >= coolFrom) {
      const bankLearningRate = firstRate * 0.1 ** ((core.step - coolFrom) / (last - coolFrom));
      core.changeOptions({ ...core.options, bankLearningRate });
    }
    const before = process.cpuUsage().user;
    await core.advance(() => undefined);
    cpu += (process.cpuUsage().user - before) / 1e6;
    await yieldToEvents();
    if (core.step % every !== 0 && core.step !== last) continue;
    const memoryElbo = meanOf(await memoryElbos(core));
    const point = { step: core.step, cpuSeconds: cpu, memoryElbo, bits: -memoryElbo / (AREA * Math.LN2) };
    curve.push(point);
    onPoint?.(point);
  }
  // The casts: the spec is that of strokes.
  return { core, model: instance.model as unknown as StrokesModel, train: instance.train as Images, curve };
}

const meanOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, one) => sum + one, 0) / values.length;

/** [N] the memory bound of every training character, nats, scored anew; -Infinity where nothing is remembered yet. */
export async function memoryElbos({ parts }: RunCore): Promise<Float64Array> {
  const { instance, memory } = parts;
  if (!memory) throw new RangeError("this run has no memory");
  const out = new Float64Array(instance.train.count);
  for (let from = 0; from < out.length; from += ROWS) {
    const ids = Int32Array.from({ length: Math.min(ROWS, out.length - from) }, (_, i) => from + i);
    const batch = { observations: instance.train, ids };
    const { programs, present } = memory.gather(batch);
    const { logPrior, logLikelihood } = await instance.model.score(batch, programs);
    const joint = logPrior.map((value, i) => (present[i] === 0 ? -Infinity : value + logLikelihood[i]!));
    out.set(logSumExpOverParticles(joint, memory.memorySize, ids.length), from);
  }
  return out;
}

/** [N * A] the best remembered program of every training character. */
export function bestPrograms({ parts }: RunCore): Int32Array {
  const { rows, memorySize, numObservations } = parts.memory!;
  const best = new Int32Array(numObservations * NUM_TOKENS);
  for (let n = 0; n < numObservations; n++) {
    const from = n * memorySize * NUM_TOKENS;
    best.set(rows.programs.subarray(from, from + NUM_TOKENS), n * NUM_TOKENS);
  }
  return best;
}

export type Recovery = {
  readonly characters: number;
  /** Mean log p(z, x) of the generating programs under the true bank and a uniform prior over tokens, nats. */
  readonly generating: number;
  /** log p(z) of it: 10 strokes of 12, 9 pens of 2. */
  readonly uniformPrior: number;
  readonly memoryElbo: number;
  /** (memory bound - generating) / |generating|: -0.05 and more passes. */
  readonly margin: number;
  readonly matches: readonly StrokeMatch[];
  readonly trueBank: StrokeBank;
  readonly learned: StrokeBank;
};

/** The share of the generating programs' score by which the memory bound may fall short. */
export const RECOVERY_BAR = 0.05;

/** A run on bank12 against the programs, the bank and a uniform prior that made its characters. */
export async function recoveryOf({ core, model, train: images }: Trained): Promise<Recovery> {
  const { strokes, dataSeed } = core.options;
  const made = makeBank12({ seed: Number(dataSeed), count: images.count, split: "train" });
  const numStrokes = made.bank.dx.length;
  const size = { name: "true", strokes: numStrokes, tokens: NUM_TOKENS, transforms: 0, height: SIDE, width: SIDE };
  const uniformPrior = -(NUM_TOKENS * Math.log(numStrokes) + (NUM_TOKENS - 1) * Math.LN2);
  let generating = 0;
  for (let n = 0; n < images.count; n++) {
    const program = made.programs.subarray(n * NUM_TOKENS, (n + 1) * NUM_TOKENS);
    const picture = images.pixels.subarray(n * AREA, (n + 1) * AREA);
    generating += (logLikelihoodOf(size, made.bank, program, picture) + uniformPrior) / images.count;
  }
  const memoryElbo = meanOf(await memoryElbos(core));
  const learned = await model.generative.renderer.bank();
  if (Number(strokes) < numStrokes) throw new RangeError(`${strokes} strokes cannot be ${numStrokes}`);
  return {
    characters: images.count,
    generating,
    uniformPrior,
    memoryElbo,
    margin: (memoryElbo - generating) / Math.abs(generating),
    matches: matchStrokes(made.bank, learned),
    trueBank: made.bank,
    learned,
  };
}

/** Bits per pixel that pixels cost by themselves, on the training characters. */
export function baselinesOf(images: Images): { readonly constant: number; readonly pixels: number } {
  return { constant: constantRate(images), pixels: pixelRates(images) };
}

/** Baselines of what a fresh network is asked about: the first held-out characters, at the training characters' rates. */
export async function heldOutBaselines(
  options: OptionValues,
  rows: number,
): Promise<{ readonly constant: number; readonly pixels: number; readonly count: number }> {
  const { run } = await createRun({ spec, options, userData: null, checkpoint: null, readAsset });
  const { train: learned, heldOut } = run.core.parts.instance as unknown as { train: Images; heldOut: Images };
  const count = Math.min(rows, heldOut.count);
  const first = { pixels: heldOut.pixels.subarray(0, count * AREA), count };
  const found = { constant: constantRate(first), pixels: pixelRatesFrom(learned, first), count };
  run.core.dispose();
  return found;
}

/** Originals above what the best remembered programs draw, `columns` a row, as grey levels 0 (ink) to 255. */
export async function contactSheet(
  { core, model, train: images }: Trained,
  count: number,
  columns: number,
): Promise<{ readonly width: number; readonly height: number; readonly grey: Uint8Array }> {
  const bank = await model.generative.renderer.bank();
  const best = bestPrograms(core);
  const pitch = SIDE + 3;
  const rows = Math.ceil(count / columns);
  const [width, height] = [columns * pitch + 3, rows * (2 * pitch + 6) + 3];
  const grey = new Uint8Array(width * height).fill(255);
  const put = (left: number, top: number, values: ArrayLike<number>) => {
    for (let i = 0; i < AREA; i++) {
      grey[(top + Math.floor(i / SIDE)) * width + left + (i % SIDE)] = Math.round(235 * (1 - values[i]!));
    }
  };
  for (let n = 0; n < Math.min(count, images.count); n++) {
    const left = 3 + (n % columns) * pitch;
    const top = 3 + Math.floor(n / columns) * (2 * pitch + 6);
    put(left, top, images.pixels.subarray(n * AREA, (n + 1) * AREA));
    const program = best.subarray(n * NUM_TOKENS, (n + 1) * NUM_TOKENS);
    put(left, top + pitch, canvasProbabilities(bank, program, SIDE, SIDE));
  }
  return { width, height, grey };
}
