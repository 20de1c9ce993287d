// Which groups may share an axis (UX-105). A bound of another estimator or another K is another quantity, and so is a loss
// of another objective: each such quantity has a kind, and a chart draws one kind only.

import type { OptionValues } from "../../engine/options";
import { COMMON_OPTIONS } from "../../engine/run/options";

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
  const particles = Number(options["particles"]);
  if (options["algorithm"] === MEMORY_ALGORITHM) {
    const memory = Number(options["memory"]) || Math.max(1, Math.ceil(particles / 2));
    const name = metric === "elbo" ? "memory bound" : "of the memory";
    return { id: `memory:${memory}`, words: `${name}, M = ${memory}` };
  }
  const name = metric === "elbo" ? "K-sample bound" : "of the samples";
  return { id: `samples:${particles}`, words: `${name}, K = ${particles}` };
}

function objectiveOf(options: OptionValues): QuantityKind {
  const mode = options["algorithm"] === MEMORY_ALGORITHM ? options["sleep"] : options["phi"];
  return { id: `${options["algorithm"]}:${mode}`, words: `${String(options["algorithm"]).toUpperCase()}, ${mode}` };
}

/** The algorithm that the option table ties the memory size to. */
const MEMORY_ALGORITHM: string = COMMON_OPTIONS.memory.algorithms[0] ?? "mws";
