// What time series add to the memory table: which expressions are the same kernel written another way, how long each has
// been there, and the parts of a score in words.

import type { SeriesPicture } from "../../../domains/timeseries/facts";
import type { MemoryEntry } from "../../../engine/run/records";
import type { DomainViewProps, MemoryExtras } from "../../domainViews";
import type { TipLines } from "../../frame/Tip";
import { countText, natsText } from "../../numberText";
import { kernelSymbols } from "./kernelText";
import { seriesView } from "./seriesView";

/** Two columns, and tips with the parts of a score. */
export function memoryExtras(props: DomainViewProps): MemoryExtras | null {
  const view = seriesView(props);
  if (!view) return null;
  const marks = kernelMarks(view.picture?.selected === view.row ? view.picture.sameKernel : [], props);
  const now = view.picture?.step ?? 0;
  return {
    columns: [
      {
        head: "Same",
        width: 44,
        help: "Expressions with the same letter are one kernel written in several ways: equal covariances, compared at the centres of their parameters.",
        text: (entry) => marks.get(entry.printed) ?? "",
      },
      {
        head: "Age",
        width: 48,
        help: "Steps since it entered the memory. No score is stored: each visit estimates it anew from fresh parameters.",
        text: (entry) => (entry.bornAt < 0 || now < entry.bornAt ? "" : countText(now - entry.bornAt)),
      },
    ],
    explain: (entry, part) => (part === "prior" ? priorTip(entry) : likelihoodTip(props, entry)),
  };
}

/** "= A" for every expression whose kernel another of the list has, too; letters in the order of the list. */
export function kernelMarks(
  sameKernel: SeriesPicture["sameKernel"],
  { spec, options }: Pick<DomainViewProps, "spec" | "options">,
): ReadonlyMap<string, string> {
  const sizes = new Map<number, number>();
  for (const { group } of sameKernel) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const shared = [...sizes].filter(([, size]) => size > 1).map(([group]) => group);
  const marks = new Map<string, string>();
  for (const { program, group } of sameKernel) {
    const at = shared.indexOf(group);
    if (at >= 0) marks.set(spec.program.print(program, options), `= ${String.fromCharCode(65 + at)}`);
  }
  return marks;
}

function priorTip(entry: MemoryEntry): TipLines {
  const symbols = kernelSymbols(entry.printed).length;
  return {
    symbols: "log p(z) = Σ log p(symbol | symbols before)",
    numbers: `${natsText(entry.logPrior)} nats over ${symbols} ${symbols === 1 ? "symbol" : "symbols"} and its end`,
    meaning: "How readily the generative model writes this expression before it sees any series.",
  };
}

function likelihoodTip({ options }: DomainViewProps, entry: MemoryEntry): TipLines {
  const penalty = Number(options["lengthPenalty"] ?? 0);
  const symbols = kernelSymbols(entry.printed).length;
  const less = penalty > 0 ? ` It holds ${penalty} nats of penalty for each of ${symbols} symbols.` : "";
  return {
    symbols: "log p(x | z) ≈ log (1/K) Σ p(a, x | z) / q(a | z, x),   a: parameters drawn from q",
    numbers: `${natsText(entry.logLikelihood)} nats, an estimate from K draws of the parameters.${less}`,
    meaning: "How well a Gaussian process with this kernel explains the series, whatever its parameters.",
  };
}
