// WGSL of the stroke renderer, first half: canvases, and what pictures are worth under every transform.
// Formulas: arcs.ts and warp.ts. A lane's canvas is three planes: probability, largest exponent, and the token that owns
// the pixel (-1: no stroke reaches it, -2: the program has no stroke with the pen down).

import { define, integers } from "../sequence/webgpuCode";
import { type GpuProgram, GROUP_ROW, WORKGROUP } from "../tfjsWebgpu";
import type { StrokeRendererSpec } from "./renderer";
import { STROKE_ROW } from "./strokeTable";

/** Numbers of every program: how many lanes there are. Integers: tokens [N, A], picture of each lane [N], pictures. */
export const LANE_NUMBERS = integers(["lanes"]);

/** Sizes that are baked into the code. */
export function sizesOf({ strokes, tokens, transforms, height, width }: StrokeRendererSpec): string {
  return [strokes, tokens, transforms, height, width].join("_");
}

export function constantsOf(spec: StrokeRendererSpec): string {
  const { strokes, tokens, transforms, height, width } = spec;
  const globals = strokes * STROKE_ROW;
  const counts = { A: tokens, T: transforms, H: height, W: width, SIZE: height * width, ROW: STROKE_ROW };
  return `${define({ ...counts, SCALE: globals, BIAS: globals + 1, MAPS: globals + 2 })}
    const ACROSS : f32 = ${Math.max(1, width - 1)}.0; const ALONG : f32 = ${Math.max(1, height - 1)}.0;
    const FLOOR : f32 = 1e-6; const LEAST : f32 = 1.1920929e-7; const MOST_INK : f32 = 80.0;`;
}

/** Reads of `ints` and of the canvas planes. */
export const READS = `
    fn tokenOf(n : i32, t : i32) -> i32 { return ints[n * A + t]; }
    fn isInk(n : i32, i : i32) -> bool {
      return ints[uniforms.lanes * (A + 1) + ints[uniforms.lanes * A + n] * SIZE + i] == 1;
    }`;

/** The ink's odds: exp(ink), 0 without a stroke that has the pen down; and the ink itself. */
export const ODDS = `
    fn inkOf(exponent : f32) -> f32 { return bank[SCALE] * exp(clamp(exponent, -87.0, 0.0)) + bank[BIAS]; }
    fn oddsOf(exponent : f32, winner : f32) -> f32 {
      return select(exp(clamp(inkOf(exponent), -87.0, MOST_INK)), 0.0, winner < -1.5);
    }`;

/** Where output pixel i reads under map t, and the probability there. */
export const SEEN = `
    fn placeOf(t : i32, i : i32) -> vec2<f32> {
      let x = f32(i % W) * 2.0 / ACROSS - 1.0; let y = f32(i / W) * 2.0 / ALONG - 1.0; let m = MAPS + 6 * t;
      let u = (bank[m] * x + bank[m + 1] * y + bank[m + 2] + 1.0) * ACROSS / 2.0;
      let v = (bank[m + 3] * x + bank[m + 4] * y + bank[m + 5] + 1.0) * ALONG / 2.0;
      return clamp(vec2<f32>(u, v), vec2<f32>(-2.0), vec2<f32>(f32(W) + 1.0, f32(H) + 1.0));
    }
    fn probabilityAt(n : i32, row : i32, column : i32) -> f32 {
      if (row < 0 || row >= H || column < 0 || column >= W) { return 0.0; }
      return canvas[n * SIZE + row * W + column];
    }
    fn cornersOf(n : i32, corner : vec2<f32>) -> vec4<f32> {
      let column = i32(corner.x); let row = i32(corner.y);
      return vec4<f32>(probabilityAt(n, row, column), probabilityAt(n, row, column + 1),
        probabilityAt(n, row + 1, column), probabilityAt(n, row + 1, column + 1));
    }
    fn blend(p : vec4<f32>, part : vec2<f32>) -> f32 {
      let upper = p.x + part.x * (p.y - p.x); let lower = p.z + part.x * (p.w - p.z);
      return upper + part.y * (lower - upper);
    }`;

/** Geometry of a stroke that starts at `from`: shared by the canvas and its gradient. */
export const ARC = `
    fn lengthSquared(v : vec2<f32>) -> f32 { return v.x * v.x + v.y * v.y; }
    fn pixelOf(i : i32) -> vec2<f32> { return vec2<f32>(f32(i % W) / ACROSS, 1.0 - f32(i / W) / ALONG); }
    fn chordOf(stroke : i32) -> vec2<f32> { return vec2<f32>(bank[stroke * ROW], bank[stroke * ROW + 1]); }
    fn isInside(stroke : i32, v : vec2<f32>, chord : vec2<f32>) -> bool {
      let at = stroke * ROW; let along = dot(v, chord); let side = bank[at + 2] * (v.x * chord.y - v.y * chord.x);
      return bank[at + 8] > 0.0 && bank[at + 3] * along >= side && bank[at + 3] * (bank[at + 6] - along) >= side;
    }
    fn towardsCentre(stroke : i32, v : vec2<f32>, chord : vec2<f32>) -> vec2<f32> {
      let at = stroke * ROW;
      return bank[at + 2] * (v - 0.5 * chord) - 0.5 * bank[at + 3] * vec2<f32>(chord.y, -chord.x);
    }
    fn signedDistance(stroke : i32, v : vec2<f32>, chord : vec2<f32>) -> f32 {
      let at = stroke * ROW;
      let numerator = bank[at + 2] * dot(v, v - chord) - bank[at + 3] * (v.x * chord.y - v.y * chord.x);
      return numerator / (sqrt(lengthSquared(towardsCentre(stroke, v, chord))) + bank[at + 7]);
    }
    fn squaredDistance(stroke : i32, start : vec2<f32>, pixel : vec2<f32>) -> f32 {
      let chord = chordOf(stroke); let v = pixel - start;
      if (isInside(stroke, v, chord)) { let d = signedDistance(stroke, v, chord); return d * d; }
      return min(lengthSquared(v), lengthSquared(pixel - (start + chord)));
    }`;

