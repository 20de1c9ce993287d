// Which groups may share an axis (UX-105). A bound of another estimator or another K is another quantity, and so is a loss
// of another objective: each such quantity has a kind, and a chart draws one kind only.

import type { OptionValues } from "../../engine/options";
import { budgetOfValues } from "../../engine/run/budget";
import { algorithmName } from "../router/variant";

/** What a run's values of a metric are; equal ids may share an axis. */
export type QuantityKind = { readonly id: string; readonly words: string };

/** Metrics that are the same quantity for every run. */
const SAME: QuantityKind = { id: "same", words: "" };

/** What a run with these options measures under a metric's name. */
export function quantityOf(metric: string, options: OptionValues): QuantityKind {
  if (metric === "elbo" || metric === "ess") return estimatorOf(metric, options);
  if (metric === "phiLoss") return objectiveOf(options);
  return SAME;
}

/** Why kinds other than the drawn one stay off the chart. */
export function keptOffReason(metric: string): string {
  if (metric === "elbo")
    return "Bounds of different estimators or with different K or M are different quantities, so they are not drawn on one axis.";
  if (metric === "ess")
    return "Effective sample sizes out of different numbers of programs are different quantities, so they are not drawn on one axis.";
  return "Losses of different objectives are different quantities, so they are not drawn on one axis.";
}

function estimatorOf(metric: string, options: OptionValues): QuantityKind {
  const { memorySize, numSamples } = budgetOfValues(options);
  const algorithm = String(options["algorithm"]);
  if (MEMORY_ALGORITHMS.has(algorithm)) {
    const name = metric === "elbo" ? "memory bound" : "of the memory";
    // The effective sample size of a hybrid memory counts draws, K for each program.
    const draws = metric === "ess" && isHybrid(options) ? `, K = ${options["particles"]}` : "";
    return { id: `memory:${memorySize}${draws}`, words: `${name}, M = ${memorySize}${draws}` };
  }
  const name = metric === "elbo" ? "K-sample bound" : "of the samples";
  return { id: `samples:${numSamples}`, words: `${name}, K = ${numSamples}` };
}

function objectiveOf(options: OptionValues): QuantityKind {
  const algorithm = String(options["algorithm"]);
  const mode = algorithm === "mws" ? options["sleep"] : isHybrid(options) ? `λ = ${options["lambda"]}` : options["phi"];
  return { id: `${algorithm}:${mode}`, words: `${algorithmName(algorithm)}, ${mode}` };
}

/** Programs of the domain have continuous parts: only such domains offer lambda. */
const isHybrid = (options: OptionValues): boolean => options["lambda"] !== undefined;

/** Algorithms that keep programs from step to step. */
const MEMORY_ALGORITHMS: ReadonlySet<string> = new Set(["mws", "hmws", "hmws-minus"]);
