// Where each layer's numbers stand in the padded block of the wasm kernels, against the public layout of network.ts.

import type { NetworkPlan } from "./plan";
import { paddedTo8 } from "./wasmTensor";

/** Where a convolution's numbers stand in the padded block, in floats. */
export type PaddedPlace = {
  readonly weightsAt: number;
  readonly biasesAt: number;
  /** Rows of the weight matrix as stored: kernel height x width x stored input channels, perhaps rounded up. */
  readonly depth: number;
  readonly columns: number;
  /** True where patches are copied out because rows of a patch are not whole vectors (few input channels). */
  readonly copiesPatches: boolean;
};

/** Channels as stored: a multiple of 8 everywhere but in an input that a convolution reads. */
export function storedChannels(plan: NetworkPlan, index: number, channels: number): number {
  return index === 0 && plan.layers[0]?.kind === "conv" ? channels : paddedTo8(channels);
}

/** The place of every layer (null for pooling) and the size of the padded block. */
export function placesOf(plan: NetworkPlan): { readonly list: readonly (PaddedPlace | null)[]; readonly size: number } {
  let size = 0;
  const list = plan.layers.map((layer, index): PaddedPlace | null => {
    if (layer.kind !== "conv") return null;
    const segment = layer.kernel[1] * storedChannels(plan, index, layer.input[2]);
    const copiesPatches = layer.kernel[0] > 1 && segment % 4 !== 0;
    const rows = layer.kernel[0] * segment;
    const depth = copiesPatches ? (rows + 3) & ~3 : rows;
    const columns = paddedTo8(layer.output[2]);
    const weightsAt = size;
    const biasesAt = weightsAt + depth * columns;
    size = biasesAt + columns;
    return { weightsAt, biasesAt, depth, columns, copiesPatches };
  });
  return { list, size };
}

/** For every number of the public layout its index in the padded one. */
export function indexPlaces(plan: NetworkPlan, places: readonly (PaddedPlace | null)[]): Uint32Array {
  const index = new Uint32Array(plan.parameterCount);
  for (const [at, layer] of plan.layers.entries()) {
    const place = places[at];
    if (layer.kind !== "conv" || !place) continue;
    const [, , channels] = layer.input;
    const [, , outChannels] = layer.output;
    const stored = storedChannels(plan, at, channels);
    let next = layer.weightOffset;
    for (let tap = 0; tap < layer.kernel[0] * layer.kernel[1]; tap++) {
      for (let c = 0; c < channels; c++) {
        const row = place.weightsAt + (tap * stored + c) * place.columns;
        for (let n = 0; n < outChannels; n++) index[next++] = row + n;
      }
    }
    for (let n = 0; n < outChannels; n++) index[next++] = place.biasesAt + n;
  }
  return index;
}