/** Inputs: bank, ints. Result: the canvas planes, [3, N, SIZE]; one invocation a pixel. */
export function canvasProgram(spec: StrokeRendererSpec): GpuProgram {
  return {
    key: `strokeCanvas_${sizesOf(spec)}`,
    inputs: ["bank", "ints"],
    uniforms: LANE_NUMBERS,
    code: `${constantsOf(spec)} fn tokenOf(n : i32, t : i32) -> i32 { return ints[n * A + t]; } ${ODDS} ${ARC}
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let n = index / SIZE; let pixel = pixelOf(index % SIZE);
        var start = vec2<f32>(0.5, 0.5); var most = -80.0; var winner = -2.0;
        for (var t = 0; t < A; t++) {
          let token = tokenOf(n, t); let stroke = token / 2;
          if (token % 2 == 1) {
            winner = max(winner, -1.0);
            let exponent = bank[stroke * ROW + 4] * (bank[stroke * ROW + 5] - squaredDistance(stroke, start, pixel));
            if (exponent > most) { most = exponent; winner = f32(t); }
          }
          start += chordOf(stroke);
        }
        let odds = oddsOf(most, winner) + FLOOR; let plane = uniforms.lanes * SIZE;
        result[index] = odds / (1.0 + odds); result[plane + index] = most; result[2 * plane + index] = winner;
      }`,
  };
}

const SUM = `
        sums[lane] = sum;
        workgroupBarrier();
        if (lane == 0 && group < uniforms.size) {
          var total = 0.0;
          for (var k = 0; k < ${WORKGROUP}; k++) { total += sums[k]; }
          result[group] = total;
        }`;

/** Inputs: bank, canvas, ints. Result: log p(x | z, t), [N, T]; one workgroup each. */
export function scoreProgram(spec: StrokeRendererSpec): GpuProgram {
  return {
    key: `strokeScore_${sizesOf(spec)}`,
    inputs: ["bank", "canvas", "ints"],
    uniforms: LANE_NUMBERS,
    isGrouped: true,
    code: `${constantsOf(spec)} ${READS} ${SEEN}
      var<workgroup> sums : array<f32, ${WORKGROUP}>;
      fn main() {
        let lane = i32(localId.x); let group = i32(workgroupId.y) * ${GROUP_ROW} + i32(workgroupId.x);
        let slot = min(group, uniforms.size - 1); let n = slot / T; let t = slot % T;
        var sum = 0.0;
        for (var i = lane; i < SIZE; i += ${WORKGROUP}) {
          let place = placeOf(t, i); let corner = floor(place);
          let p = blend(cornersOf(n, corner), place - corner);
          sum += log(clamp(select(1.0 - p, p, isInk(n, i)), LEAST, 1.0 - LEAST));
        }
        ${SUM}
      }`,
  };
}

/** Inputs: bank, canvas, ints. Result: log p(x | z) of pixels that are Bernoulli of the logits, [N]. */
export function plainScoreProgram(spec: StrokeRendererSpec): GpuProgram {
  return {
    key: `strokePlainScore_${sizesOf(spec)}`,
    inputs: ["bank", "canvas", "ints"],
    uniforms: LANE_NUMBERS,
    isGrouped: true,
    code: `${constantsOf(spec)} ${READS} ${ODDS}
      var<workgroup> sums : array<f32, ${WORKGROUP}>;
      fn main() {
        let lane = i32(localId.x); let group = i32(workgroupId.y) * ${GROUP_ROW} + i32(workgroupId.x);
        let n = min(group, uniforms.size - 1); let plane = uniforms.lanes * SIZE;
        var sum = 0.0;
        for (var i = lane; i < SIZE; i += ${WORKGROUP}) {
          let exponent = canvas[plane + n * SIZE + i]; let winner = canvas[2 * plane + n * SIZE + i];
          let odds = oddsOf(exponent, winner) + FLOOR;
          var value = -log(1.0 + odds);
          if (isInk(n, i)) { value += log(odds); }
          else if (winner > -1.5) { value -= max(inkOf(exponent) - MOST_INK, 0.0); }
          sum += value;
        }
        ${SUM}
      }`,
  };
}
