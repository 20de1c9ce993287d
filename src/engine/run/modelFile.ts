// Trained parameters as a file of their own: options and weights in single precision, no optimiser state, no memory, no
// data (docs/decisions/0003-checkpoint-format.md; the same container with "kind": "model"). Small enough to ship.

import { z } from "zod";
import type { MetricValues } from "../domain";
import { LabError } from "../errors";
import type { ParameterBlock } from "../optim/parameterBlock";
import type { OptionValues } from "../options";
import { type CheckpointContent, readCheckpoint } from "./checkpoint";
import { packContainer, unpackContainer } from "./container";

/** Version that this lab writes; it reads this one and all older ones. */
export const MODEL_VERSION = 1;

/** What a model file says. */
export type ModelContent = {
  readonly domain: string;
  /** Options of the run that trained it. */
  readonly options: OptionValues;
  /** Completed steps of that run. */
  readonly steps: number;
  /** Its last metrics. */
  readonly metrics: MetricValues;
  readonly blocks: readonly { readonly name: string; readonly values: Float32Array }[];
};

const modelSchema = z.object({
  kind: z.literal("model"),
  domain: z.string(),
  options: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  steps: z.number().int().nonnegative(),
  metrics: z.record(z.string(), z.number()),
  blocks: z.array(z.object({ name: z.string(), values: z.instanceof(Float32Array) })),
});

/**
 * The model file of a run's state.
 *
 * @param only names of the blocks that go into it; all where absent. Names that the state lacks are left out
 */
export function writeModel(
  state: Pick<CheckpointContent, "domain" | "options" | "step" | "blocks" | "history">,
  only?: readonly string[],
): Uint8Array {
  const metrics: Record<string, number> = {};
  for (const record of state.history) {
    for (const [name, value] of Object.entries(record.metrics)) if (Number.isFinite(value)) metrics[name] = value;
  }
  const kept = state.blocks.filter(({ name }) => only?.includes(name) ?? true);
  const blocks = kept.map(({ name, values }) => ({ name, values: Float32Array.from(values) }));
  const { domain, options, step: steps } = state;
  return packContainer({ kind: "model", domain, options, steps, metrics, blocks }, MODEL_VERSION);
}

/**
 * Reads trained parameters from a model file or from a checkpoint.
 * @throws LabError("checkpoint") with one sentence for every malformed file
 */
export function readModel(file: Uint8Array): ModelContent {
  const unpacked = unpackContainer(file, MODEL_VERSION);
  const isModel = unpacked.ok && (unpacked.value as { kind?: unknown } | null)?.kind === "model"; // only looked at
  if (!isModel) return fromCheckpoint(file);
  const parsed = modelSchema.safeParse(unpacked.value);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.map(String).join(".") ?? "content";
  throw unfit(`the model file's ${field} is missing or malformed.`);
}

function fromCheckpoint(file: Uint8Array): ModelContent {
  const { domain, options, step, blocks, history } = readCheckpoint(file);
  return {
    domain,
    options,
    steps: step,
    metrics: history.at(-1)?.metrics ?? {},
    blocks: blocks.map(({ name, values }) => ({ name, values: Float32Array.from(values) })),
  };
}

/**
 * Puts trained parameters into a model's blocks; the optimiser starts afresh.
 *
 * @param isStart a start may know of some blocks only: the others keep the first values that follow from the run's seed
 * @throws LabError("checkpoint") if a block is missing or has another size
 */
export async function loadParameters(
  blocks: readonly ParameterBlock[],
  content: ModelContent,
  isStart = false,
): Promise<void> {
  const given = new Map(content.blocks.map((block) => [block.name, block.values]));
  const known = blocks.filter(({ name }) => !isStart || given.has(name));
  if (known.length === 0) throw unfit("the trained model has none of this model's parts.");
  for (const block of known) {
    const values = given.get(block.name);
    if (values?.length === block.size) continue;
    const found = values ? `${values.length} numbers` : "nothing";
    throw unfit(`the trained model does not fit: ${block.name} has ${block.size} numbers, the file has ${found}.`);
  }
  for (const block of known) {
    const values = given.get(block.name) ?? new Float32Array();
    const state = await block.read();
    await block.write({
      values: state.values instanceof Float64Array ? Float64Array.from(values) : values.slice(),
      moment1: state.moment1.map(() => 0),
      moment2: state.moment2.map(() => 0),
    });
  }
}

function unfit(message: string): LabError {
  return new LabError("checkpoint", { message, help: "Choose another model, or options that it was trained with." });
}
