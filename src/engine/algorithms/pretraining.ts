// Pretraining: the start-up of models that cannot learn from nothing, because almost no random program explains an
// observation. Both models learn from pairs (z, x) of a fixed simple grammar; the data are not looked at.
// Of hybrid models log p(z_d) alone learns, the syntax; recognition has the sleep after it.
// Source: strings specification, section 9, start-up (b); HMWS specification, section 11.
// Symbols: theta generative, phi recognition, z_d the discrete part of a program, B batch.

import { LabError } from "../errors";
import type { Model, Term } from "../model";
import type { Algorithm, StageName, StagePayload, StepContext, StepInfo, StepResult } from "./algorithm";
import { isHybridDomain } from "./hybridStages";
import { meanOf } from "./requirements";
import { stageList } from "./stages";

const STAGES: readonly StageName[] = ["look", "dream", "learnTheta", "learnPhi"];

export const pretraining: Algorithm = {
  id: "pretraining",
  title: "Pretraining",
  summary: "Start-up, not inference: both models learn from programs of a fixed simple grammar, without the data.",
  usesMemory: false,
  stages: (options) =>
    stageList(
      isHybridDomain(options) ? STAGES.slice(0, -1) : STAGES,
      { dream: "wake", learnTheta: "wake", learnPhi: "wake" },
      {
        dream: "Make a program of the simple grammar, and data that it produces.",
        learnTheta: "Make the generative model find it more likely (\u03b8).",
        learnPhi: "Make the recognition model propose it for its data (\u03c6).",
      },
    ),
  lens: [],
  step,
};

/** One step on B pairs of the simple grammar: coefficient 1 on grad log p and on grad log q. */
async function step(context: StepContext): Promise<StepResult> {
  const { model, batch, on } = context;
  await on("look", { batch });
  const pairs = await requireSimplePairs(model)(batch.ids.length, context.rng.fork("pairs"));
  const payload: StagePayload = { batch, dreams: pairs };
  await on("dream", payload);

  const coefficient = new Float64Array(batch.ids.length).fill(1);
  const theta: Term = { target: "theta", ...(model.hybrid ? { factor: "discrete" } : {}), ...pairs, coefficient };
  await on("learnTheta", { ...payload, term: theta });
  if (model.hybrid) return { terms: [theta], update: null, info: await summarise(model, pairs), payload };
  const phi: Term = { target: "phi", ...pairs, coefficient };
  await on("learnPhi", { ...payload, term: phi });
  return { terms: [theta, phi], update: null, info: await summarise(model, pairs), payload };
}

/**
 * elbo: mean log p(z, x) - log q(z | x) of the pairs, of hybrid models mean log p(z_d); not a bound on anything, but it
 * shows the learning.
 */
async function summarise(model: Model, { batch, programs }: Pick<Term, "batch" | "programs">): Promise<StepInfo> {
  const { logPrior, logLikelihood, logPriorDiscrete } = await model.score(batch, programs);
  const logQ = model.hybrid ? null : await model.logQ(batch, programs);
  const learnt = logQ
    ? logPrior.map((prior, b) => prior + logLikelihood[b]! - logQ[b]!)
    : (logPriorDiscrete ?? logPrior);
  const elbo = meanOf(learnt);
  const evaluations = batch.ids.length;
  return { elbo, ess: 1, accepted: 0, novel: 0, newBest: 0, evaluations, degenerate: 0, impossible: 0 };
}

function requireSimplePairs(model: Model): NonNullable<Model["simplePairs"]> {
  if (model.simplePairs) return model.simplePairs.bind(model);
  const message = 'algorithm is "pretraining"; this domain has no simple grammar to start from.';
  throw new LabError("option", { message, help: "Choose another algorithm." }, { name: "algorithm" });
}
