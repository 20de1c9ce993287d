// `lab infer DOMAIN --input FILE|-`: programs for a person's own data, one record an observation. With a model, its
// recognition network proposes; without one, memoised wake-sleep learns from these observations alone.

import { Command } from "commander";
import type { DomainSpec, FileInput, UserData } from "../../engine/domain";
import { asLabError } from "../../engine/errors";
import { defaultsOf, type OptionValues } from "../../engine/options";
import type { RunCore } from "../../engine/run/core";
import type { Inference } from "../../engine/run/inference";
import { type ModelContent, readModel } from "../../engine/run/modelFile";
import { openOwnData, smallBlocks } from "../../engine/run/ownData";
import { findModel, readAsset } from "../assets";
import { mistake } from "../failures";
import { addRunFlags, type Flags, findDomain, readCount, readPositive, readRunOptions } from "../flags";
import { addTableFlags, decodeInputs, readInputs, readTableFlags, type TableWishes } from "../input";
import { learnOwn } from "../learnOwn";
import { observationStrings } from "../observationText";
import { formatNumber, type NewRecord, print, recordLine } from "../output";
import { optionsForInput } from "../ownSize";
import { readCheckpoint, readRunFile } from "../runFolder";

type Answer = { readonly core: RunCore; readonly inferences: readonly Inference[]; readonly seconds: number };
type Request = {
  readonly inputs: readonly FileInput[];
  readonly seconds: number;
  readonly top: number;
  readonly wishes: TableWishes;
};
type Theta = Readonly<Record<string, readonly number[]>>;
type InferenceRecord = NewRecord & { kind: "inference" };

/** A model's parameters and the options to try the person's file under. */
async function trained(
  spec: DomainSpec,
  model: string,
  request: Request,
): Promise<{ content: ModelContent; options: readonly OptionValues[] }> {
  const shipped = spec.models?.find((info) => info.name === model);
  if (shipped) {
    const content = readModel(await readAsset(shipped.file));
    return { content, options: optionsForInput(spec, shipped.own, request.inputs) };
  }
  const folder = await findModel(model);
  const run = await readRunFile("--model", folder);
  if (run.domain !== spec.id) throw mistake(`--model ${model} was trained on ${run.domain}, not on ${spec.id}.`);
  const content = readModel(await readCheckpoint("--model", folder));
  return { content, options: [content.options] };
}

async function withModel(spec: DomainSpec, model: string, given: OptionValues, request: Request): Promise<Answer> {
  const unfit = Object.keys(given).find((name) => name !== "seed" && name !== "seconds");
  if (unfit !== undefined)
    throw mistake(`${unfit} is "${given[unfit]}", but --model decides it; leave one of them out.`);
  const { content, options: choices } = await trained(spec, model, request);
  const { userData, options } = await ownData(spec, choices, request);
  const seeded = { ...options, ...(given.seed === undefined ? {} : { seed: given.seed }) };
  return searched(spec, seeded, userData, content, request);
}

/** A search with a model's parameters, or with untrained ones. */
async function searched(
  spec: DomainSpec,
  options: OptionValues,
  userData: UserData,
  model: ModelContent | null,
  request: Request,
): Promise<Answer> {
  const memorySize = Math.max(request.top, 20);
  const own = await openOwnData({ spec, options, userData, model, memorySize, readAsset });
  const { inferences, seconds } = await own.search.run({ seconds: request.seconds });
  return { core: own.core, inferences, seconds };
}

/** The first options under which the domain takes the file; the last problem if it takes it under none. */
async function ownData(
  spec: DomainSpec,
  choices: readonly OptionValues[],
  request: Request,
): Promise<{ userData: UserData; options: OptionValues }> {
  let problem: unknown = null;
  for (const options of choices) {
    try {
      const complete = { ...defaultsOf(spec.options), ...options };
      const { userData } = await decodeInputs("--input", request.inputs, spec, complete, request.wishes);
      return { userData, options };
    } catch (error) {
      problem = error;
    }
  }
  throw asLabError(problem);
}

async function withoutModel(spec: DomainSpec, given: OptionValues, request: Request): Promise<Answer> {
  const { userData, options } = await ownData(spec, optionsForInput(spec, given, request.inputs), request);
  const { seconds: _, ...rest } = options;
  if (spec.untrained) return searched(spec, { ...spec.untrained, ...rest }, userData, null, request);
  return learnOwn(spec, rest, userData, request.seconds);
}

