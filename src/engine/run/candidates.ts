// Where programs for given observations come from: the recognition network, the prior, small changes of the best so
// far, a domain's local search. Each gives a list for every observation; lists may differ in length.

import type { LocalSearch, ScoredProgram } from "../localSearch";
import { type AlikePrograms, type Batch, emptyPrograms, type Model, type Observations, type Programs } from "../model";
import type { Rng } from "../rng/rng";
import type { Origin, ProgramPool } from "./programPool";

export type Candidate = { readonly program: Int32Array; readonly origin: Origin };
/** One list for each observation of a batch. */
export type Candidates = readonly (readonly Candidate[])[];

/** The best programs that are varied in a round, and how often each. */
const VARIED = 4;
const VARIATIONS = 8;

/** `count` programs from q_phi for every observation; of hybrid models their discrete parts. */
export async function proposed<O extends Observations>(
  model: Model<O>,
  batch: Batch<O>,
  count: number,
  rng: Rng,
): Promise<Candidates> {
  const drawn = await (model.hybrid
    ? model.hybrid.proposeDiscrete(batch, count, rng)
    : model.propose(batch, count, rng));
  return unpacked(drawn.programs, "recognition");
}

/** `count` programs from the prior, offered to every observation. */
export async function dreamt<O extends Observations>(
  model: Model<O>,
  batch: Batch<O>,
  count: number,
  rng: Rng,
): Promise<Candidates> {
  const dreams = unpacked((await model.dream(count, rng)).programs, "prior").flat();
  return Array.from(batch.ids, () => dreams);
}

/** Small changes of the best programs so far; nothing where the domain knows none or an observation has no program. */
export async function varied<O extends Observations>(
  model: Model<O>,
  batch: Batch<O>,
  pools: readonly ProgramPool[],
  rng: Rng,
): Promise<Candidates> {
  if (!model.vary || pools.some((pool) => pool.different === 0)) return pools.map(() => []);
  const parents = pools.map((pool) => {
    const best = pool.leaders(VARIED);
    return Array.from({ length: VARIED * VARIATIONS }, (_, k) => best[k % best.length]!);
  });
  return unpacked(await model.vary(batch, packed(parents, model.programLength), rng), "variation");
}

/** Up to `count` programs from each local search. */
export function asked(searches: readonly LocalSearch[], count: number): Candidates {
  return searches.map((search) => search.ask(count).map((program) => ({ program, origin: "variation" as const })));
}

/** Lists end to end. */
export function together(first: Candidates, ...others: readonly Candidates[]): Candidates {
  return first.map((own, b) => [...own, ...others.flatMap((other) => other[b]!)]);
}

/** The candidates as the programs that stand for them. */
export function respelt(candidates: Candidates, alike: AlikePrograms | null): Candidates {
  if (!alike) return candidates;
  return candidates.map((list) => list.map(({ program, origin }) => ({ program: alike.spelling(program), origin })));
}

/** The candidates with their scores; a program that stands for several has the prior of all. */
export async function scoredLists<O extends Observations>(
  model: Model<O>,
  batch: Batch<O>,
  lists: readonly (readonly { readonly program: Int32Array }[])[],
  alike: AlikePrograms | null = null,
): Promise<readonly (readonly ScoredProgram[])[]> {
  if (lists.every((list) => list.length === 0)) return lists.map(() => []);
  const { logPrior, logLikelihood } = await model.score(batch, packed(lists, model.programLength));
  return lists.map((list, b) =>
    list.map(({ program }, k) => {
      const at = k * lists.length + b;
      const copies = alike?.logCopies(program) ?? 0;
      return { program, logPrior: logPrior[at]! + copies, logLikelihood: logLikelihood[at]! };
    }),
  );
}

/**
 * The same where a score is an integral, dear and always the same: a program is scored once, and not again if its
 * observation's pool knows it.
 */
export async function scoredOnce<O extends Observations>(
  model: Model<O>,
  batch: Batch<O>,
  candidates: Candidates,
  pools: readonly ProgramPool[],
  alike: AlikePrograms | null = null,
): Promise<readonly (readonly ScoredProgram[])[]> {
  const unknown = candidates.map((list, b) => [
    ...new Map(
      list.filter(({ program }) => !pools[b]!.known(program)).map((each) => [each.program.join(), each]),
    ).values(),
  ]);
  const scored = await scoredLists(model, batch, unknown, alike);
  return candidates.map((list, b) => {
    const fresh = new Map(scored[b]!.map((each) => [each.program.join(), each]));
    // The cast: what no pool knows has just been scored.
    return list.map(({ program }) => pools[b]!.known(program) ?? (fresh.get(program.join()) as ScoredProgram));
  });
}

/** Lists as one block [K, B, L], K the longest; shorter lists are filled up with any program of the block. */
export function packed(lists: readonly (readonly { readonly program: Int32Array }[])[], length: number): Programs {
  const numParticles = Math.max(0, ...lists.map((list) => list.length));
  const programs = emptyPrograms(numParticles, lists.length, length);
  const any = lists.find((list) => list.length > 0)?.[0];
  for (const [b, list] of lists.entries()) {
    for (let k = 0; k < numParticles; k++) {
      programs.values.set((list[k] ?? list[0] ?? any)!.program, (k * lists.length + b) * length);
    }
  }
  return programs;
}

function unpacked({ values, batchSize, numParticles, length }: Programs, origin: Origin): Candidates {
  return Array.from({ length: batchSize }, (_, b) =>
    Array.from({ length: numParticles }, (__, k) => {
      const at = (k * batchSize + b) * length;
      return { program: values.slice(at, at + length), origin };
    }),
  );
}
