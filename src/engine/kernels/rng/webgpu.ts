// pcg4d in WGSL: the same integers as src/engine/rng/rng.ts, for programs that draw on the GPU.
// Source: Jarzynski & Olano 2020, "Hash Functions for GPU Rendering", JCGT 9(3).

import { type GpuArray, type GpuNumber, type GpuProgram, type WebgpuSession, WORKGROUP } from "../tfjsWebgpu";

/** `fn pcg4d(v: vec4<u32>) -> vec4<u32>`, to paste into a program. */
export const PCG4D = `
  fn pcg4d(seed: vec4<u32>) -> vec4<u32> {
    var v = seed * 1664525u + 1013904223u;
    v.x += v.y * v.w; v.y += v.z * v.x; v.z += v.x * v.y; v.w += v.y * v.z;
    v = v ^ (v >> vec4<u32>(16u));
    v.x += v.y * v.w; v.y += v.z * v.x; v.z += v.x * v.y; v.w += v.y * v.z;
    return v;
  }`;

const FILL_PROGRAM: GpuProgram = {
  key: "random",
  inputs: [],
  uniforms: "seed : i32, streamA : i32, streamB : i32, counterFrom : i32,",
  code: `${PCG4D}
    fn main(index: i32) {
      if (index >= uniforms.size) { return; }
      let counter = bitcast<u32>(uniforms.counterFrom) + u32(index / 4);
      let key = vec3<u32>(bitcast<u32>(uniforms.seed), bitcast<u32>(uniforms.streamA), bitcast<u32>(uniforms.streamB));
      let words = pcg4d(vec4<u32>(key, counter));
      result[index] = bitcast<i32>(words[index % 4]);
    }`,
  isInteger: true,
};

/**
 * Writes `count` words of the stream (seed, streamA, streamB) from a counter on; four words a counter.
 *
 * @returns an array of at least `count` words; read it with session.readWords
 */
export function fillRandomOnGpu(
  session: WebgpuSession,
  stream: { readonly seed: number; readonly streamA: number; readonly streamB: number },
  counterFrom: number,
  count: number,
): GpuArray {
  const words = [stream.seed, stream.streamA, stream.streamB, counterFrom];
  const numbers = words.map((word): GpuNumber => ({ type: "int32", data: [word | 0] }));
  return session.run(FILL_PROGRAM, [], numbers, Math.ceil(count / WORKGROUP) * WORKGROUP);
}
