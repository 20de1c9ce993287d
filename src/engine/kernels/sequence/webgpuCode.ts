// Pieces of WGSL that the programs of a sequence network share, and the sizes that are baked into them.

import type { SequenceSpec } from "../../nn/sequence";
import type { PartName, SequencePlan } from "../../nn/sequencePlan";

/** Most invocations of a workgroup on tfjs' device. */
const MOST_INVOCATIONS = 256;

/** One invocation per unit of an LSTM, in whole warps; more units than MOST_INVOCATIONS take turns. */
export function invocationsFor(units: number): number {
  return Math.min(MOST_INVOCATIONS, Math.ceil(units / 32) * 32);
}

/** Beyond 15 tanh is 1 in float32, while exp inside some drivers' tanh overflows. */
export const NONLINEARITIES = `
  fn squash(x: f32) -> f32 { return tanh(clamp(x, -15.0, 15.0)); }
  fn gate(x: f32) -> f32 { return 1.0 / (1.0 + exp(-clamp(x, -60.0, 60.0))); }
  fn gatesOf(x: vec4<f32>) -> vec4<f32> { return vec4<f32>(gate(x.x), gate(x.y), squash(x.z), gate(x.w)); }`;

/** "const NAME : i32 = 3; ..." */
export function define(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `const ${name} : i32 = ${value};`)
    .join(" ");
}

/** The text for 0 to count - 1, one after another: WGSL has no arrays of registers. */
export function each(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join("\n");
}

/** The uniform's declaration for names of 32-bit integers. */
export function integers(names: readonly string[]): string {
  return names.map((name) => `${name} : i32,`).join(" ");
}

/** First number of a part of the block. */
export function offsetOf(plan: SequencePlan, name: PartName): number {
  return plan.parts[name]?.offset ?? 0;
}

/** What tells the programs of one network from those of another with other sizes. */
export function sizesOf(spec: SequenceSpec): string {
  const { hidden, embedding, reader, grammar } = spec;
  return [hidden, embedding, reader?.symbols ?? 0, grammar.tokens].join("_");
}