function describe(
  spec: DomainSpec,
  request: Request,
  answer: Answer,
  inference: Inference,
  theta: Theta,
): InferenceRecord {
  const { options } = answer.core;
  const kept = inference.programs.slice(0, request.top);
  // Weights are over the programs that are shown: they sum to 1.
  const total = kept.reduce((sum, each) => sum + each.weight, 0);
  const seen = observationOf(answer.core, inference);
  return {
    kind: "inference",
    input: inputName(request, answer, inference, seen),
    programs: kept.map((each) => ({
      program: spec.program.print(each.program, options),
      ...explained(spec, each.program, seen, options, theta),
      logPrior: each.logPrior,
      logLikelihood: each.logLikelihood,
      logJoint: each.logJoint,
      weight: each.weight / total,
      samples: each.samples,
      origin: each.origin,
    })),
    seconds: answer.seconds,
  };
}

/** A program in words, and what it says about the observation where programs say more. */
function explained(spec: DomainSpec, program: Int32Array, seen: unknown, options: OptionValues, theta: Theta) {
  const fit = spec.describeFit?.(program, seen, options, theta);
  const explanation = [...(fit?.words ?? spec.explain(program, options))];
  return fit ? { explanation, fit: fit.data } : { explanation };
}

/** What the domain saw of an input. */
function observationOf({ parts }: RunCore, { row }: Inference): unknown {
  return parts.instance.describeObservation({ observations: parts.instance.train, ids: Int32Array.of(row) }, 0);
}

/** The file, and which of its observations: its own name (a column's, a picture's) where it has one, else its number. */
function inputName({ inputs }: Request, answer: Answer, inference: Inference, seen: unknown): string {
  const isOne = inputs.length === 1;
  const name = isOne ? (inputs[0]?.name ?? "") : `${inputs.length} files`;
  const isNamed = typeof seen === "object" && seen !== null && "name" in seen && seen.name !== "";
  if (isNamed) return isOne ? `${name}, ${String(seen.name)}` : String(seen.name);
  return answer.inferences.length > 1 ? `${name} ${answer.inferences.indexOf(inference) + 1}` : name;
}

function asText(record: InferenceRecord, seen: unknown): string {
  if (record.programs.length === 0)
    return `${record.input}: none of the proposals explains it; more --seconds may help.`;
  const lines = record.programs.map(({ program, weight, logJoint, explanation }) => {
    const words = explanation.map((sentence) => `    ${sentence}`).join("\n");
    return `  ${program}  weight ${formatNumber(weight)}, log p(z, x) ${formatNumber(logJoint)}\n${words}`;
  });
  const strings = observationStrings(seen);
  const from = strings === null ? [] : [`  from ${strings}`];
  return [`${record.input}, after ${formatNumber(record.seconds)} s:`, ...from, ...lines].join("\n");
}

function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

async function inferCommandAction(id: string, more: readonly string[], flags: Flags): Promise<void> {
  const spec = findDomain(id);
  const seconds = readPositive("--seconds", String(flags.seconds ?? "5"), 3600);
  const top = readCount("--top", String(flags.top), 1, 1000);
  const sources = flags.input as readonly string[]; // collected
  if (sources.length === 0) throw mistake("--input is missing; give a file, or - for standard input.");
  const { options: given, dataFile } = readRunOptions(spec, flags);
  if (dataFile !== null) throw mistake("dataset is a file; give your own data with --input.");
  const wishes = readTableFlags(flags);
  const request = { inputs: await readInputs("--input", [...sources, ...more], spec), seconds, top, wishes };
  const model = flags.model === undefined ? null : String(flags.model);
  const answer = await (model === null ? withoutModel(spec, given, request) : withModel(spec, model, given, request));
  const theta = await smallBlocks(answer.core.parts.instance.model.blocks);
  for (const inference of answer.inferences) {
    const record = describe(spec, request, answer, inference, theta);
    await print(flags.json ? recordLine(record) : asText(record, observationOf(answer.core, inference)));
  }
}

/** The `infer` command. */
export function inferCommand(): Command {
  const command = new Command("infer")
    .description("Programs for your own data: a PNG or JPEG picture, JSON, CSV or text; - reads standard input.")
    .argument("<domain>", "automata, clusters, ...")
    .argument("[more...]", "further files, as a shell makes of --input *.png")
    .option(
      "--input <file>",
      "your file, or - for standard input; strokes: several, folders and archives too",
      collect,
      [],
    )
    .option("--model <name or dir>", "a trained model, or the folder of a run; without one, it learns from your data")
    .option("--top <n>", "programs to show for each observation", "5")
    .option("--json", "one JSON record an observation");
  return addRunFlags(addTableFlags(command)).action(inferCommandAction);
}
