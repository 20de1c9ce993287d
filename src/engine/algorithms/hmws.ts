// Hybrid memoised wake-sleep. Source: Le, Collins, Hewitt, Ellis, Siddharth, Gershman & Tenenbaum 2022, Algorithm 1;
// HMWS specification, section 2.  Logs are natural (nats).
// Symbols: theta generative, phi recognition, z_d discrete and z_c continuous part, M memory size, N proposals,
// K continuous draws per program, B batch, lambda the share of replay in what phi learns.

import type { Term } from "../model";
import type { Algorithm, StepContext, StepResult } from "./algorithm";
import { learnFromDreams } from "./dreams";
import { bestDraw, DREAMS_NOTE, shareText } from "./hybridLensWords";
import { HYBRID_CAPTIONS, hybridStages, replayShare } from "./hybridStages";
import { remember, replayPrograms } from "./hybridWake";
import { explained, leader, numberText } from "./lensWords";

export const hmws: Algorithm = {
  id: "hmws",
  title: "HMWS",
  summary: "Hybrid memoised wake-sleep: remembers the best structures, draws their numbers afresh at every visit.",
  usesMemory: true,
  programs: "hybrid",
  stages: (options) => hybridStages(options, HYBRID_CAPTIONS),
  lens: [],
  hybridLens: [
    {
      title: "HMWS",
      options: {},
      sentence: explained((facts) => {
        const { name, value } = leader(facts.printed, facts.theta);
        const first = `It keeps the structures with the largest log p\u0302: ${name} has \u03c9 = ${numberText(value)}, which its draws share (v).`;
        if (facts.lambda === 0) return `${first} \u03c6 learns from dreams alone.`;
        return `${first} \u03c6 takes ${shareText(facts)} of \u03c9 for structures, and of each structure's own weights for its draws: ${bestDraw(facts)}.`;
      }),
      note: DREAMS_NOTE,
    },
  ],
  step,
};

/** One step on a batch: v on log p, omega on log q(z_d | x), w-bar / M on log q(z_c | z_d, x), the rest on dreams. */
async function step(context: StepContext): Promise<StepResult> {
  const { batch, options, on } = context;
  // Propose, draw, weigh by log p^, keep the M best; their weights v, omega and w-bar          (steps 1-6, hybridWake.ts)
  const wake = await remember(context);
  const { update, selected, weights, payload } = wake;

  // Generative model: sum_mk v_mk grad log p(z_d, z_c, x)                                           (step 7)
  const theta: Term = { target: "theta", batch, programs: selected.programs, coefficient: weights.joint };
  await on("learnTheta", { ...payload, term: theta });
  const terms: Term[] = [theta];

  // Replay, share lambda: sum_m omega_m grad log q(z_d | x) + (1/M) sum_mk w-bar_mk grad log q(z_c | z_d, x)
  const share = replayShare(options);
  if (share > 0) {
    const discrete = replayPrograms(context, wake, share);
    const continuous: Term = {
      target: "phi",
      factor: "continuous",
      batch,
      programs: selected.programs,
      coefficient: meanOverPrograms(weights.within, update.counts).map((value) => share * value),
    };
    terms.push(discrete, continuous);
    await on("learnPhi", { ...payload, term: discrete });
  }
  // Fantasy, share 1 - lambda: grad log q(z_d, z_c | x) at (z, x) ~ p                                (step 8)
  if (share < 1) terms.push(await learnFromDreams(context, 1 - share, payload));
  return { terms, update, info: wake.info, payload };
}

/** w-bar [K, M, B] divided by the number of programs that there are, M unless a memory is not full yet. */
function meanOverPrograms(within: Float64Array, counts: Int32Array): Float64Array {
  return within.map((value, i) => (value === 0 ? 0 : value / counts[i % counts.length]!));
}
