// What every float32 backend of the stroke renderer has to satisfy; the float64 renderer is the measure.

import { describe, expect, it } from "vitest";
import type { BackendName } from "../../src/engine/backend";
import { bankLayout } from "../../src/engine/kernels/strokes/bank";
import type { BlockRenderer } from "../../src/engine/kernels/strokes/strokeRenderer";
import { Rng } from "../../src/engine/rng/rng";
import { expectGradient, gradientOf, randomLanes, rendererWith, smallSpec, variedRaw } from "./strokePrograms";
import { filePrograms, fileRaw, fileSpec, pixelsOf, strokesFile, tokensOf } from "./strokesVectors";

type Make = (spec: ReturnType<typeof smallSpec>, raw: ArrayLike<number>) => Promise<BlockRenderer>;

const SHAPES = [
  smallSpec(0),
  smallSpec(3),
  smallSpec(1, { height: 1, width: 1 }),
  smallSpec(2, { height: 4, width: 3, tokens: 1, strokes: 1 }),
  smallSpec(8, { height: 28, width: 28, tokens: 10, strokes: 64 }),
];

/** The laws on `backend`; `make` builds its renderer. */
export function rendererLaws(backend: BackendName, make: Make = (spec, raw) => rendererWith(spec, backend, raw)): void {
  exactLaws(make);
  fileLaws(make);
  extremeLaws(make);
  edgeLaws(make);
  callLaws(make);
  checkLaws(make);
}

function exactLaws(make: Make): void {
  describe.each(SHAPES)("$height x $width, T = $transforms", (spec) => {
    it.each([1, 5, 9])("gives the float64 likelihoods and gradients of %i lanes", async (count) => {
      const raw = variedRaw(spec, count);
      const { lanes, images } = randomLanes(spec, count, 3, count);
      const rng = new Rng(count);
      const coefficient = Float64Array.from({ length: count }, (_, n) => (n % 4 === 3 ? 0 : rng.normal()));
      const [exact, fast] = [await rendererWith(spec, "cpu", raw), await make(spec, raw)];
      const [expected, given] = [await exact.logLikelihood(lanes, images), await fast.logLikelihood(lanes, images)];
      for (const [n, value] of expected.entries()) expect(Math.abs(given[n]! - value)).toBeLessThan(1e-3);
      const exactPair = await gradientOf(exact, lanes, images, coefficient);
      const fastPair = await gradientOf(fast, lanes, images, coefficient);
      expectGradient(spec, fastPair.gradient, exactPair.gradient, 1e-4);
      for (const [n, value] of exactPair.values.entries()) {
        expect(Math.abs(fastPair.values[n]! - value)).toBeLessThan(1e-3);
        if (coefficient[n] === 0) expect(fastPair.values[n]).toBe(0);
      }
      fast.dispose();
    });
  });
}

function fileLaws(make: Make): void {
  it("has the likelihoods and the gradient of the reference file in float32", async () => {
    const spec = fileSpec();
    const scored = filePrograms.filter((program) => program.image !== undefined);
    const tokens = Int32Array.from(scored.flatMap((program) => [...tokensOf(program)]));
    const images = Uint8Array.from(scored.flatMap((program) => [...pixelsOf(program.image ?? [])]));
    const lanes = { tokens, groups: Int32Array.from(scored.keys()) };
    const renderer = await make(spec, fileRaw);
    const { values, gradient } = await gradientOf(renderer, lanes, images, new Float64Array(scored.length).fill(1));
    const plain = await make(fileSpec(false), fileRaw.slice(0, bankLayout(spec).transforms));
    const plainValues = await plain.logLikelihood(lanes, images);
    for (const [n, program] of scored.entries()) {
      const { log_lik_affine, log_lik_bernoulli_no_affine } = program;
      if (log_lik_affine !== undefined) expect(Math.abs(values[n]! - log_lik_affine)).toBeLessThan(1e-2);
      if (log_lik_bernoulli_no_affine === undefined) continue;
      expect(Math.abs(plainValues[n]! - log_lik_bernoulli_no_affine)).toBeLessThan(1e-2);
    }
    const { grad_of_sum_log_lik_affine: g } = strokesFile;
    if (scored.length > 0 && g?.pre_dxdy && g.pre_theta && g.pre_sharpness && g.pre_width && g.theta_affine) {
      const numbers = [...g.pre_dxdy.flat(), ...g.pre_theta, ...g.pre_sharpness, ...g.pre_width];
      numbers.push(g.pre_scale ?? Number.NaN, g.bias ?? Number.NaN, ...g.theta_affine.flat(2));
      const minus = Array.from(gradient, (value) => -value);
      expectGradient(spec, minus, numbers, 1e-3);
    }
  });

  it("has the reference file's logits to 1e-4", async () => {
    for (const program of filePrograms) {
      for (const rows of [program.logits_28x28, program.logits_7rows_5cols]) {
        if (rows === undefined) continue;
        const spec = { ...fileSpec(false), height: rows.length, width: rows[0]?.length ?? 1 };
        const renderer = await make(spec, fileRaw.slice(0, bankLayout({ ...spec, transforms: 0 }).transforms));
        const logits = await logitsThrough(renderer, tokensOf(program));
        for (const [i, logit] of rows.flat().entries()) expect(Math.abs(logits[i]! - logit)).toBeLessThan(1e-4);
        renderer.dispose();
      }
    }
  });
}

