// The two parts of a rule's score with the picture's own counts and the learned noise plugged in.

import type { MemoryEntry } from "../../../engine/run/records";
import type { DomainViewProps, MemoryExtras } from "../../domainViews";
import type { TipLines } from "../../frame/Tip";
import { countText, fixedText, natsText, valueText } from "../../numberText";
import { type AutomataView, automataView, gridOf } from "./automataView";

/** No columns of their own: automata only explain their scores. */
export function explainScore(props: DomainViewProps): MemoryExtras | null {
  const view = automataView(props);
  if (!view?.picture) return null;
  return {
    columns: [],
    explain: (entry, part) => (part === "prior" ? priorTip(view, entry) : likelihoodTip(view, entry)),
  };
}

function likelihoodTip({ tools, data, picture, row }: AutomataView, entry: MemoryEntry): TipLines | null {
  if (!picture || picture.selected !== row) return null;
  const grid = gridOf(data, row);
  const boundary = data.isWrapped[row] === 1 ? "wrap" : "zero";
  const growth = { rule: entry.program[0] ?? 0, neighbours: data.neighbours, boundary } as const;
  const wrong = tools.disagreements(grid, growth).reduce((sum, cell) => sum + cell, 0);
  const right = data.height * (data.width - 1) - wrong;
  const { phi } = picture;
  const logs = `${countText(right)} · (${fixedText(Math.log1p(-phi), 4)}) + ${countText(wrong)} · (${fixedText(Math.log(phi), 2)})`;
  return {
    symbols: "log p(x | z) = n₀ log(1 − φ) + n₁ log φ − H log 2",
    numbers: `${logs} − ${data.height} · 0.69 = ${natsText(entry.logLikelihood)} nats,   φ = ${valueText(phi)}`,
    meaning:
      "Cells that follow the rule, cells that disagree with it, and a fair coin for each cell of the first column.",
  };
}

/** Independent bits: a sum over them. With another prior there is no such sum, and the general lines stay. */
function priorTip({ picture, data }: AutomataView, entry: MemoryEntry): TipLines | null {
  if (!picture) return null;
  const rule = entry.program[0] ?? 0;
  const logs = Array.from(picture.prior, (p, bit) => Math.log((rule >>> bit) & 1 ? p : 1 - p));
  const sum = logs.reduce((total, value) => total + value, 0);
  if (Math.abs(sum - entry.logPrior) > 0.05) return null;
  const shown = logs.slice(0, 4).map((value) => `(${fixedText(value, 2)})`);
  return {
    symbols: "log p(z) = Σ log p(zᵢ),   one term for each bit of the rule",
    numbers: `${shown.join(" + ")} + … = ${natsText(entry.logPrior)} nats, ${data.neighbours === 5 ? 32 : 8} bits`,
    meaning: "How probable the generative model finds the rule before it sees any picture.",
  };
}
