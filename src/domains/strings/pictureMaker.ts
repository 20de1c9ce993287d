// The domain's picture for the page: the evaluator's numbers, so that the page scores and aligns by itself, and new
// strings of the chosen concept's best programs.

import type { ProgramMemory } from "../../engine/memory/programMemory";
import { emptyPrograms } from "../../engine/model";
import type { Rng } from "../../engine/rng/rng";
import type { StringsPicture } from "./facts";
import type { StringsModel } from "./model";
import { type ConceptSet, everyRow } from "./observations";
import { printProgram } from "./print";
import { PROGRAM_LENGTH, programKey } from "./program";

const MOST_PROGRAMS = 5;
const NUM_STRINGS = 12;
/** Programs drawn for the chosen concept where there is no memory. */
const NUM_DRAWN = 10;

type Context = { readonly selected: number; readonly memory: ProgramMemory | null; readonly rng: Rng };

/** A fresh record: about 1 kB, and the strings. */
export async function makePicture(model: StringsModel, train: ConceptSet, context: Context): Promise<StringsPicture> {
  const selected = Math.min(Math.max(0, context.selected), train.count - 1);
  const { memory, rng } = context;
  const best =
    memory && memory.rows.counts[selected]! > 0
      ? rememberedOf(memory, selected)
      : await drawnOf(model, train, selected, rng.fork("draw"));
  const programs = emptyPrograms(1, best.length, PROGRAM_LENGTH);
  for (const [i, program] of best.entries()) programs.values.set(program, i * PROGRAM_LENGTH);
  const { strings } = model.generative.sampleStrings(programs, NUM_STRINGS, rng.fork("strings"));
  return {
    logits: model.generative.evaluatorLogits.slice(),
    samples: best.map((program, i) => ({ printed: printProgram(program), strings: strings[i]! })),
  };
}

/** The best members of a memory row as of its latest visit, best first. */
function rememberedOf({ rows, memorySize }: ProgramMemory, selected: number): Int32Array[] {
  const count = Math.min(MOST_PROGRAMS, rows.counts[selected]!);
  return Array.from({ length: count }, (_, m) => {
    const from = (selected * memorySize + m) * PROGRAM_LENGTH;
    return rows.programs.slice(from, from + PROGRAM_LENGTH);
  });
}

/** The best of a few programs of the recognition model that can make the concept's strings, by log joint. */
async function drawnOf(model: StringsModel, train: ConceptSet, selected: number, rng: Rng): Promise<Int32Array[]> {
  const batch = { ...everyRow(train), ids: Int32Array.of(selected) };
  const { programs } = await model.recogniser.propose(batch, NUM_DRAWN, rng);
  const { logPrior, logLikelihood } = await model.scorePossible(batch, programs);
  const found = new Map<string, { program: Int32Array; logJoint: number }>();
  for (const [k, likelihood] of logLikelihood.entries()) {
    if (likelihood === -Infinity) continue;
    const program = programs.values.slice(k * PROGRAM_LENGTH, (k + 1) * PROGRAM_LENGTH);
    found.set(programKey(program), { program, logJoint: logPrior[k]! + likelihood });
  }
  return [...found.values()]
    .sort((first, second) => second.logJoint - first.logJoint)
    .slice(0, MOST_PROGRAMS)
    .map(({ program }) => program);
}
