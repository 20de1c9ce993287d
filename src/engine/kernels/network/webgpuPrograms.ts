// WGSL for one layer each: shapes are baked into the code (and named in the key), the batch size is in uniforms.size.
// One invocation computes one result; weight gradients over many pixels use one workgroup per weight.

import type { Activation } from "../../nn/network";
import { type GpuProgram, GROUP_ROW, WORKGROUP } from "../tfjsWebgpu";
import type { PlannedConv, PlannedPool } from "./plan";

/** A whole workgroup shares the sum of a weight where sums are long and weights are too few to fill a GPU. */
const MANY_PIXELS = 256;
const FEW_WEIGHTS = 4096;

/** result[b, y, x, n] = act(bias + sum over taps and channels). Inputs: x, p (all parameters). */
export function convForwardProgram(layer: PlannedConv): GpuProgram {
  return {
    key: `convForward_${keyOf(layer)}_${layer.activation}`,
    inputs: ["x", "p"],
    uniforms: "",
    code: `${constants(layer)}
      fn main(index: i32) {
        if (index >= uniforms.size) { return; }
        let n = index % N; let pixel = index / N;
        let top = (pixel / OW) % OH * STRIDE - TOP; let left = pixel % OW * STRIDE - LEFT;
        let image = pixel / (OW * OH) * H;
        var sum = 0.0;
        for (var i = 0; i < KH; i++) {
          let row = top + i;
          if (row < 0 || row >= H) { continue; }
          for (var j = 0; j < KW; j++) {
            let column = left + j;
            if (column < 0 || column >= W) { continue; }
            let at = ((image + row) * W + column) * C; let w = WEIGHTS + (i * KW + j) * C * N + n;
            for (var c = 0; c < C; c++) { sum += x[at + c] * p[w + c * N]; }
          }
        }
        let value = sum + p[BIASES + n];
        result[index] = ${activated(layer.activation, "value")};
      }`,
  };
}

/**
 * result[weight] (+)= sum over images and pixels of x times d, for the weights and biases of the layer in turn.
 * A line is one row of output pixels of one image. Inputs: x, d (gradient before the activation).
 * Numbers: lines = batch * OH, adding = 0 or 1. Target: the gradient.
 */
export function convWeightProgram(layer: PlannedConv, batchSize: number): GpuProgram {
  const [height, width, channels] = layer.output;
  const isGrouped = batchSize * height * width > MANY_PIXELS && (layer.fanIn + 1) * channels < FEW_WEIGHTS;
  return {
    key: `convWeight_${keyOf(layer)}_${isGrouped}`,
    inputs: ["x", "d"],
    uniforms: "lines : i32, adding : i32,",
    code: `${constants(layer)}${LINE_SUM}${isGrouped ? GROUPED_SUM : SINGLE_SUM}`,
    isGrouped,
  };
}

/** The share of one line in the gradient of weight `index` of the layer; biases come after the FAN_IN rows of weights. */
const LINE_SUM = `
      fn lineSum(index: i32, line: i32) -> f32 {
        let n = index % N; let row = index / N; let at = line * OW * N + n;
        var sum = 0.0;
        if (row >= FAN_IN) {
          for (var i = 0; i < OW; i++) { sum += d[at + i * N]; }
          return sum;
        }
        let tap = row / C; let y = line % OH * STRIDE - TOP + tap / KW;
        if (y < 0 || y >= H) { return 0.0; }
        let left = tap % KW - LEFT; let first = (line / OH * H + y) * W * C + row % C;
        for (var i = 0; i < OW; i++) {
          let column = i * STRIDE + left;
          if (column >= 0 && column < W) { sum += d[at + i * N] * x[first + column * C]; }
        }
        return sum;
      }
      fn store(index: i32, sum: f32) {
        var before = 0.0;
        if (uniforms.adding == 1) { before = result[WEIGHTS + index]; }
        result[WEIGHTS + index] = before + sum;
      }`;

const SINGLE_SUM = `
      fn main(index: i32) {
        if (index >= uniforms.size) { return; }
        var sum = 0.0;
        for (var line = 0; line < uniforms.lines; line++) { sum += lineSum(index, line); }
        store(index, sum);
      }`;

const GROUPED_SUM = `
      var<workgroup> partial: array<f32, ${WORKGROUP}>;
      fn main() {
        let lane = i32(localId.x); let index = i32(workgroupId.y) * ${GROUP_ROW} + i32(workgroupId.x);
        var sum = 0.0;
        if (index < uniforms.size) {
          for (var line = lane; line < uniforms.lines; line += ${WORKGROUP}) { sum += lineSum(index, line); }
        }
        partial[lane] = sum;
        workgroupBarrier();
        for (var half = ${WORKGROUP / 2}; half > 0; half = half / 2) {
          if (lane < half) { partial[lane] += partial[lane + half]; }
          workgroupBarrier();
        }
        if (lane == 0 && index < uniforms.size) { store(index, partial[0]); }
      }`;

