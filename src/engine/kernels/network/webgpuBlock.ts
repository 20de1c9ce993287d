// A network's parameters on the GPU: one array [values | first moments | second moments] and one gradient.

import type { BlockState, ParameterBlock } from "../../optim/parameterBlock";
import { ADAM } from "../../optim/plainBlock";
import { requireState } from "../../optim/requireState";
import type { GpuArray, GpuNumber, GpuProgram, WebgpuSession } from "../tfjsWebgpu";

/** One Adam step in place. result: the state; input: the gradient. Source: Kingma & Ba 2015, algorithm 1. */
const ADAM_PROGRAM: GpuProgram = {
  key: "adam",
  inputs: ["g"],
  uniforms: "step : f32, scale : f32,",
  code: `
    fn main(index: i32) {
      if (index >= uniforms.size) { return; }
      let n = uniforms.size; let slope = g[index];
      let m = ${ADAM.beta1} * result[n + index] + ${1 - ADAM.beta1} * slope;
      let v = ${ADAM.beta2} * result[2 * n + index] + ${1 - ADAM.beta2} * slope * slope;
      result[n + index] = m;
      result[2 * n + index] = v;
      result[index] = result[index] - uniforms.step * m / (sqrt(v * uniforms.scale) + ${ADAM.epsilon.toFixed(8)});
    }`,
};

const ZERO_PROGRAM: GpuProgram = {
  key: "zero",
  inputs: [],
  uniforms: "",
  code: "fn main(index: i32) { if (index < uniforms.size) { result[index] = 0.0; } }",
};

/** Partial sums that are added in float64 after one small read-back. */
const PARTIAL_SUMS = 256;

const SQUARES_PROGRAM: GpuProgram = {
  key: "squares",
  inputs: ["g"],
  uniforms: "length : i32,",
  code: `
    fn main(index: i32) {
      if (index >= uniforms.size) { return; }
      var sum = 0.0;
      for (var i = index; i < uniforms.length; i += uniforms.size) { sum += g[i] * g[i]; }
      result[index] = sum;
    }`,
};

export class WebgpuBlock implements ParameterBlock {
  readonly name: string;
  readonly group: "theta" | "phi";
  readonly size: number;
  /** [3 * size]: values first, so kernels can index it as the parameters. */
  readonly state: GpuArray;
  readonly gradient: GpuArray;
  private readonly session: WebgpuSession;
  private isZeroed = true;

  constructor(session: WebgpuSession, name: string, group: "theta" | "phi", initial: Float32Array) {
    this.session = session;
    this.name = name;
    this.group = group;
    this.size = initial.length;
    const state = new Float32Array(3 * this.size);
    state.set(initial);
    this.state = session.upload(state);
    this.gradient = session.upload(new Float32Array(this.size));
  }

  /** Lazy: the next backward pass overwrites instead of adding. */
  zeroGradient(): void {
    this.isZeroed = true;
  }

  /** True if the gradient counts as zero; from now on it does not. For the backward pass that overwrites it. */
  takeZeroed(): boolean {
    const wasZeroed = this.isZeroed;
    this.isZeroed = false;
    return wasZeroed;
  }

  async gradientSquared(): Promise<number> {
    this.settle();
    const length: GpuNumber = { type: "int32", data: [this.size] };
    const sums = this.session.run(SQUARES_PROGRAM, [this.gradient], [length], PARTIAL_SUMS);
    try {
      return (await this.session.read(sums)).reduce((total, sum) => total + sum, 0);
    } finally {
      this.session.free(sums);
    }
  }

  scaleGradient(factor: number): void {
    this.settle();
    const by: GpuNumber = { type: "float32", data: [factor] };
    this.session.run(SCALE_PROGRAM, [], [by], this.size, this.gradient);
  }

  adam(rate: number, time: number): void {
    this.settle();
    const step: GpuNumber = { type: "float32", data: [rate / (1 - ADAM.beta1 ** time)] };
    const scale: GpuNumber = { type: "float32", data: [1 / (1 - ADAM.beta2 ** time)] };
    this.session.run(ADAM_PROGRAM, [this.gradient], [step, scale], this.size, this.state);
  }

  async read(): Promise<BlockState> {
    this.session.run(KEEP_PROGRAM, [], [], this.size, this.state);
    const state = await this.session.read(this.state);
    const part = (index: number) => state.slice(index * this.size, (index + 1) * this.size);
    return { values: part(0), moment1: part(1), moment2: part(2) };
  }

  async write(state: BlockState): Promise<void> {
    requireState(this, state);
    const values = new Float32Array(3 * this.size);
    values.set(state.values);
    values.set(state.moment1, this.size);
    values.set(state.moment2, 2 * this.size);
    const source = this.session.upload(values);
    this.session.run(COPY_PROGRAM, [source], [], values.length, this.state);
    this.session.free(source);
  }

  /** The gradient: for tests and for pictures. */
  async readGradient(): Promise<Float32Array> {
    this.settle();
    this.session.run(KEEP_PROGRAM, [], [], this.size, this.gradient);
    return this.session.read(this.gradient);
  }

  dispose(): void {
    this.session.free(this.state);
    this.session.free(this.gradient);
  }

  /** Writes the zeros that zeroGradient has put off: gradients may be added from here on. */
  settle(): void {
    if (!this.isZeroed) return;
    this.session.run(ZERO_PROGRAM, [], [], this.size, this.gradient);
    this.isZeroed = false;
  }
}

const SCALE_PROGRAM: GpuProgram = {
  key: "scale",
  inputs: [],
  uniforms: "factor : f32,",
  code: "fn main(index: i32) { if (index < uniforms.size) { result[index] = result[index] * uniforms.factor; } }",
};

const COPY_PROGRAM: GpuProgram = {
  key: "copy",
  inputs: ["g"],
  uniforms: "",
  code: "fn main(index: i32) { if (index < uniforms.size) { result[index] = g[index]; } }",
};

/** Changes nothing; makes sure that an array that was only uploaded is on the GPU before it is read. */
const KEEP_PROGRAM: GpuProgram = {
  key: "keep",
  inputs: [],
  uniforms: "",
  code: "fn main(index: i32) { if (index < uniforms.size) { result[index] = result[index]; } }",
};