/** The logit of a pixel is what one pixel of ink adds to the likelihood of a blank picture. */
async function logitsThrough(renderer: BlockRenderer, tokens: Int32Array): Promise<Float64Array> {
  const size = renderer.spec.height * renderer.spec.width;
  const images = new Uint8Array((size + 1) * size);
  for (let i = 0; i < size; i++) images[(i + 1) * size + i] = 1;
  const groups = Int32Array.from({ length: size + 1 }, (_, n) => n);
  const repeated = Int32Array.from({ length: (size + 1) * tokens.length }, (_, i) => tokens[i % tokens.length]!);
  const values = await renderer.logLikelihood({ tokens: repeated, groups }, images);
  return values.subarray(1).map((value) => value - values[0]!);
}

function extremeLaws(make: Make): void {
  it("stays finite for thousands of random extreme parameters, and near float64 where float32 can", async () => {
    const rng = new Rng(11);
    const wild = () => rng.normal() * 10 ** (6 * rng.uniform() - 3);
    for (let round = 0; round < 60; round++) {
      const spec = smallSpec(round % 3, { height: 6, width: 7 });
      const raw = variedRaw(spec, round).map((value) => (rng.uniform() < 0.5 ? value : value + wild()));
      const { lanes, images } = randomLanes(spec, 8, 2, round);
      const renderer = await make(spec, raw);
      const { values, gradient } = await gradientOf(renderer, lanes, images, new Float64Array(8).fill(1));
      expect(values.findIndex((value) => !Number.isFinite(value))).toBe(-1);
      expect(values.every((value) => value <= 0)).toBe(true);
      expect(gradient.findIndex((value) => !Number.isFinite(value))).toBe(-1);
      renderer.dispose();
    }
  });

  it.each([0, 1e-9, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2])("is exact for strokes with theta = %d", async (theta) => {
    const spec = smallSpec(2, { height: 28, width: 28 });
    const raw = variedRaw(spec, 3);
    // theta = 0.99 pi (sigmoid(10 raw) - 1/2) is 0.99 pi * 10 / 4 * raw near 0.
    raw.fill((theta * 4) / (9.9 * Math.PI), bankLayout(spec).theta, bankLayout(spec).sharpness);
    const { lanes, images } = randomLanes(spec, 6, 2, 3);
    const coefficient = new Float64Array(6).fill(1);
    const expected = await gradientOf(await rendererWith(spec, "cpu", raw), lanes, images, coefficient);
    const given = await gradientOf(await make(spec, raw), lanes, images, coefficient);
    for (const [n, value] of expected.values.entries()) expect(Math.abs(given.values[n]! - value)).toBeLessThan(1e-3);
    expectGradient(spec, given.gradient, expected.gradient, 1e-4);
  });
}

function edgeLaws(make: Make): void {
  it.each([
    ["strokes without length", (raw: Float64Array) => raw.fill(0, 0, 12), 1e-3],
    ["huge sharpness", (raw: Float64Array) => raw.fill(1e25, 18, 24), 1e-3],
    ["no sharpness", (raw: Float64Array) => raw.fill(0, 18, 24), 1e-3],
    // 1 - P of a probability next to 1 has few digits in float32.
    ["huge scale", (raw: Float64Array) => raw.fill(500, 30, 31), 1e-2],
    ["huge bias", (raw: Float64Array) => raw.fill(500, 31, 32), 1e-3],
    ["hugely negative bias", (raw: Float64Array) => raw.fill(-500, 31, 32), 1e-3],
    ["transforms that read outside", (raw: Float64Array) => raw.fill(30, 32), 1e-3],
    ["transforms of one point", (raw: Float64Array) => raw.fill(0, 32), 1e-3],
  ])("is near float64 for %s", async (_, change, share) => {
    for (const transforms of [0, 2]) {
      const spec = smallSpec(transforms);
      const raw = variedRaw(spec, 4);
      change(raw);
      const { lanes, images } = randomLanes(spec, 6, 2, 4);
      const coefficient = new Float64Array(6).fill(1);
      const expected = await gradientOf(await rendererWith(spec, "cpu", raw), lanes, images, coefficient);
      const given = await gradientOf(await make(spec, raw), lanes, images, coefficient);
      for (const [n, value] of expected.values.entries()) {
        expect(Math.abs(given.values[n]! - value)).toBeLessThan(1e-2);
      }
      expectGradient(spec, given.gradient, expected.gradient, share);
    }
  });

  it("draws sharp and strongly bent strokes whole", async () => {
    const spec = smallSpec(1, { height: 28, width: 28 });
    const raw = variedRaw(spec, 12);
    const at = bankLayout(spec);
    raw.fill(120, at.sharpness, at.width);
    for (let s = 0; s < spec.strokes; s++) raw[at.theta + s] = s % 2 === 0 ? 0.3 : -0.3;
    const { lanes, images } = randomLanes(spec, 12, 2, 12);
    const coefficient = new Float64Array(12).fill(1);
    const expected = await gradientOf(await rendererWith(spec, "cpu", raw), lanes, images, coefficient);
    const given = await gradientOf(await make(spec, raw), lanes, images, coefficient);
    for (const [n, value] of expected.values.entries()) expect(Math.abs(given.values[n]! - value)).toBeLessThan(1e-2);
    expectGradient(spec, given.gradient, expected.gradient, 1e-3);
  });

  it("gives a program without ink the likelihood of the floor", async () => {
    const spec = smallSpec(0);
    const renderer = await make(spec, variedRaw(spec, 2));
    const lanes = { tokens: new Int32Array(spec.tokens), groups: Int32Array.of(0) };
    const images = new Uint8Array(spec.height * spec.width).fill(1, 0, 3);
    const { values, gradient } = await gradientOf(renderer, lanes, images, Float64Array.of(1));
    expect(values[0]).toBeCloseTo(3 * Math.log(1e-6), 3);
    expect(gradient.every((value) => value === 0)).toBe(true);
  });
}