/** Gradient of the layer's input, before the activation that made it. Inputs: d, p, and x where that is not "none". */
export function convInputProgram(layer: PlannedConv, inputActivation: Activation): GpuProgram {
  return {
    key: `convInput_${keyOf(layer)}_${inputActivation}`,
    inputs: inputActivation === "none" ? ["d", "p"] : ["d", "p", "x"],
    uniforms: "",
    code: `${constants(layer)}
      fn main(index: i32) {
        if (index >= uniforms.size) { return; }
        let c = index % C; let pixel = index / C;
        let bottom = (pixel / W) % H + TOP; let right = pixel % W + LEFT;
        let image = pixel / (W * H) * OH;
        var sum = 0.0;
        for (var i = bottom % STRIDE; i < KH; i += STRIDE) {
          let y = (bottom - i) / STRIDE;
          if (bottom < i || y >= OH) { continue; }
          for (var j = right % STRIDE; j < KW; j += STRIDE) {
            let z = (right - j) / STRIDE;
            if (right < j || z >= OW) { continue; }
            let at = ((image + y) * OW + z) * N; let w = WEIGHTS + ((i * KW + j) * C + c) * N;
            for (var n = 0; n < N; n++) { sum += d[at + n] * p[w + n]; }
          }
        }
        result[index] = sum${slope(inputActivation, "x[index]")};
      }`,
  };
}

/** Mean over windows. Inputs: x. */
export function poolForwardProgram(layer: PlannedPool): GpuProgram {
  return {
    key: `poolForward_${poolKey(layer)}`,
    inputs: ["x"],
    uniforms: "",
    code: `${poolConstants(layer)}
      fn main(index: i32) {
        if (index >= uniforms.size) { return; }
        let pixel = index / C;
        let top = (pixel / OW) % OH * WH; let left = pixel % OW * WW; let image = pixel / (OW * OH) * H;
        var sum = 0.0;
        for (var i = 0; i < WH; i++) {
          for (var j = 0; j < WW; j++) { sum += x[((image + top + i) * W + left + j) * C + index % C]; }
        }
        result[index] = sum / f32(WH * WW);
      }`,
  };
}

/** Gradient of the pool's input, before the activation that made it. Inputs: d, and x where that is not "none". */
export function poolBackwardProgram(layer: PlannedPool, inputActivation: Activation): GpuProgram {
  return {
    key: `poolBackward_${poolKey(layer)}_${inputActivation}`,
    inputs: inputActivation === "none" ? ["d"] : ["d", "x"],
    uniforms: "",
    code: `${poolConstants(layer)}
      fn main(index: i32) {
        if (index >= uniforms.size) { return; }
        let pixel = index / C;
        let y = (pixel / W) % H / WH; let z = pixel % W / WW; let image = pixel / (W * H) * OH;
        let share = d[((image + y) * OW + z) * C + index % C] / f32(WH * WW);
        result[index] = share${slope(inputActivation, "x[index]")};
      }`,
  };
}

/** Gradient before an activation from the gradient after it. Inputs: d, x (the activation's value). */
export function slopeProgram(activation: Activation): GpuProgram {
  return {
    key: `slope_${activation}`,
    inputs: ["d", "x"],
    uniforms: "",
    code: `
      fn main(index: i32) {
        if (index >= uniforms.size) { return; }
        result[index] = d[index]${slope(activation, "x[index]")};
      }`,
  };
}

function activated(activation: Activation, value: string): string {
  if (activation === "relu") return `max(${value}, 0.0)`;
  // Beyond 15 tanh is 1 in float32, while exp inside some drivers' tanh overflows.
  return activation === "tanh" ? `tanh(clamp(${value}, -15.0, 15.0))` : value;
}

/** WGSL for "times the derivative of the activation whose value is `value`". */
export function slope(activation: Activation, value: string): string {
  if (activation === "relu") return ` * select(0.0, 1.0, ${value} > 0.0)`;
  return activation === "tanh" ? ` * (1.0 - ${value} * ${value})` : "";
}

function constants(layer: PlannedConv): string {
  return define({
    H: layer.input[0],
    W: layer.input[1],
    C: layer.input[2],
    OH: layer.output[0],
    OW: layer.output[1],
    N: layer.output[2],
    KH: layer.kernel[0],
    KW: layer.kernel[1],
    STRIDE: layer.stride,
    TOP: layer.padding[0],
    LEFT: layer.padding[1],
    WEIGHTS: layer.weightOffset,
    BIASES: layer.biasOffset,
    FAN_IN: layer.fanIn,
  });
}

function poolConstants(layer: PlannedPool): string {
  const [H, W, C] = layer.input;
  const [OH, OW] = layer.output;
  const [WH, WW] = layer.window;
  return define({ H, W, C, OH, OW, WH, WW });
}

/** WGSL constants of these names. */
export function define(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `const ${name} : i32 = ${value};`)
    .join(" ");
}

function keyOf(layer: PlannedConv): string {
  const { input, output, kernel, stride, padding, weightOffset } = layer;
  return [...input, ...output, ...kernel, stride, ...padding, weightOffset].join("_");
}

function poolKey(layer: PlannedPool): string {
  return [...layer.input, ...layer.output].join("_");
}
