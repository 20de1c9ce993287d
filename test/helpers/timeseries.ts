// Words for tests of the time-series domain: small runs built as the worker builds them, and models in double precision
// for finite differences.

import { DATASETS } from "../../src/domains/timeseries/data/datasets";
import { GenerativeModel } from "../../src/domains/timeseries/generative";
import { timeseries } from "../../src/domains/timeseries/index";
import { SeriesModel } from "../../src/domains/timeseries/model";
import type { Floats } from "../../src/domains/timeseries/networks/floats";
import type { SeriesSet } from "../../src/domains/timeseries/observations";
import { type SeriesSettings, settingsOf } from "../../src/domains/timeseries/options";
import { parseProgram } from "../../src/domains/timeseries/parse";
import { SERIES_PROCESS } from "../../src/domains/timeseries/process";
import { MOST_SYMBOLS } from "../../src/domains/timeseries/program";
import { Recogniser } from "../../src/domains/timeseries/recognition";
import type { BackendName } from "../../src/engine/backend";
import type { DomainInstance, UserData } from "../../src/engine/domain";
import { createGaussianProcess } from "../../src/engine/kernels/gaussianProcess/createGaussianProcess";
import { type CpuRecurrent, createCpuRecurrent } from "../../src/engine/kernels/recurrent/cpu";
import type { Batch, Programs } from "../../src/engine/model";
import type { Recurrent, RecurrentLanes, RecurrentSpec, Tape } from "../../src/engine/nn/recurrent";
import { initialRecurrent, planRecurrent } from "../../src/engine/nn/recurrentPlan";
import { type OptionValues, requireOptions } from "../../src/engine/options";
import { Rng } from "../../src/engine/rng/rng";
import type { RunOptions } from "../../src/engine/run/options";
import { readPublicFile } from "../../src/engine/worker/threadPort";

/** The cheapest options under which everything takes part. */
export const TINY_SERIES: OptionValues = {
  series: 12,
  size: "tiny",
  startFrom: "none",
  sleepFirst: 2,
  batch: 3,
  particles: 2,
  evaluationSeries: 4,
  evaluationSamples: 10,
};

export type SeriesRun = { readonly instance: DomainInstance<SeriesSet>; readonly model: SeriesModel };

/** An instance with TINY_SERIES options and what `options` changes of them. */
export async function buildSeries(
  options: OptionValues = {},
  backend: BackendName = "cpu",
  userData: UserData | null = null,
): Promise<SeriesRun> {
  // The cast: the domain's table holds the common options.
  const all = requireOptions(timeseries.options, { ...TINY_SERIES, ...options }) as RunOptions;
  const runtime = await timeseries.load();
  const request = { options: all, backend, rng: new Rng(all.seed), userData, readAsset: readPublicFile };
  // The cast: the runtime builds its own kind of instance.
  const instance = (await runtime.build(request)) as DomainInstance<SeriesSet>;
  return { instance, model: instance.model as SeriesModel };
}

/** Rows `from` to `from + count - 1` of the training series. */
export function seriesRows({ instance }: SeriesRun, count: number, from = 0): Batch<SeriesSet> {
  return { observations: instance.train, ids: Int32Array.from({ length: count }, (_, n) => from + n) };
}

/** Programs [K, B] from texts, k * B + b; strings that are no expression are allowed. */
export function programsOf(texts: readonly string[], batchSize: number): Programs {
  const values = texts.flatMap((text) => {
    const read = parseProgram(text, { syntaxMask: false });
    if (!read.ok) throw new RangeError(`${text}: ${read.message}`);
    return Array.from(read.program);
  });
  return {
    values: Int32Array.from(values),
    numParticles: texts.length / batchSize,
    batchSize,
    length: MOST_SYMBOLS,
  };
}

// The casts: a Float64Array does what a Float32Array does, in double precision.
const DOUBLE = Float64Array as unknown as Floats;
const asSingle = (values: Float64Array) => values as unknown as Float32Array;

/** The network of the cpu backend with everything that it gives and takes in double precision. */
class DoubleRecurrent implements Recurrent {
  private readonly traces = new WeakMap<Tape, ReturnType<CpuRecurrent["run"]>["traces"]>();

  constructor(readonly exact: CpuRecurrent) {}

  get spec() {
    return this.exact.spec;
  }

  get block() {
    return this.exact.block;
  }

  async forward(lanes: RecurrentLanes, keep: boolean) {
    const { outputs, last, traces } = this.exact.run(lanes, keep);
    const tape: Tape = { lanes, release: () => undefined };
    this.traces.set(tape, traces);
    return { outputs: asSingle(outputs), last: asSingle(last), tape: keep ? tape : null };
  }

  async backward(
    tape: Tape,
    outputs: Float32Array | null,
    last: Float32Array | null,
    wantsInputs: boolean,
    isFrozen = false,
  ) {
    const before = this.block.gradient.slice();
    const { context, inputs } = this.exact.runBackward(tape.lanes, this.traces.get(tape)!, outputs, last);
    if (isFrozen) this.block.gradient.set(before);
    return { context: context && asSingle(context), inputs: wantsInputs ? asSingle(inputs) : null };
  }

  start(context: Float32Array | null, groups: Int32Array) {
    return this.exact.start(context, groups);
  }

  advance(...given: Parameters<CpuRecurrent["advance"]>) {
    return this.exact.advance(...given);
  }

  dispose(): void {
    this.exact.dispose();
  }
}

/** A model whose numbers are in double precision throughout, for finite differences; blocks as `exact[name].block`. */
export async function doubleModel(options: OptionValues, hidden = 5) {
  const all = requireOptions(timeseries.options, { ...TINY_SERIES, ...options });
  const settings: SeriesSettings = settingsOf(all);
  const rng = new Rng(7);
  const make = async (name: string, spec: Omit<RecurrentSpec, "name" | "hidden">) => {
    const full = { ...spec, name, hidden };
    const plan = planRecurrent(full);
    const group = name.startsWith("theta") ? ("theta" as const) : ("phi" as const);
    const initial = initialRecurrent(full, plan, rng.fork(name)).map((value) => 1.5 * value);
    return new DoubleRecurrent(await createCpuRecurrent(full, plan, { name, group, initial }));
  };
  const exact = {
    "theta.expression": await make("theta.expression", { inputs: 11, context: 0, outputs: 12 }),
    "theta.parameters": await make("theta.parameters", { inputs: 16, context: hidden, outputs: 32 }),
    "phi.signal": await make("phi.signal", { inputs: 1, context: 0, outputs: 0 }),
    "phi.expression": await make("phi.expression", { inputs: 11, context: hidden, outputs: 12 }),
    "phi.embedder": await make("phi.embedder", { inputs: 11, context: 0, outputs: 0 }),
    "phi.parameters": await make("phi.parameters", { inputs: 16, context: 2 * hidden, outputs: 32 }),
  };
  const process = await createGaussianProcess(SERIES_PROCESS, "cpu");
  const theta = [exact["theta.expression"], exact["theta.parameters"]] as const;
  const generative = new GenerativeModel(theta[0], theta[1], process, settings, DOUBLE);
  const networks = {
    signal: exact["phi.signal"],
    expression: exact["phi.expression"],
    embedder: exact["phi.embedder"],
    parameters: exact["phi.parameters"],
  };
  const recogniser = new Recogniser(networks, settings, DOUBLE);
  const { leastSymbols } = DATASETS[settings.dataset]!;
  const model = new SeriesModel(
    theta.map(({ block }) => block),
    generative,
    recogniser,
    { mergeEquivalent: false, leastSymbols },
  );
  return { model, exact, settings };
}
