// A run beside the first one: another algorithm or K on the same data with the same seed. In links: "run=rws:10".

import { type OptionTable, type OptionValues, parseOption } from "../../engine/options";
import { COMMON_OPTIONS } from "../../engine/run/options";

export type RunVariant = { readonly algorithm: string; readonly particles: number };

/** The options of a variant's run: memory and proposals follow its own K (0 = half of K). */
export function variantOptions(options: OptionValues, variant: RunVariant): OptionValues {
  const sameK = options["particles"] === variant.particles;
  const split = sameK ? {} : { memory: 0, proposals: 0 };
  return { ...options, ...split, algorithm: variant.algorithm, particles: variant.particles };
}

/** "MWS, K = 10": how a run is called in the legend and in sentences. */
export function runName(options: OptionValues): string {
  return `${algorithmName(String(options["algorithm"]))}, K = ${options["particles"]}`;
}

/** The printed name of an algorithm. */
export function algorithmName(id: string): string {
  return COMMON_OPTIONS.algorithm.titles[id] ?? id;
}

/** "rws:10". */
export function printVariant(variant: RunVariant): string {
  return `${variant.algorithm}:${variant.particles}`;
}

/** Reads "rws:10" or "rws" against the table, or says what is wrong. */
export function parseVariant(
  table: OptionTable,
  text: string,
): { readonly ok: true; readonly variant: RunVariant } | { readonly ok: false; readonly message: string } {
  const [algorithm = "", particles = ""] = text.split(":");
  const algorithms = table["algorithm"];
  const counts = table["particles"];
  if (!algorithms || !counts) return { ok: false, message: "run needs the options algorithm and particles." };
  const first = parseOption("run", algorithms, algorithm);
  if (!first.ok) return { ok: false, message: `${first.problem.message} The run is left out.` };
  const second = particles === "" ? null : parseOption("run", counts, particles);
  if (second && !second.ok) return { ok: false, message: `${second.problem.message} The run is left out.` };
  const count = second ? second.value : counts.default;
  return { ok: true, variant: { algorithm: String(first.value), particles: Number(count) } };
}