function callLaws(make: Make): void {
  const spec = smallSpec(3);

  it("gives the same numbers again, whatever stands beside a lane", async () => {
    const renderer = await make(spec, variedRaw(spec, 6));
    const { lanes, images } = randomLanes(spec, 9, 3, 6);
    const together = await renderer.logLikelihood(lanes, images);
    expect(await renderer.logLikelihood(lanes, images)).toEqual(together);
    for (const [n, value] of together.entries()) {
      const tokens = lanes.tokens.subarray(n * spec.tokens, (n + 1) * spec.tokens);
      const [alone] = await renderer.logLikelihood({ tokens, groups: lanes.groups.subarray(n, n + 1) }, images);
      expect(alone).toBe(value);
    }
  });

  it("adds up the coefficients of equal lanes, and adds to what the gradient holds", async () => {
    const renderer = await make(spec, variedRaw(spec, 7));
    const { lanes, images } = randomLanes(spec, 1, 1, 7);
    const twice = { tokens: Int32Array.from([...lanes.tokens, ...lanes.tokens]), groups: Int32Array.of(0, 0) };
    const once = await gradientOf(renderer, lanes, images, Float64Array.of(3));
    const doubled = await gradientOf(renderer, twice, images, Float64Array.of(1, 2));
    expect(doubled.gradient).toEqual(once.gradient);
    expect(doubled.values[0]).toBe(doubled.values[1]);
    await renderer.accumulate(lanes, images, Float64Array.of(3));
    for (const [i, value] of renderer.stored.gradient.entries()) expect(value).toBeCloseTo(2 * once.gradient[i]!, 9);
  });
}

function checkLaws(make: Make): void {
  const spec = smallSpec(3);

  it("sees parameters that have moved", async () => {
    const renderer = await make(spec, variedRaw(spec, 8));
    const { lanes, images } = randomLanes(spec, 4, 2, 8);
    const before = await renderer.logLikelihood(lanes, images);
    await gradientOf(renderer, lanes, images, new Float64Array(4).fill(1));
    renderer.block.adam(1e-3, 1);
    const after = await renderer.logLikelihood(lanes, images);
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    expect(sum(after)).toBeGreaterThan(sum(before));
    const exact = await rendererWith(spec, "cpu", renderer.stored.values);
    const expected = await exact.logLikelihood(lanes, images);
    for (const [n, value] of expected.entries()) expect(Math.abs(after[n]! - value)).toBeLessThan(1e-3);
  });

  it("says what does not fit", async () => {
    const renderer = await make(spec, variedRaw(spec, 9));
    const { lanes, images } = randomLanes(spec, 2, 1, 9);
    const { tokens, groups } = lanes;
    const wrong = tokens.slice();
    wrong[3] = 2 * spec.strokes;
    await expect(renderer.logLikelihood({ tokens: wrong, groups }, images)).rejects.toThrow("invalid token 12");
    await expect(renderer.logLikelihood({ tokens, groups: Int32Array.of(0, 1) }, images)).rejects.toThrow("group 1");
    await expect(renderer.logLikelihood({ tokens: tokens.subarray(1), groups }, images)).rejects.toThrow(
      "multiple of 5",
    );
    await expect(renderer.accumulate(lanes, images, Float64Array.of(1))).rejects.toThrow("1 coefficients");
    expect(await renderer.logLikelihood({ tokens: new Int32Array(0), groups: new Int32Array(0) }, images)).toHaveLength(
      0,
    );
    renderer.dispose();
    await expect(renderer.logLikelihood(lanes, images)).rejects.toThrow("after dispose");
  });
}
