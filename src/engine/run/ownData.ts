// A person's own observations under given parameters: the instance over their data, a search on it, and what the search
// has found as plain records. The page's worker and `lab infer` share it.

import { chooseBackend } from "../backend";
import type { DomainSpec, ReadAsset, UserData } from "../domain";
import { LabError } from "../errors";
import { type Batch, emptyPrograms, type Programs } from "../model";
import type { ParameterBlock } from "../optim/parameterBlock";
import { type OptionValues, requireOptions } from "../options";
import type { Rng } from "../rng/rng";
import type { ExactBest, FoundProgram, InferenceReport } from "../worker/inferences";
import type { RunCore } from "./core";
import { buildRun } from "./createRun";
import { type Inference, type InferredProgram, Search } from "./inference";
import { loadParameters, type ModelContent } from "./modelFile";
import type { RunOptions } from "./options";

export type OwnDataRequest = {
  readonly spec: DomainSpec;
  readonly options: OptionValues;
  readonly userData: UserData;
  /** Parameters to start from; null leaves the untrained ones. */
  readonly model: ModelContent | null;
  readonly memorySize: number;
  readonly readAsset: ReadAsset;
};

/** Programs drawn from the recognition model per observation and round: rounds stay short, so that time is kept. */
const PROPOSALS = 48;
/** New observations per gallery. */
const SAMPLES = 6;
/** Blocks of theta up to this size go with every report. */
const SMALL_BLOCK = 1024;
/** Observations beyond which galleries are small. */
const FEW = 4;

type Item = InferenceReport["items"][number];
type KnownBest = Omit<ExactBest, "isReached" | "afterDraws">;
type Galleries = Pick<Item, "samplesOfBest" | "samplesOfAll"> & { readonly key: string };

/**
 * The model over the person's data, ready to search.
 * @throws LabError as createRun does, LabError("checkpoint") if the parameters do not fit
 */
export async function openOwnData(request: OwnDataRequest): Promise<OwnSearch> {
  const { spec, userData, model, readAsset } = request;
  // The cast: a domain's table contains the common options (runOptionTable), so the checked values have them.
  const options = requireOptions(spec.options, { ...request.options, startFrom: "none" }) as RunOptions;
  const backend = await chooseBackend(options.backend, spec.backends);
  const { core } = await buildRun({ spec, options, backend, userData, state: null, readAsset });
  try {
    if (model) await loadParameters(core.parts.instance.model.blocks, model);
    return new OwnSearch(core, request.memorySize);
  } catch (thrown) {
    core.dispose();
    throw thrown;
  }
}

/** A search over the person's rows, with everything that is shown of it. */
export class OwnSearch {
  readonly search: Search<RunCore["parts"]["instance"]["train"]>;
  private readonly rows: Int32Array;
  private readonly galleries = new Map<number, Galleries>();
  private readonly exact = new Map<number, KnownBest | null>();
  private readonly reached = new Map<number, number>();
  /** A search changes no parameter: they are read once. */
  private theta: Promise<InferenceReport["theta"]> | null = null;

  constructor(
    readonly core: RunCore,
    memorySize: number,
  ) {
    const { train, facts } = core.parts.instance;
    if (facts.userRow < 0) {
      throw new LabError("file", { message: "there are no observations of your own", help: "Bring some data first." });
    }
    this.rows = Int32Array.from({ length: train.count - facts.userRow }, (_, i) => facts.userRow + i);
    const rng = core.rng.fork("infer");
    this.search = new Search(core.parts.instance, this.rows, { memorySize, proposals: PROPOSALS, rng });
  }

  /** The search so far as plain records. */
  async report(isFinal: boolean): Promise<InferenceReport> {
    const { inferences, seconds } = this.search.progress();
    const items: Item[] = [];
    for (const inference of inferences) items.push(await this.describe(inference));
    this.theta ??= smallBlocks(this.core.parts.instance.model.blocks);
    return { seconds, isFinal, theta: await this.theta, items };
  }

  dispose(): void {
    this.core.dispose();
  }

