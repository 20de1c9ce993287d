// Renderers with chosen parameters, random programs, and how their gradients are compared.

import { expect } from "vitest";
import type { BackendName } from "../../src/engine/backend";
import { bankLayout, initialRaw } from "../../src/engine/kernels/strokes/bank";
import { createRenderer } from "../../src/engine/kernels/strokes/createRenderer";
import type { StrokeLanes, StrokeRendererSpec } from "../../src/engine/kernels/strokes/renderer";
import type { BlockRenderer } from "../../src/engine/kernels/strokes/strokeRenderer";
import { Rng } from "../../src/engine/rng/rng";

/** A small renderer whose width is no multiple of 4. */
export function smallSpec(transforms: number, changes: Partial<StrokeRendererSpec> = {}): StrokeRendererSpec {
  return { name: "small strokes", strokes: 6, tokens: 5, transforms, height: 11, width: 9, ...changes };
}

/** First parameters, with widths and sharpnesses that differ, so that joints of strokes are no ties. */
export function variedRaw(spec: StrokeRendererSpec, seed: number): Float64Array {
  const rng = new Rng(seed);
  const raw = initialRaw(spec, rng);
  const at = bankLayout(spec);
  for (let s = 0; s < spec.strokes; s++) {
    raw[at.sharpness + s] = 8 + 14 * rng.uniform();
    raw[at.width + s] = -2 + 2 * rng.uniform();
  }
  for (let i = at.transforms; i < at.size; i++) raw[i] = raw[i]! + 0.05 * rng.normal();
  return raw;
}

export async function rendererWith(
  spec: StrokeRendererSpec,
  backend: BackendName,
  raw: ArrayLike<number>,
): Promise<BlockRenderer> {
  const renderer = await createRenderer(spec, backend, new Rng(1));
  const zeros = new Float64Array(raw.length);
  await renderer.block.write({ values: Float64Array.from(raw), moment1: zeros, moment2: zeros });
  return renderer;
}

/** `count` programs over `groups` random pictures with a fifth of ink. */
export function randomLanes(spec: StrokeRendererSpec, count: number, groups: number, seed: number) {
  const rng = new Rng(seed);
  const lanes: StrokeLanes = {
    tokens: Int32Array.from({ length: count * spec.tokens }, () => rng.int(2 * spec.strokes)),
    groups: Int32Array.from({ length: count }, () => rng.int(groups)),
  };
  const images = Uint8Array.from({ length: groups * spec.height * spec.width }, () => (rng.uniform() < 0.2 ? 1 : 0));
  return { lanes, images };
}

/** The gradient of one call with these coefficients, and the call's log likelihoods. */
export async function gradientOf(
  renderer: BlockRenderer,
  lanes: StrokeLanes,
  images: Uint8Array,
  coefficient: Float64Array,
): Promise<{ values: Float64Array; gradient: Float64Array }> {
  renderer.block.zeroGradient();
  const values = await renderer.accumulate(lanes, images, coefficient);
  return { values, gradient: renderer.stored.gradient.slice() };
}

/** Parts of a block that count as one array each in comparisons of gradients. */
export function partsOf(spec: StrokeRendererSpec): readonly (readonly [string, number, number])[] {
  const at = bankLayout(spec);
  return [
    ["dx, dy", 0, at.theta],
    ["theta", at.theta, at.sharpness],
    ["sharpness", at.sharpness, at.width],
    ["width", at.width, at.scale],
    ["scale", at.scale, at.bias],
    ["bias", at.bias, at.transforms],
    ["transforms", at.transforms, at.size],
  ];
}

/** Every entry within `share` of the largest entry of its part. */
export function expectGradient(
  spec: StrokeRendererSpec,
  gradient: ArrayLike<number>,
  expected: ArrayLike<number>,
  share: number,
): void {
  for (const [name, from, to] of partsOf(spec)) {
    let most = 0;
    for (let i = from; i < to; i++) most = Math.max(most, Math.abs(expected[i]!));
    for (let i = from; i < to; i++) {
      const message = `${name}, number ${i}: ${gradient[i]} and ${expected[i]}, largest ${most}`;
      expect(Math.abs(gradient[i]! - expected[i]!), message).toBeLessThanOrEqual(share * most + 1e-12);
    }
  }
}
