// The programs of one observation: remembered, drawn from the recognition model, or drawn from the prior.

import { type Batch, emptyPrograms, type Programs } from "../model";
import { memoryOnShow } from "../run/heldMemory";
import { SHOWN_ROWS } from "../run/memoryView";
import type { MemoryEntry, MemoryView } from "../run/records";
import type { Run } from "../run/run";
import { viewOf } from "../run/snapshot";
import type { Answers, PosteriorSource } from "../worker/questions";
import { questionRng } from "./questionRng";

/** Draws behind a list of draws; equal ones are counted together. */
export const NUM_DRAWS = 200;

/** One of the three lists, under the present theta and phi. */
export async function answerPosterior(
  run: Run,
  observation: number,
  source: PosteriorSource,
): Promise<Answers["posterior"]> {
  const view =
    source === "memory" ? await viewOf(run, memoryOnShow(run), observation) : await drawnView(run, observation, source);
  return { step: run.core.step, source, view };
}

async function drawnView(run: Run, observation: number, source: "recognition" | "prior"): Promise<MemoryView> {
  const { core } = run;
  const { model, train } = core.parts.instance;
  const batch: Batch = { observations: train, ids: Int32Array.of(observation) };
  const rng = questionRng(core, "posterior").fork(source);
  const drawn =
    source === "prior"
      ? (await model.dream(NUM_DRAWS, rng)).programs // [1, S, L] is packed as [S, 1, L]
      : (await model.propose(batch, NUM_DRAWS, rng)).programs;
  const counted = countEqual(drawn);
  const { programs, counts } = counted;
  const { logPrior, logLikelihood } = await model.score(batch, programs);
  const logQ = source === "recognition" ? await model.logQ(batch, programs) : null;
  const { spec } = core.parts;
  const entries = counts.map((count, k): MemoryEntry => {
    const program = Array.from(programs.values.subarray(k * programs.length, (k + 1) * programs.length));
    return {
      program,
      printed: spec.program.print(program, core.options),
      logPrior: logPrior[k]!,
      logLikelihood: logLikelihood[k]!,
      logJoint: logPrior[k]! + logLikelihood[k]!,
      ...(logQ ? { logQ: logQ[k]! } : {}),
      weight: count / NUM_DRAWS,
      bornAt: core.step,
      event: "kept",
    };
  });
  entries.sort((first, second) => second.weight - first.weight || second.logJoint - first.logJoint);
  const shown = entries.slice(0, SHOWN_ROWS);
  return { observation, source, draws: NUM_DRAWS, entries: shown, outside: [], visitedAt: core.step };
}

/** The different programs among draws of one observation, [D, 1, L], and how often each was drawn. */
function countEqual({ values, length }: Programs): { programs: Programs; counts: number[] } {
  const places = new Map<string, number>();
  const counts: number[] = [];
  const rows: Int32Array[] = [];
  for (let from = 0; from < values.length; from += length) {
    const row = values.subarray(from, from + length);
    const place = places.get(row.join()) ?? counts.length;
    if (place === counts.length) {
      places.set(row.join(), place);
      counts.push(0);
      rows.push(row);
    }
    counts[place] = counts[place]! + 1;
  }
  const programs = emptyPrograms(rows.length, 1, length);
  for (const [k, row] of rows.entries()) programs.values.set(row, k * length);
  return { programs, counts };
}
