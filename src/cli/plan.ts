// A sweep's plan: algorithms x K x seeds x sets, from a JSON file. Every job is validated before the first one starts.
// A job's key is made from its options only, so that the same plan finds its finished jobs again.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { DomainSpec } from "../engine/domain";
import { LabError } from "../engine/errors";
import { type OptionValues, requireOptions } from "../engine/options";
import { badFile } from "./failures";
import { findDomain } from "./flags";

const optionValue = z.union([z.number(), z.string(), z.boolean()]);
const options = z.record(z.string(), optionValue);

const planSchema = z.strictObject({
  domain: z.string(),
  /** Options of every job. */
  options: options.default({}),
  /** Names, or names with options of their own: {"algorithm": "mws", "sleep": "fantasy"}. */
  algorithms: z.array(z.union([z.string(), z.looseObject({ algorithm: z.string() })])).min(1),
  /** K; absent, the domain's default. */
  particles: z.array(z.number()).min(1).optional(),
  seeds: z.array(z.number()).min(1).default([1]),
  /** Further option sets, each combined with everything above. */
  sets: z.array(options).min(1).default([{}]),
});

export type Job = { readonly key: string; readonly domain: string; readonly options: OptionValues };

function keyOf(domain: string, values: OptionValues): string {
  const sorted = Object.entries(values).sort(([left], [right]) => (left < right ? -1 : 1));
  const hash = createHash("sha256")
    .update(JSON.stringify([domain, sorted]))
    .digest("hex")
    .slice(0, 8);
  return `${domain}-${values.algorithm}-k${values.particles ?? "default"}-seed${values.seed}-${hash}`;
}

function describeIssue(path: string, error: z.ZodError): string {
  const issue = error.issues[0];
  const where = issue && issue.path.length > 0 ? `, ${issue.path.join(".")}` : "";
  return `PLAN ${path}${where}: ${issue?.message ?? "the plan is malformed"}.`;
}

function checkJob(path: string, spec: DomainSpec, values: OptionValues): OptionValues {
  try {
    const checked = requireOptions(spec.options, values);
    return Object.fromEntries(Object.keys(values).map((name) => [name, checked[name] ?? ""]));
  } catch (error) {
    if (error instanceof LabError) throw badFile(`PLAN ${path}: ${error.message}`, error.fields, error);
    throw error;
  }
}

/**
 * Every job of a plan, in order: sets, then algorithms, then K, then seeds.
 * @throws LabError("file") with one sentence that names the field and the value
 */
export function expandPlan(path: string, raw: unknown): readonly Job[] {
  const read = planSchema.safeParse(raw);
  if (!read.success) throw badFile(describeIssue(path, read.error), { file: path }, read.error);
  const plan = read.data;
  const spec = findDomain(plan.domain);
  const jobs = new Map<string, Job>();
  for (const set of plan.sets) {
    for (const entry of plan.algorithms) {
      // A loose object's further fields are unknown to the type; checkJob validates each by the option table.
      const algorithm = (typeof entry === "string" ? { algorithm: entry } : entry) as OptionValues;
      for (const particles of plan.particles ?? [undefined]) {
        for (const seed of plan.seeds) {
          const given = {
            ...plan.options,
            ...(particles === undefined ? {} : { particles }),
            ...set,
            ...algorithm,
            seed,
          };
          const values = checkJob(path, spec, given);
          const key = keyOf(plan.domain, values);
          jobs.set(key, { key, domain: plan.domain, options: values });
        }
      }
    }
  }
  return [...jobs.values()];
}

/** Reads a plan file. @throws LabError("file") that says what is wrong with it. */
export async function readPlan(path: string): Promise<readonly Job[]> {
  let text = "";
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw badFile(`PLAN ${path} cannot be read; give a JSON file.`, { file: path }, error);
  }
  try {
    return expandPlan(path, JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw badFile(`PLAN ${path} is not JSON; give an object with "domain" and "algorithms".`, { file: path }, error);
  }
}
