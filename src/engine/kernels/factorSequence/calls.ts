// Checks of the arguments of a FactorSequence, the same sentences on every backend.

import { LabError } from "../../errors";
import type { FactorPlan } from "../../nn/factorPlan";
import type { FactorLanes, FactorSequenceSpec } from "../../nn/factorSequence";

/** @throws LabError("shape") unless `context` is [G, C] with a row for every lane's group, or null without a context. */
export function requireContext(spec: FactorSequenceSpec, context: Float32Array | null, groups: Int32Array): void {
  if (spec.context === 0) return;
  if (context === null || context.length % spec.context !== 0) {
    const given = context?.length ?? 0;
    const message = `${spec.name}: context has ${given} numbers, expected rows of ${spec.context}`;
    throw new LabError("shape", { message, help: "Pass one row of the context for every group." }, { given });
  }
  const count = context.length / spec.context;
  for (const group of groups) {
    if (group >= 0 && group < count) continue;
    const message = `${spec.name}: invalid group ${group} (expected 0 to ${count - 1})`;
    throw new LabError("shape", { message, help: "Pass one row of the context for every group." }, { group, count });
  }
}

/**
 * @throws LabError("shape") unless tokens [N, L, F], groups [N] and (where given) coefficient [N] fit together, every part
 *   of a token is one of its values, and forced parts have the value that they are forced to.
 */
export function requireFactorLanes(
  spec: FactorSequenceSpec,
  plan: FactorPlan,
  { tokens, groups }: FactorLanes,
  coefficient?: Float64Array,
): void {
  const perLane = plan.forced.length;
  const count = groups.length;
  if (tokens.length !== count * perLane || (coefficient?.length ?? count) !== count) {
    const message = `${spec.name}: ${count} lanes with ${tokens.length} parts and ${coefficient?.length ?? count} coefficients`;
    const help = `Pass ${count * perLane} parts and one coefficient a lane.`;
    throw new LabError("shape", { message, help }, { given: tokens.length });
  }
  for (let part = 0; part < perLane; part++) {
    const forced = plan.forced[part]!;
    const [least, most] = forced >= 0 ? [forced, forced] : [0, spec.factors[part % plan.numFactors]! - 1];
    for (let at = part; at < tokens.length; at += perLane) {
      const value = tokens[at]!;
      if (value >= least && value <= most) continue;
      const place = `part ${part % plan.numFactors} of token ${Math.floor(part / plan.numFactors)}`;
      const expected = forced >= 0 ? `${forced}` : `0 to ${most}`;
      const message = `${spec.name}: lane ${Math.floor(at / perLane)} has ${value} as ${place} (expected ${expected})`;
      throw new LabError("shape", { message, help: "Pass sequences of this network's own values." }, { value });
    }
  }
}
