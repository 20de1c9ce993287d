// Every field of strokes.json that concerns the renderer (MWS specification 4.2), in float64: 1e-6 plus half a unit of
// the last printed digit. The prior, the recognition network and their log probabilities: strokesNetworks.test.ts.

import { describe, expect, it } from "vitest";
import {
  arcDistance,
  arcOf,
  canvasLogits,
  canvasProbabilities,
  isInsideSector,
  logitOfInk,
  startPoints,
} from "../../src/engine/kernels/strokes/arcs";
import { bankFromRaw, bankLayout } from "../../src/engine/kernels/strokes/bank";
import { createRenderer } from "../../src/engine/kernels/strokes/createRenderer";
import { logLikelihoodOf, logLikelihoodPerTransform, warp } from "../../src/engine/kernels/strokes/warp";
import { Rng } from "../../src/engine/rng/rng";
import { filePrograms, fileRaw, fileSpec, pixelsOf, strokesFile, tokensOf } from "../helpers/strokesVectors";

const spec = fileSpec();
const bank = bankFromRaw(spec, fileRaw);

/** Runs `check` if the field is in the file. */
function given<T>(field: T | undefined, check: (field: T) => void): void {
  if (field !== undefined) check(field);
}

/** 1e-6 plus half a unit of the last printed digit. */
function near(values: ArrayLike<number>, expected: readonly number[], digits: number): void {
  expect(values.length).toBe(expected.length);
  const tolerance = 1e-6 + 0.5 * 10 ** -digits;
  for (const [i, value] of expected.entries()) {
    expect(Math.abs((values[i] ?? Number.NaN) - value), `entry ${i}: ${values[i]} and ${value}`).toBeLessThanOrEqual(
      tolerance,
    );
  }
}

it("is a file of the strokes format", () => {
  given(strokesFile.format, (format) => expect(format).toMatch(/strokes/));
  given(strokesFile.num_primitives, (count) => expect(spec.strokes).toBe(count));
  given(strokesFile.num_arcs, (count) => expect(spec.tokens).toBe(count));
  given(strokesFile.start_point, (point) => near(startPoints(bank, []), point, 9));
});

it("derives the bank from the raw parameters", () => {
  given(strokesFile.derived?.dxdy, (dxdy) => {
    near(
      bank.dx,
      dxdy.map((row) => row[0] ?? Number.NaN),
      8,
    );
    near(
      bank.dy,
      dxdy.map((row) => row[1] ?? Number.NaN),
      8,
    );
  });
  given(strokesFile.derived?.theta, (theta) => near(bank.theta, theta, 8));
  given(strokesFile.derived?.sharpness, (sharpness) => near(bank.sharpness, sharpness, 8));
  given(strokesFile.derived?.width, (width) => near(bank.width, width, 8));
  given(strokesFile.derived?.scale, (scale) => near([bank.scale], [scale], 8));
  given(strokesFile.derived?.bias, (bias) => near([bank.bias], [bias], 8));
});

it("gives the stated logit to a canvas without ink", () => {
  given(strokesFile.all_off_logit, (logit) => {
    near([logitOfInk(Number.NEGATIVE_INFINITY)], [logit], 6);
    const tokens = Int32Array.from({ length: spec.tokens }, (_, t) => 2 * (t % spec.strokes));
    near(canvasLogits(bank, tokens, 3, 2), new Array<number>(6).fill(logit), 6);
  });
});

