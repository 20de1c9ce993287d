// Checks of the arguments of a StrokeRenderer, the same sentences on every backend.

import { LabError } from "../../errors";
import type { StrokeLanes, StrokeRendererSpec } from "./renderer";

/** @throws LabError("shape") for sizes that no renderer can have. */
export function requireSpec(spec: StrokeRendererSpec): void {
  const { strokes, tokens, transforms, height, width } = spec;
  const counts = { strokes, tokens, height, width };
  for (const [name, count] of Object.entries({ ...counts, transforms: transforms + 1 })) {
    if (Number.isInteger(count) && count >= 1) continue;
    const message = `${spec.name}: invalid ${name}`;
    throw new LabError("shape", { message, help: "Use whole numbers of strokes, tokens and pixels." }, { name, count });
  }
  if (tokens > 255) {
    const message = `${spec.name}: ${tokens} tokens (255 at most)`;
    throw new LabError("shape", { message, help: "Use shorter programs." }, { tokens });
  }
}

/** @throws LabError("shape") unless `tokens` holds whole programs of strokes that the bank has. */
export function requireTokens(spec: StrokeRendererSpec, tokens: Int32Array): void {
  if (tokens.length % spec.tokens !== 0) {
    const message = `${spec.name}: ${tokens.length} tokens (expected a multiple of ${spec.tokens})`;
    throw new LabError("shape", { message, help: `Pass programs of ${spec.tokens} tokens.` });
  }
  const bad = tokens.findIndex((token) => token < 0 || token >= 2 * spec.strokes);
  if (bad < 0) return;
  const message = `${spec.name}: invalid token ${tokens[bad]} (expected 0 to ${2 * spec.strokes - 1})`;
  throw new LabError("shape", { message, help: "Use strokes of the bank." }, { lane: Math.floor(bad / spec.tokens) });
}

/** @throws LabError("shape") unless tokens [N, A], groups [N], images [G, height * width] and coefficient [N] agree. */
export function requireLanes(
  spec: StrokeRendererSpec,
  { tokens, groups }: StrokeLanes,
  images: Uint8Array,
  coefficient?: Float64Array,
): void {
  requireTokens(spec, tokens);
  const count = groups.length;
  const given = { tokens: tokens.length, coefficients: coefficient?.length ?? count };
  if (given.tokens !== count * spec.tokens || given.coefficients !== count) {
    const message = `${spec.name}: ${count} lanes with ${given.tokens} tokens and ${given.coefficients} coefficients`;
    throw new LabError("shape", { message, help: `Pass ${spec.tokens} tokens and one coefficient a lane.` }, given);
  }
  const rows = images.length / (spec.height * spec.width);
  const bad = groups.findIndex((group) => !(group >= 0 && group < rows));
  if (bad < 0) return;
  const message = `${spec.name}: invalid group ${groups[bad]} (expected 0 to ${Math.floor(rows) - 1})`;
  throw new LabError("shape", { message, help: "Pass the picture of every group." }, { lane: bad });
}
