// One answer as the workbench's parts see a run: a single character, the bank that answered, and the program on show.

import type { StrokesData } from "../../../../domains/strokes";
import type { ResultProps } from "../../../try/tryOwn";
import { type ShownProgram, type StrokeBank, type StrokesView, toolsOf } from "../strokesView";
import { bankOfAnswer } from "./answerBank";
import { CELLS } from "./padDrawing";

export type AnswerView = StrokesView & { readonly bank: StrokeBank; readonly shown: ShownProgram };

/** Null for a report without a bank. @param given cells: [28 * 28] of the input */
export function answerView(
  given: Pick<ResultProps, "spec" | "options" | "theta" | "program" | "printed"> & { readonly cells: Uint8Array },
): AnswerView | null {
  const { spec, options, theta, cells, program, printed } = given;
  const answer = bankOfAnswer(spec, options, theta);
  if (!answer) return null;
  const { bank, picture } = answer;
  const data: StrokesData = {
    kind: "strokes",
    count: 1,
    side: CELLS,
    pixels: cells,
    alphabets: Int32Array.of(0),
    alphabetNames: [],
    strokes: bank.dx.length,
    tokens: program.length,
    transforms: bank.transforms.length / 6,
    isConditional: false,
    constantRate: Number.NaN,
    pixelRates: Number.NaN,
    trueBank: null,
    note: "",
  };
  const shown: ShownProgram = { printed, tokens: program, entry: null, isBest: true };
  return { tools: toolsOf(spec), data, picture, bank, row: 0, shown };
}
