// How the learned sizes came: those of every picture that arrived while the page looked on, thinned. Kept per data record,
// which is another one after a reset.

import type { BlocksData, BlocksPicture } from "../../../domains/blocks/facts";

export type SizeMoment = { readonly step: number; readonly sizes: Float32Array; readonly colors: Float32Array };

/** Moments that are kept: when full, every second one goes. */
const MOST = 240;

const logs = new WeakMap<BlocksData, SizeMoment[]>();

/** Adds a picture; one of an earlier step (a run that went back) takes the place of what came after it. */
export function logSizes(
  data: BlocksData,
  { step, types }: Pick<BlocksPicture, "step" | "types">,
): readonly SizeMoment[] {
  let moments = logs.get(data) ?? [];
  if (moments.at(-1)?.step === step) return moments;
  moments = moments.filter((moment) => moment.step < step);
  if (moments.length >= MOST) moments = moments.filter((_, i) => i % 2 === 0);
  moments.push({ step, sizes: types.sizes, colors: types.colors });
  logs.set(data, moments);
  return moments;
}
