// The recognition network's shapes: convolutions over a picture, then the four heads as one linear layer.
// Source: scenes specification, section 7 (the paper's stack and its variants for small pictures) and section 8 (the small one).

import type { LayerSpec, NetworkSpec } from "../../engine/nn/network";

export type EncoderSize = "small" | "paper" | "tiny";

/** Side at which the small networks look, whatever the picture's. */
const SMALL_SIDE = 32;
const TINY_SIDE = 8;

const conv = (channels: number, padding: number): LayerSpec => ({
  kind: "conv",
  kernel: [3, 3],
  stride: 1,
  padding: [padding, padding],
  channels,
  activation: "relu",
});
const pool = (window: number): LayerSpec => ({ kind: "maxPool", window, stride: 2 });
/** Averages a larger picture down to `side`. */
const reduced = (from: number, side: number): LayerSpec[] =>
  from > side ? [{ kind: "averagePool", grid: [side, side] }] : [];

/**
 * The network for pictures [R, R, 3] with `outputs` numbers at its end.
 *
 * The paper's embeds 128 pixels as 13 x 13 x 4 = 676 numbers and 64 as 5 x 5 x 16; at 32 the second pooling is left out:
 * 6 x 6 x 16. The small one has 6 x 6 x 16 at every size, of a picture averaged to 32 x 32.
 */
export function recognitionSpec(size: EncoderSize, side: number, outputs: number): NetworkSpec {
  const heads: LayerSpec = { kind: "dense", units: outputs, activation: "none" };
  return { name: "scene recogniser", input: [side, side, 3], layers: [...embedding(size, side), heads] };
}

function embedding(size: EncoderSize, side: number): LayerSpec[] {
  switch (size) {
    case "paper":
      return paperLayers(side);
    case "small":
      return [...reduced(side, SMALL_SIDE), conv(32, 1), pool(2), conv(32, 1), pool(2), conv(16, 0)];
    case "tiny":
      return [...reduced(side, TINY_SIDE), conv(4, 1), pool(2)];
  }
}

/** Source: section 7. Channels of the last map grow as the picture shrinks, so that the embedding stays about as long. */
export function paperLayers(side: number): LayerSpec[] {
  const lastChannels = side >= 256 ? 1 : side >= 128 ? 4 : 16;
  const second = side <= 32 ? [] : [pool(3)];
  return [conv(64, 2), pool(3), conv(128, 1), ...second, conv(128, 0), conv(lastChannels, 0), pool(2)];
}