describe.each(filePrograms.map((program, index) => ({ program, index })))("program $index", ({ program }) => {
  const tokens = tokensOf(program);

  it("starts its strokes at the stated points", () => {
    given(program.start_points, (points) =>
      near(startPoints(bank, tokens).slice(0, 2 * points.length), points.flat(), 6),
    );
  });

  it("has the stated distances and sectors", () => {
    const starts = startPoints(bank, tokens);
    for (const { x, y, row, col, distance, inside_sector } of program.distance_samples ?? []) {
      given(row, (r) => near([1 - r / (spec.height - 1)], [y], 9));
      given(col, (c) => near([c / (spec.width - 1)], [x], 9));
      const arcs = Array.from(tokens, (token, t) => arcOf(bank, token >> 1, starts[2 * t]!, starts[2 * t + 1]!));
      given(distance, (distances) =>
        near(
          arcs.map((arc) => arcDistance(arc, x, y)),
          distances,
          6,
        ),
      );
      given(inside_sector, (inside) => expect(arcs.map((arc) => isInsideSector(arc, x, y))).toEqual(inside));
    }
  });

  it("has the stated logits on canvases of any shape", () => {
    for (const rows of [program.logits_28x28, program.logits_7rows_5cols]) {
      given(rows, (logits) => near(canvasLogits(bank, tokens, logits.length, logits[0]!.length), logits.flat(), 5));
    }
  });

  it("has the stated log likelihoods", () => {
    const { image, log_lik_per_transform, log_lik_affine, log_lik_bernoulli_no_affine } = program;
    if (image === undefined) return;
    const pixels = pixelsOf(image);
    given(log_lik_per_transform, (each) => near(logLikelihoodPerTransform(spec, bank, tokens, pixels), each, 5));
    given(log_lik_affine, (value) => near([logLikelihoodOf(spec, bank, tokens, pixels)], [value], 5));
    given(log_lik_bernoulli_no_affine, (value) =>
      near([logLikelihoodOf({ ...spec, transforms: 0 }, bank, tokens, pixels)], [value], 5),
    );
    given(program.bits_per_pixel_if_this_were_log_p, (bits) => {
      near([-logLikelihoodOf(spec, bank, tokens, pixels) / (pixels.length * Math.LN2)], [bits], 6);
    });
  });
});

it("warps the probabilities, not the logits", () => {
  given(strokesFile.warped_probs_transform_3_program_0, (rows) => {
    const size = { height: rows.length, width: rows[0]!.length };
    const [program] = filePrograms;
    if (program === undefined || spec.transforms < 4) return;
    const ink = canvasProbabilities(bank, tokensOf(program), size.height, size.width);
    near(warp(ink, bank.transforms, 3, size), rows.flat(), 6);
  });
});

it("has the stated gradient of the sum of the log likelihoods", async () => {
  const expected = strokesFile.grad_of_sum_log_lik_affine;
  const scored = filePrograms.filter((program) => program.image !== undefined);
  if (expected === undefined || scored.length === 0) return;
  const renderer = await createRenderer(spec, "cpu", new Rng(1));
  renderer.stored.values.set(fileRaw);
  const tokens = Int32Array.from(scored.flatMap((program) => [...tokensOf(program)]));
  const images = Uint8Array.from(scored.flatMap((program) => [...pixelsOf(program.image ?? [])]));
  const groups = Int32Array.from(scored.keys());
  const values = await renderer.accumulate({ tokens, groups }, images, new Float64Array(scored.length).fill(1));
  for (const [n, program] of scored.entries()) given(program.log_lik_affine, (value) => near([values[n]!], [value], 5));
  // The block holds the gradient of the loss, minus the log likelihood.
  const gradient = Array.from(renderer.stored.gradient, (value) => -value);
  const at = bankLayout(spec);
  given(expected.pre_dxdy, (rows) => near(gradient.slice(0, at.theta), rows.flat(), 4));
  given(expected.pre_theta, (values) => near(gradient.slice(at.theta, at.sharpness), values, 4));
  given(expected.pre_sharpness, (values) => near(gradient.slice(at.sharpness, at.width), values, 4));
  given(expected.pre_width, (values) => near(gradient.slice(at.width, at.scale), values, 4));
  given(expected.pre_scale, (value) => near([gradient[at.scale]!], [value], 4));
  given(expected.bias, (value) => near([gradient[at.bias]!], [value], 4));
  given(expected.theta_affine, (rows) => near(gradient.slice(at.transforms), rows.flat(2), 4));
});
