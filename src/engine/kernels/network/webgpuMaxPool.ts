// WGSL for max pooling. The winner of a window is its first largest value in row-major order. There are no atomic floats:
// backward, every input number looks at the windows that cover it and adds the gradients of those that it wins.

import type { Activation } from "../../nn/network";
import type { GpuProgram } from "../tfjsWebgpu";
import type { PlannedMaxPool } from "./plan";
import { define, slope } from "./webgpuPrograms";

/** Largest value of each window. Inputs: x. */
export function maxPoolForwardProgram(layer: PlannedMaxPool): GpuProgram {
  return {
    key: `maxPoolForward_${keyOf(layer)}`,
    inputs: ["x"],
    uniforms: "",
    code: `${constants(layer)}
      fn main(index: i32) {
        if (index >= uniforms.size) { return; }
        let pixel = index / C;
        let top = (pixel / OW) % OH * STRIDE; let left = pixel % OW * STRIDE; let image = pixel / (OW * OH) * H;
        let origin = ((image + top) * W + left) * C + index % C;
        var largest = x[origin];
        for (var i = 0; i < SIDE; i++) {
          for (var j = 0; j < SIDE; j++) { largest = max(largest, x[origin + (i * W + j) * C]); }
        }
        result[index] = largest;
      }`,
  };
}

/** Gradient of the pool's input, before the activation that made it. Inputs: d, x. */
export function maxPoolBackwardProgram(layer: PlannedMaxPool, inputActivation: Activation): GpuProgram {
  return {
    key: `maxPoolBackward_${keyOf(layer)}_${inputActivation}`,
    inputs: ["d", "x"],
    uniforms: "",
    code: `${constants(layer)}
      fn wins(at: i32, origin: i32) -> bool {
        let value = x[at];
        for (var i = 0; i < SIDE; i++) {
          for (var j = 0; j < SIDE; j++) {
            let other = origin + (i * W + j) * C;
            if (x[other] > value || (x[other] == value && other < at)) { return false; }
          }
        }
        return true;
      }
      fn main(index: i32) {
        if (index >= uniforms.size) { return; }
        let c = index % C; let pixel = index / C;
        let y = (pixel / W) % H; let z = pixel % W; let image = pixel / (W * H);
        let firstRow = max(0, (y - SIDE + STRIDE) / STRIDE); let lastRow = min(OH - 1, y / STRIDE);
        let firstColumn = max(0, (z - SIDE + STRIDE) / STRIDE); let lastColumn = min(OW - 1, z / STRIDE);
        var sum = 0.0;
        for (var row = firstRow; row <= lastRow; row++) {
          for (var column = firstColumn; column <= lastColumn; column++) {
            let origin = ((image * H + row * STRIDE) * W + column * STRIDE) * C + c;
            if (wins(index, origin)) { sum += d[((image * OH + row) * OW + column) * C + c]; }
          }
        }
        result[index] = sum${slope(inputActivation, "x[index]")};
      }`,
  };
}

function constants(layer: PlannedMaxPool): string {
  const [H, W, C] = layer.input;
  const [OH, OW] = layer.output;
  return define({ H, W, C, OH, OW, SIDE: layer.window, STRIDE: layer.stride });
}

function keyOf(layer: PlannedMaxPool): string {
  return [...layer.input, ...layer.output, layer.window, layer.stride].join("_");
}
