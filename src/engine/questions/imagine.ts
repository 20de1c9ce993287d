// New observations for given programs, from the present theta.

import { LabError } from "../errors";
import type { Programs } from "../model";
import type { RunCore } from "../run/core";
import type { Answers, Question } from "../worker/questions";
import { requireObservation } from "../worker/requirements";
import { questionRng } from "./questionRng";

/** Observations that one question may ask for. */
const MOST_OBSERVATIONS = 256;

/**
 * `count` observations of each program, one list a program.
 * @throws LabError("option") for programs of another length, unreadable ones, or too many
 */
export async function answerImagine(
  core: RunCore,
  question: Extract<Question, { kind: "imagine" }>,
): Promise<Answers["imagine"]> {
  const { programs, count, like } = question;
  const { instance } = core.parts;
  if (like !== -1) requireObservation(like, instance.train.count);
  if (!Number.isInteger(count) || count < 1 || programs.length * count > MOST_OBSERVATIONS) {
    throw refused(
      `${programs.length} programs with ${count} observations each; allowed: 1 to ${MOST_OBSERVATIONS} in all.`,
    );
  }
  for (const program of programs) requireProgram(core, program);
  const { programLength: length } = instance.model;
  const values = new Int32Array(programs.length * count * length);
  for (let i = 0; i < programs.length * count; i++) values.set(programs[Math.floor(i / count)]!, i * length);
  const packed: Programs = { values, numParticles: 1, batchSize: programs.length * count, length };
  const batch = await instance.imagine(packed, questionRng(core, "imagine"), like);
  return {
    observations: programs.map((_, p) =>
      Array.from({ length: count }, (_, c) => instance.describeObservation(batch, p * count + c)),
    ),
  };
}

/** A program of this domain: printing and reading it gives it back. */
function requireProgram(core: RunCore, program: readonly number[]): void {
  const { spec, instance } = core.parts;
  const isLong = program.length === instance.model.programLength;
  const read = isLong ? spec.program.parse(spec.program.print(program, core.options), core.options) : null;
  if (read?.ok && read.program.every((value, l) => value === program[l])) return;
  throw refused(`${program.join(", ")} is not a ${spec.programName.one} of ${spec.title}.`);
}

function refused(message: string): LabError {
  return new LabError("option", { message: `imagine: ${message}`, help: "Choose other programs." });
}
