// The two parts of a program's score with the numbers of the character plugged in.

import type { MemoryEntry } from "../../../engine/run/records";
import type { DomainViewProps, MemoryExtras } from "../../domainViews";
import type { TipLines } from "../../frame/Tip";
import { fixedText, natsText } from "../../numberText";
import { type StrokesView, strokesView } from "./strokesView";

/** No columns of their own: strokes only explain their scores. */
export function explainScore(props: DomainViewProps): MemoryExtras | null {
  const view = strokesView(props);
  if (!view?.picture) return null;
  return {
    columns: [],
    explain: (entry, part) => (part === "prior" ? priorTip(view, entry) : likelihoodTip(view, entry)),
  };
}

function priorTip({ data }: StrokesView, entry: MemoryEntry): TipLines {
  const free = data.tokens * Math.log(data.strokes) + (data.tokens - 1) * Math.log(2);
  return {
    symbols: "log p(z) = Σ log p(stroke | before) + log p(pen | before)",
    numbers: `${natsText(entry.logPrior)} nats over ${data.tokens} strokes; with no habits at all ${natsText(-free)}`,
    meaning: "How readily the generative model writes this program before it sees any character.",
  };
}

function likelihoodTip({ data }: StrokesView, entry: MemoryEntry): TipLines {
  const pixels = data.side * data.side;
  const bits = -entry.logLikelihood / (pixels * Math.LN2);
  const how = data.transforms > 0 ? `the average over ${data.transforms} transforms` : "no transforms";
  return {
    symbols: "log p(x | z) = log (1/T) Σ over transforms Π over pixels p(pixel)",
    numbers: `${natsText(entry.logLikelihood)} nats = ${fixedText(bits, 3)} bits for each of ${pixels} pixels; ${how}`,
    meaning: "How well the ink that the program draws explains the character, pixel by pixel.",
  };
}
