// What strings add to the memory table: how many held-out strings each program can make, and the parts of a score with
// their numbers, the length in tokens among them.

import type { MemoryEntry } from "../../../engine/run/records";
import type { DomainViewProps, MemoryExtras } from "../../domainViews";
import type { TipLines } from "../../frame/Tip";
import { natsText } from "../../numberText";
import { Aligner, totalLogProb } from "./alignment";
import { type StringsView, stringsView } from "./stringsView";

/** One aligner for the table: it keeps what it knows while the evaluator stands still. */
let aligner: { readonly tools: StringsView["tools"]; readonly of: Aligner } | null = null;

/** One column, and tips with the likelihood of every string. */
export function memoryExtras(props: DomainViewProps): MemoryExtras | null {
  const view = stringsView(props);
  if (!view) return null;
  const { tools, logits, concept } = view;
  if (aligner?.tools !== tools) aligner = { tools, of: new Aligner(tools) };
  const { of } = aligner;
  const align = (entry: MemoryEntry, strings: readonly string[]) =>
    logits ? of.align(logits, entry.printed, entry.program, strings) : [];
  const length = (entry: MemoryEntry) => entry.program.filter((token) => tools.printToken(token) !== "").length + 1;
  return {
    columns: [
      {
        head: "Held out",
        help: "How many of the held-out strings the program can make.",
        text: (entry) => {
          if (concept.heldOut.length === 0 || !logits) return "";
          const made = align(entry, concept.heldOut).filter((one) => one.atoms !== null).length;
          return `${made} of ${concept.heldOut.length}`;
        },
      },
    ],
    explain: (entry, part) =>
      part === "prior" ? priorTip(entry, length(entry)) : likelihoodTip(entry, align(entry, concept.strings)),
  };
}

function priorTip(entry: MemoryEntry, tokens: number): TipLines {
  return {
    symbols: "log p(z) = Σ log p(token | tokens before)",
    numbers: `${natsText(entry.logPrior)} nats over ${tokens} tokens, the end included: ${natsText(entry.logPrior / tokens)} each`,
    meaning: "How readily the generative model writes this program before it sees any string.",
  };
}

function likelihoodTip(entry: MemoryEntry, strings: ReturnType<Aligner["align"]>): TipLines | null {
  const total = totalLogProb(strings);
  // A list from an earlier state of the run has other numbers: the general lines stay.
  if (strings.length === 0 || !(Math.abs(total - entry.logLikelihood) < 0.5)) return null;
  return {
    symbols: "log p(x | z) = Σ log p(string | z)",
    numbers: `${strings.map((one) => `(${natsText(one.logProb)})`).join(" + ")} = ${natsText(entry.logLikelihood)} nats`,
    meaning: "One term a string, each summed over all ways in which the program can make it.",
  };
}