  private async describe(inference: Inference): Promise<Item> {
    const { instance } = this.core.parts;
    const { row, programs, draws, different } = inference;
    const batch: Batch = { observations: instance.train, ids: Int32Array.of(row) };
    const exact = await this.exactBest(batch, row);
    const best = programs[0]?.logJoint ?? -Infinity;
    // Ties count as reached; the slack is that of summing in another order.
    const isReached = exact !== null && best >= exact.logJoint - 1e-6 * Math.abs(exact.logJoint);
    if (isReached && !this.reached.has(row)) this.reached.set(row, draws);
    const { samplesOfBest, samplesOfAll } = await this.samples(inference);
    return {
      programs: programs.map((found) => this.named(found)),
      draws,
      different,
      observation: instance.describeObservation(batch, 0),
      samplesOfBest,
      samplesOfAll,
      logPx: instance.exactLogPx(batch)?.[0] ?? null,
      exact: exact && { ...exact, isReached, afterDraws: this.reached.get(row) ?? null },
    };
  }

  private named(found: InferredProgram): FoundProgram {
    const { spec } = this.core.parts;
    const { program, ...rest } = found;
    const printed = spec.program.print(program, this.core.options);
    return { ...rest, program: Array.from(program), printed, explanation: spec.explain(program, this.core.options) };
  }

  private async exactBest(batch: Batch, row: number): Promise<KnownBest | null> {
    const known = this.exact.get(row);
    if (known !== undefined) return known;
    const { spec, instance } = this.core.parts;
    const best = instance.exactBest?.(batch) ?? null;
    const answer = best && {
      program: Array.from(best.values),
      printed: spec.program.print(best.values, this.core.options),
      logJoint: jointOf(await instance.model.score(batch, best)),
    };
    this.exact.set(row, answer);
    return answer;
  }

  /** Galleries are drawn anew only when the programs have changed, always with the same dice. */
  private async samples({ row, programs }: Inference): Promise<Galleries> {
    const key = programs.map((found) => `${found.program.join(",")}:${found.weight.toFixed(2)}`).join(" ");
    const known = this.galleries.get(row);
    if (known?.key === key) return known;
    const rng = this.core.rng.fork("samples").fork(row);
    const count = this.rows.length > FEW ? SAMPLES / 2 : SAMPLES;
    const best = programs[0];
    const samplesOfBest = best ? await this.imagine(Array(count).fill(best), rng.fork("best"), row) : [];
    const samplesOfAll = await this.imagine(drawn(programs, count, rng.fork("weights")), rng.fork("all"), row);
    const galleries = { key, samplesOfBest, samplesOfAll };
    this.galleries.set(row, galleries);
    return galleries;
  }

  private async imagine(programs: readonly InferredProgram[], rng: Rng, row: number): Promise<unknown[]> {
    if (programs.length === 0) return [];
    const { instance } = this.core.parts;
    const batch = await instance.imagine(packed(programs), rng, row);
    return programs.map((_, i) => instance.describeObservation(batch, i));
  }
}

/** The small blocks of theta by name: what explains scores part by part. */
export async function smallBlocks(blocks: readonly ParameterBlock[]): Promise<InferenceReport["theta"]> {
  const small = blocks.filter(({ group, size }) => group === "theta" && size <= SMALL_BLOCK);
  return Object.fromEntries(
    await Promise.all(small.map(async (block) => [block.name, Array.from((await block.read()).values)] as const)),
  );
}

function packed(programs: readonly InferredProgram[]): Programs {
  const length = programs[0]?.program.length ?? 0;
  const all = emptyPrograms(1, programs.length, length);
  for (const [i, { program }] of programs.entries()) all.values.set(program, i * length);
  return all;
}

/** `count` programs drawn by weight. */
function drawn(programs: readonly InferredProgram[], count: number, rng: Rng): InferredProgram[] {
  if (programs.length === 0) return [];
  return Array.from({ length: count }, () => {
    let left = rng.uniform();
    for (const found of programs) {
      left -= found.weight;
      if (left < 0) return found;
    }
    return programs[0]!;
  });
}

function jointOf({ logPrior, logLikelihood }: { logPrior: Float64Array; logLikelihood: Float64Array }): number {
  return logPrior[0]! + logLikelihood[0]!;
}
