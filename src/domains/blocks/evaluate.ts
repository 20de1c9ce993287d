// Costly metrics of a run: the evidence of training scenes, log p(x) of held-out ones by importance sampling, and how much
// of the true scenes the best parses have found. Source: scenes specification, sections 8 and 9.

import { logSumExp } from "../../engine/dists/logs";
import type { MetricValues } from "../../engine/domain";
import type { ProgramMemory } from "../../engine/memory/programMemory";
import type { Batch } from "../../engine/model";
import type { Rng } from "../../engine/rng/rng";
import { yieldToEvents } from "../../engine/run/yielding";
import type { MadeScenes } from "./data/makeScenes";
import { matchTypes, nearestTypes } from "./matching";
import { cellAccuracy, compareVisible, typeUsage } from "./measures";
import type { BlocksModel } from "./model";
import type { ScenePictures } from "./observations";
import { type Parse, type Parsed, rememberedParses, sampledParses } from "./parses";
import type { BlockTypes, SceneSettings } from "./scene";
import { isUsed } from "./usage";

export type EvaluationInput = {
  readonly model: BlocksModel;
  readonly train: ScenePictures;
  readonly heldOut: ScenePictures;
  /** What made the first training scenes. */
  readonly scenes: MadeScenes;
  readonly memory: ProgramMemory | null;
  readonly rng: Rng;
  /** S: programs drawn per held-out scene, and per training scene where there is no memory. */
  readonly samples: number;
  /** Scenes looked at, from the first, of each set. */
  readonly count: number;
};

/** Scenes that go through the model at once. */
const ROWS = 10;
/** Draws of z_c for each remembered program. */
export const MEMORY_DRAWS = 10;
/** Share from which a parse counts as one of the explanations. */
const SHARE = 0.05;

/** The metrics of words.ts that are not cheap. */
export async function evaluateBlocks(input: EvaluationInput): Promise<MetricValues> {
  return { ...(await trainingMetrics(input)), ...(await heldOutMetrics(input)) };
}

/** Sizes and colours beside the true ones: largest error over the true types, each with a learned type of its own. */
export function typeErrors(learned: BlockTypes, known: BlockTypes, isColored: boolean): MetricValues {
  const matches = matchTypes(learned, known).filter(({ type }) => type >= 0);
  const sizes = Math.max(...matches.map(({ sizeError }) => sizeError));
  return isColored ? { sizes, colors: Math.max(...matches.map(({ colorError }) => colorError)) } : { sizes };
}

async function trainingMetrics(input: EvaluationInput): Promise<MetricValues> {
  const count = Math.min(input.count, input.scenes.count);
  const parsed: Parsed[] = [];
  for (let from = 0; from < count; from += ROWS) {
    const batch = { observations: input.train, ids: rowsFrom(from, Math.min(count, from + ROWS)) };
    parsed.push(...(await parsesOf(input, batch)));
    await yieldToEvents();
  }
  const seen = parsed.flatMap((one, row) => (one.parses.length > 0 ? [{ ...one, row }] : []));
  if (seen.length === 0) return {};
  const best = seen.map(({ parses, row }) => ({ parse: parses[0]!, row }));
  const { settings } = input.model.generative;
  const programs = best.flatMap(({ parse }) => Array.from(parse.program));
  const usage = typeUsage(programs, settings.numTypes, settings.gridSide);
  return {
    evidence: meanOf(seen.map(({ evidence }) => evidence)),
    parses: meanOf(seen.map(({ parses }) => parses.filter(({ weight }) => weight > SHARE).length)),
    usedTypes: usage.filter(isUsed).length,
    ...agreement(best, input.scenes, input.model.generative.types(), settings),
  };
}

function parsesOf({ model, memory, rng, samples }: EvaluationInput, batch: Batch<ScenePictures>): Promise<Parsed[]> {
  const own = rng.fork("training").fork(batch.ids[0]!);
  if (!memory) {
    return model.propose(batch, samples, own).then(async (drawn) => (await sampledParses(model, batch, drawn)).parsed);
  }
  return rememberedParses(model, memory, batch, (programs, present) =>
    model.hybrid.drawContinuous(batch, programs, MEMORY_DRAWS, own, present),
  );
}

/** Importance sampling with S programs per scene: the estimate, its error, its effective samples, and KL(q, p). */
async function heldOutMetrics({ model, heldOut, rng, samples, count }: EvaluationInput): Promise<MetricValues> {
  const last = Math.min(count, heldOut.count);
  const sums = { logPx: 0, variance: 0, ess: 0, meanLog: 0 };
  for (let from = 0; from < last; from += ROWS) {
    const batch = { observations: heldOut, ids: rowsFrom(from, Math.min(last, from + ROWS)) };
    const drawn = await model.propose(batch, samples, rng.fork("heldOut").fork(from));
    const { logWeight } = await sampledParses(model, batch, drawn);
    for (const b of batch.ids.keys()) addEstimate(logWeight, b, batch.ids.length, sums);
    await yieldToEvents();
  }
  if (last === 0) return {};
  const logPx = sums.logPx / last;
  return {
    logPx,
    logPxStderr: Math.sqrt(sums.variance) / last,
    logPxEss: sums.ess / last,
    klEstimate: logPx - sums.meanLog / last,
  };
}

/** Adds one scene's estimate; its variance by the delta method, as in the engine's evaluation. */
function addEstimate(
  logWeight: Float64Array,
  b: number,
  batchSize: number,
  sums: { logPx: number; variance: number; ess: number; meanLog: number },
): void {
  const samples = logWeight.length / batchSize;
  const total = logSumExp(logWeight, b, samples, batchSize);
  let [squares, logs] = [0, 0];
  for (let i = b; i < logWeight.length; i += batchSize) {
    squares += Math.exp(2 * (logWeight[i]! - total));
    logs += logWeight[i]!;
  }
  sums.logPx += total - Math.log(samples);
  sums.meanLog += logs / samples;
  sums.ess += 1 / squares;
  if (samples > 1) sums.variance += Math.max(0, samples * squares - 1) / (samples - 1);
}

/** Shares of cells and scenes in which the best parse agrees with the truth. */
function agreement(
  best: readonly { readonly parse: Parse; readonly row: number }[],
  { programs, raw, types: known }: MadeScenes,
  learned: BlockTypes,
  settings: SceneSettings,
): MetricValues {
  const nearest = nearestTypes(learned, known);
  const judged = best.map(({ parse, row }) => {
    const { length } = parse.program;
    const truth = programs.subarray(row * length, (row + 1) * length);
    const trueRaw = raw.subarray(row * length, (row + 1) * length);
    const seen = compareVisible(
      { ...parse, types: learned, settings },
      { program: truth, raw: trueRaw, types: known, settings },
      nearest,
    );
    return { ...seen, cellAccuracy: cellAccuracy(parse.program, truth) };
  });
  return {
    cellAccuracy: meanOf(judged.map((one) => one.cellAccuracy)),
    visibleAccuracy: meanOf(judged.map((one) => one.visibleAccuracy)),
    exactParse: meanOf(judged.map((one) => one.exactParse)),
  };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function rowsFrom(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i);
}
