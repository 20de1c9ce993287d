// Options that several domains offer and that mean the same in each; a domain adds what they are about.

import { LabError } from "../errors";
import type { OptionSpec, OptionValues } from "../options";

const base = { applies: "reset", unit: "", symbol: "" } as const;

/** `mutations`: how many of the proposals are changed remembered programs. @param what what they are and how they change */
export function mutationsOption(what: string): OptionSpec {
  return {
    ...base,
    kind: "int",
    default: 0,
    min: 0,
    max: 10,
    hardMin: 0,
    hardMax: 500,
    applies: "live",
    algorithms: ["mws", "hmws", "hmws-minus"],
    advanced: true,
    isAid: true,
    label: "Mutations",
    help: `How many of the proposals are remembered ${what}. Not part of the paper's algorithm, so comparisons leave them out.`,
  };
}

/** `evaluationSamples`: S of an evaluation's estimate. @param what per which its programs are drawn @param overstated its unit */
export function evaluationSamplesOption(what: string, overstated: string): OptionSpec {
  return {
    ...base,
    kind: "int",
    default: 0,
    min: 0,
    max: 1000,
    hardMin: 0,
    hardMax: 1000000,
    unit: "samples",
    symbol: "S",
    advanced: true,
    label: "Evaluation samples",
    help: `Programs drawn per held-out ${what} for its likelihood; 0 means 100. Few samples overstate the ${overstated}.`,
  };
}

/** `dataSeed`: fixes what a domain generates, whatever the run's seed. @param help which data, and what 0 means there */
export function dataSeedOption(help: string, initial = 1): OptionSpec {
  return {
    ...base,
    kind: "int",
    default: initial,
    min: 0,
    max: 2147483647,
    hardMin: 0,
    hardMax: 4294967295,
    advanced: true,
    label: "Data seed",
    help,
  };
}

/**
 * The data set that the options name.
 *
 * @param sets the domain's data sets by name
 * @param initial what no name means
 * @throws LabError("unknown-name") for a name that is not among them
 */
export function datasetOf(options: OptionValues, sets: Readonly<Record<string, unknown>>, initial: string): string {
  const name = String(options.dataset ?? "") || initial;
  if (Object.hasOwn(sets, name)) return name;
  const names = Object.keys(sets).join(", ");
  const message = `dataset is "${name}"; allowed: ${names}`;
  throw new LabError("unknown-name", { message, help: `Choose one of ${names}.` }, { name: "dataset", given: name });
}
