// One declared table drives defaults, validation, links, controls, --set on the command line and saved runs.

import { LabError } from "./errors";

export type OptionValue = number | string | boolean;
export type OptionValues = Readonly<Record<string, OptionValue>>;

type OptionBase = {
  readonly label: string;
  /** The symbol used in formulas, "K"; "" if there is none. */
  readonly symbol: string;
  /** One sentence: what the control does to the picture. */
  readonly help: string;
  readonly unit: string;
  /** "live" takes effect at the next step; "reset" says "applies after Reset". */
  readonly applies: "live" | "reset";
  /** Shown only for these algorithms; all when absent. */
  readonly algorithms?: readonly string[];
  /** Hidden behind "More options" when true. */
  readonly advanced?: boolean;
  /** No part of the algorithms as published: comparisons leave it at the domain's default, whatever a preset says. */
  readonly isAid?: true;
};

export type OptionSpec = OptionBase &
  (
    | {
        readonly kind: "int" | "real";
        readonly default: number;
        /** The usual range, offered by the control. */
        readonly min: number;
        readonly max: number;
        /** What the engine accepts; values between are marked "outside usual range". */
        readonly hardMin: number;
        readonly hardMax: number;
        readonly scale?: "linear" | "log";
      }
    | {
        readonly kind: "choice";
        readonly default: string;
        readonly choices: readonly string[];
        /** Accepted, but no control and no comparison offers them. */
        readonly unlisted?: readonly string[];
        /** What people read for a choice; the choice itself where absent. */
        readonly titles?: Readonly<Record<string, string>>;
      }
    | { readonly kind: "text"; readonly default: string }
    | { readonly kind: "flag"; readonly default: boolean }
  );

export type OptionTable = Readonly<Record<string, OptionSpec>>;

export type OptionProblem = { readonly name: string; readonly given: string; readonly message: string };

/** The defaults of a table. */
export function defaultsOf(table: OptionTable): OptionValues {
  return Object.fromEntries(Object.entries(table).map(([name, spec]) => [name, spec.default]));
}

/** True for a valid number outside the range that the control offers. */
export function isUnusual(spec: OptionSpec, value: OptionValue): boolean {
  if (spec.kind !== "int" && spec.kind !== "real") return false;
  return typeof value === "number" && (value < spec.min || value > spec.max);
}

/** The value that `text` means for this option, or one sentence that says what is wrong and what is allowed. */
export function parseOption(
  name: string,
  spec: OptionSpec,
  text: string,
): { ok: true; value: OptionValue } | { ok: false; problem: OptionProblem } {
  const fail = (allowed: string) => ({
    ok: false as const,
    problem: { name, given: text, message: `${name} is "${text}"; allowed: ${allowed}.` },
  });
  switch (spec.kind) {
    case "choice": {
      const allowed = [...spec.choices, ...(spec.unlisted ?? [])];
      return allowed.includes(text) ? { ok: true, value: text } : fail(allowed.join(", "));
    }
    case "flag":
      if (text === "true" || text === "1") return { ok: true, value: true };
      return text === "false" || text === "0" ? { ok: true, value: false } : fail("true or false");
    case "text":
      return { ok: true, value: text };
    default: {
      const value = text.trim() === "" ? Number.NaN : Number(text);
      const whole = spec.kind === "int";
      const allowed = `${whole ? "a whole number" : "a number"} from ${spec.hardMin} to ${spec.hardMax}`;
      if (!Number.isFinite(value) || (whole && !Number.isInteger(value))) return fail(allowed);
      return value < spec.hardMin || value > spec.hardMax ? fail(allowed) : { ok: true, value };
    }
  }
}

/**
 * Reads raw text values against a table. Never throws: a bad value falls back to the default and is reported,
 * an unknown name is reported once.
 */
export function readOptions(
  table: OptionTable,
  raw: Readonly<Record<string, string>>,
): { values: OptionValues; problems: readonly OptionProblem[] } {
  const values: Record<string, OptionValue> = { ...defaultsOf(table) };
  const problems: OptionProblem[] = [];
  for (const [name, text] of Object.entries(raw)) {
    const spec = table[name];
    if (!spec) {
      problems.push({ name, given: text, message: `${name} is not an option here.` });
      continue;
    }
    const read = parseOption(name, spec, text);
    if (read.ok) values[name] = read.value;
    else problems.push(read.problem);
  }
  return { values, problems };
}

/** Like readOptions, but the first problem is thrown: for the command line and for the worker. */
export function requireOptions(table: OptionTable, raw: Readonly<Record<string, OptionValue>>): OptionValues {
  const text = Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, String(value)]));
  const { values, problems } = readOptions(table, text);
  const first = problems[0];
  if (first) {
    const help = `Change ${first.name} and start again.`;
    throw new LabError("option", { message: first.message, help }, { name: first.name, given: first.given });
  }
  return values;
}

/** Only what differs from the defaults, as text: what a link or a command line has to carry. */
export function changedOptions(table: OptionTable, values: OptionValues): Record<string, string> {
  const changed: Record<string, string> = {};
  for (const [name, spec] of Object.entries(table)) {
    const value = values[name];
    if (value !== undefined && value !== spec.default) changed[name] = String(value);
  }
  return changed;
}
