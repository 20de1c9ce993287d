// The two parts of a clustering's score with its own sizes plugged in.

import type { MemoryEntry } from "../../../engine/run/records";
import type { DomainViewProps } from "../../domainViews";
import type { TipLines } from "../../frame/Tip";
import { natsText } from "../../numberText";
import { clusterView, toolsOf } from "./clusterView";

/** Chinese restaurant process with concentration 1, and one integrated Gaussian a cluster. */
export function explainScore(
  props: DomainViewProps,
  entry: MemoryEntry,
  part: "prior" | "likelihood",
): TipLines | null {
  const tools = toolsOf(props.spec);
  const sizes: number[] = [];
  for (const label of tools.labels(entry.program[0] ?? 0)) sizes[label] = (sizes[label] ?? 0) + 1;
  if (part === "prior") {
    return {
      symbols: "log p(z) = Σ log (n − 1)! − log 7!,   n points in each cluster",
      numbers: `${sizes.map((n) => `log ${n - 1}!`).join(" + ")} − log 7! = ${natsText(entry.logPrior)} nats`,
      meaning:
        "The Chinese restaurant process with concentration 1: a few large clusters are likelier than many small ones.",
    };
  }
  const sigma = clusterView(props)?.picture?.sigma;
  if (!sigma) return null;
  return {
    symbols: "log p(x | z) = Σ log ∫ N(μ; 0, I) Π N(x; μ, Σ) dμ,   one term a cluster",
    numbers: `${sizes.length} terms with ${sizes.join(", ")} points, Σ₁₁ = ${sigma[0]?.toFixed(3)}, Σ₂₂ = ${sigma[3]?.toFixed(3)}: ${natsText(entry.logLikelihood)} nats`,
    meaning: "How well the points of each cluster lie around one centre, over all places where that centre could be.",
  };
}
