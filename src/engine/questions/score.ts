// Scores of a program that a person typed, from the present parameters.

import type { Batch, Programs } from "../model";
import type { RunCore } from "../run/core";
import type { Answers, Question } from "../worker/questions";

/** Prior, likelihood and recognition score of one program on one observation; a sentence where it cannot be read. */
export async function answerScore(
  core: RunCore,
  question: Extract<Question, { kind: "score" }>,
): Promise<Answers["score"]> {
  const { spec, instance } = core.parts;
  const read = spec.program.parse(question.text, core.options);
  if (!read.ok) return read;
  const { programLength: length } = instance.model;
  if (read.program.length !== length) {
    return { ok: false, message: `The ${spec.programName.one} is too long for this model.` };
  }
  const batch: Batch = { observations: instance.train, ids: Int32Array.of(question.observation) };
  const programs: Programs = { values: Int32Array.from(read.program), numParticles: 1, batchSize: 1, length };
  const { logPrior, logLikelihood } = await instance.model.score(batch, programs);
  const logQ = await instance.model.logQ(batch, programs);
  return {
    ok: true,
    program: Array.from(read.program),
    printed: spec.program.print(read.program, core.options),
    explanation: spec.explain(read.program, core.options),
    logPrior: logPrior[0]!,
    logLikelihood: logLikelihood[0]!,
    logJoint: logPrior[0]! + logLikelihood[0]!,
    logQ: logQ[0]!,
  };
}
