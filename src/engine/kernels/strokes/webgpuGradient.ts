// WGSL of the stroke renderer, second half: gradients, without atomic additions. Each pixel gathers what the transforms'
// output pixels near its preimage send back; each token gathers from the pixels that it owns.

import { integers } from "../sequence/webgpuCode";
import { type GpuProgram, GROUP_ROW, WORKGROUP } from "../tfjsWebgpu";
import type { StrokeRendererSpec } from "./renderer";
import { ARC, constantsOf, LANE_NUMBERS, ODDS, READS, SEEN, sizesOf } from "./webgpuDrawing";

/** Gradients of a token by dx, dy, theta, sharpness, width, start x, start y; of its lane by scale and bias (token 0). */
export const TOKEN_SUMS = 9;

/** Inputs: scores [N, T], factors [N]. Result: the gradient by each score, [N, T]: minus factor times the share. */
export function sharesProgram(spec: StrokeRendererSpec): GpuProgram {
  return {
    key: `strokeShares_${spec.transforms}`,
    inputs: ["scores", "factors"],
    uniforms: "",
    code: `const T : i32 = ${spec.transforms};
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let first = index / T * T; var most = scores[first]; var total = 0.0;
        for (var t = 1; t < T; t++) { most = max(most, scores[first + t]); }
        for (var t = 0; t < T; t++) { total += exp(max(scores[first + t] - most, -87.0)); }
        result[index] = -factors[index / T] * exp(max(scores[index] - most, -87.0)) / total;
      }`,
  };
}

/** Inputs: bank, canvas, ints, shares. Result: gradient by every probability seen, [N, T, SIZE]. */
export function seenGradientProgram(spec: StrokeRendererSpec): GpuProgram {
  return {
    key: `strokeSeenGradient_${sizesOf(spec)}`,
    inputs: ["bank", "canvas", "ints", "shares"],
    uniforms: LANE_NUMBERS,
    code: `${constantsOf(spec)} ${READS} ${SEEN}
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let i = index % SIZE; let slot = index / SIZE; let n = slot / T;
        let place = placeOf(slot % T, i); let corner = floor(place);
        let p = blend(cornersOf(n, corner), place - corner); let ink = isInk(n, i);
        let q = select(1.0 - p, p, ink); var g = 0.0;
        if (q >= LEAST && q <= 1.0 - LEAST) { g = select(-1.0, 1.0, ink) * shares[slot] / q; }
        result[index] = g;
      }`,
  };
}

/**
 * Inputs: bank, canvas, seen (gradient by what is seen). Result: gradient by the ink of every pixel, [N, SIZE].
 * A pixel is read by the output pixels whose place is less than 1 away from it: in each output row an interval.
 */
export function inkGradientProgram(spec: StrokeRendererSpec): GpuProgram {
  return {
    key: `strokeInkGradient_${sizesOf(spec)}`,
    inputs: ["bank", "canvas", "seen"],
    uniforms: LANE_NUMBERS,
    code: `${constantsOf(spec)} ${SEEN} ${ODDS}
      // Columns whose place, begin + slope * column, is within 1.001 of the pixel.
      fn interval(begin : f32, slope : f32, at : f32) -> vec2<f32> {
        let below = at - 1.001 - begin; let above = at + 1.001 - begin;
        if (abs(slope) < 1e-6) { return select(vec2<f32>(1e9, -1e9), vec2<f32>(-1e9, 1e9), below < 1e-3 && above > -1e-3); }
        let ends = vec2<f32>(below, above) / slope;
        return vec2<f32>(min(ends.x, ends.y), max(ends.x, ends.y));
      }
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let n = index / SIZE; let i = index % SIZE; let here = vec2<f32>(f32(i % W), f32(i / W));
        let slopes = vec2<f32>(1.0, ALONG / ACROSS);
        var sum = 0.0;
        for (var t = 0; t < T; t++) {
          let slopeU = bank[MAPS + 6 * t]; let slopeV = bank[MAPS + 6 * t + 3] * slopes.y;
          for (var row = 0; row < H; row++) {
            let y = f32(row) * 2.0 / ALONG - 1.0; let m = MAPS + 6 * t;
            let u = (-bank[m] + bank[m + 1] * y + bank[m + 2] + 1.0) * ACROSS / 2.0;
            let v = (-bank[m + 3] + bank[m + 4] * y + bank[m + 5] + 1.0) * ALONG / 2.0;
            let a = interval(u, slopeU, here.x); let b = interval(v, slopeV, here.y);
            let first = i32(ceil(clamp(max(a.x, b.x), 0.0, f32(W)))); let last = i32(floor(clamp(min(a.y, b.y), -1.0, f32(W) - 1.0)));
            for (var column = first; column <= last; column++) {
              let to = row * W + column; let apart = abs(placeOf(t, to) - here);
              let weight = max(1.0 - apart.x, 0.0) * max(1.0 - apart.y, 0.0);
              sum += weight * seen[(n * T + t) * SIZE + to];
            }
          }
        }
        let plane = uniforms.lanes * SIZE;
        let odds = oddsOf(canvas[plane + index], canvas[2 * plane + index]); let share = 1.0 / (1.0 + odds + FLOOR);
        result[index] = (sum * share) * (odds * share);
      }`,
  };
}

/** Inputs: bank, canvas, ints, factors. Result: gradient by the ink where pixels are Bernoulli of the logits, [N, SIZE]. */
export function plainGradientProgram(spec: StrokeRendererSpec): GpuProgram {
  return {
    key: `strokePlainGradient_${sizesOf(spec)}`,
    inputs: ["bank", "canvas", "ints", "factors"],
    uniforms: LANE_NUMBERS,
    code: `${constantsOf(spec)} ${READS} ${ODDS}
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let n = index / SIZE; let plane = uniforms.lanes * SIZE;
        let odds = oddsOf(canvas[plane + index], canvas[2 * plane + index]); let floored = odds + FLOOR;
        let off = 1.0 / (1.0 + floored);
        let slope = select(-floored * off, off, isInk(n, index % SIZE)) * (odds / floored);
        result[index] = -factors[n] * slope;
      }`,
  };
}

/**
 * Inputs: bank, canvas, seen. Writes result[first + 6 t + k]: gradient by the numbers of each transform, over all lanes.
 * One workgroup a transform.
 */
export function transformGradientProgram(spec: StrokeRendererSpec): GpuProgram {
  return {
    key: `strokeTransformGradient_${sizesOf(spec)}`,
    inputs: ["bank", "canvas", "seen"],
    uniforms: integers(["lanes", "first"]),
    isGrouped: true,
    code: `${constantsOf(spec)} ${SEEN}
      var<workgroup> sums : array<f32, ${6 * WORKGROUP}>;
      fn main() {
        let lane = i32(localId.x); let group = i32(workgroupId.y) * ${GROUP_ROW} + i32(workgroupId.x);
        let t = min(group, T - 1);
        var byU = vec3<f32>(0.0); var byV = vec3<f32>(0.0);
        for (var k = lane; k < uniforms.lanes * SIZE; k += ${WORKGROUP}) {
          let n = k / SIZE; let i = k % SIZE; let g = seen[(n * T + t) * SIZE + i];
          if (g == 0.0) { continue; }
          let place = placeOf(t, i); let corner = floor(place); let part = place - corner; let p = cornersOf(n, corner);
          let input = vec3<f32>(f32(i % W) * 2.0 / ACROSS - 1.0, f32(i / W) * 2.0 / ALONG - 1.0, 1.0);
          byU += g * (p.y - p.x + part.y * (p.w - p.z - p.y + p.x)) * input;
          byV += g * (p.z - p.x + part.x * (p.w - p.y - p.z + p.x)) * input;
        }
        for (var k = 0; k < 3; k++) {
          sums[lane * 6 + k] = byU[k] * ACROSS / 2.0; sums[lane * 6 + 3 + k] = byV[k] * ALONG / 2.0;
        }
        workgroupBarrier();
        if (lane < 6 && group < T) {
          var total = 0.0;
          for (var k = 0; k < ${WORKGROUP}; k++) { total += sums[k * 6 + lane]; }
          result[uniforms.first + 6 * group + lane] = total;
        }
      }`,
  };
}

/** d(squared distance), the derivatives of cpuGradient.ts: by start, by chord, by theta. */
const SLOPES = `
    struct Slopes { start : vec2<f32>, chord : vec2<f32>, theta : f32 };
    fn slopesOf(stroke : i32, start : vec2<f32>, pixel : vec2<f32>) -> Slopes {
      let at = stroke * ROW; let chord = chordOf(stroke); let v = pixel - start; let w = pixel - (start + chord);
      if (!isInside(stroke, v, chord)) {
        if (lengthSquared(w) < lengthSquared(v)) { return Slopes(-2.0 * w, -2.0 * w, 0.0); }
        return Slopes(-2.0 * v, vec2<f32>(0.0), 0.0);
      }
      let sine = bank[at + 2]; let cosine = bank[at + 3]; let q = towardsCentre(stroke, v, chord);
      let reach = sqrt(lengthSquared(q)); let below = reach + bank[at + 7]; let d = signedDistance(stroke, v, chord);
      let n = q / max(reach, 1e-20); let factor = 2.0 * d / below;
      let start1 = sine * (chord - 2.0 * v) + cosine * vec2<f32>(chord.y, -chord.x) + d * sine * n;
      let bend = 0.5 * (cosine * vec2<f32>(n.y, -n.x) - sine * n) + chord * bank[at + 15];
      let chord1 = cosine * vec2<f32>(v.y, -v.x) - sine * v - d * bend;
      let turned = cosine * dot(n, v - 0.5 * chord) + 0.5 * sine * (n.x * chord.y - n.y * chord.x);
      let theta1 = cosine * dot(v, v - chord) + sine * (v.x * chord.y - v.y * chord.x) - d * turned;
      return Slopes(factor * start1, factor * chord1, factor * theta1);
    }`;

/**
 * Inputs: bank, canvas, ints, deltas (gradient by ink). Writes result[first + (n A + t) ${TOKEN_SUMS} + k]; one workgroup
 * a token.
 */
export function tokenGradientProgram(spec: StrokeRendererSpec): GpuProgram {
  return {
    key: `strokeTokenGradient_${sizesOf(spec)}`,
    inputs: ["bank", "canvas", "ints", "deltas"],
    uniforms: integers(["lanes", "first"]),
    isGrouped: true,
    code: `${constantsOf(spec)} fn tokenOf(n : i32, t : i32) -> i32 { return ints[n * A + t]; } ${ARC} ${SLOPES}
      const SUMS : i32 = ${TOKEN_SUMS};
      var<workgroup> sums : array<f32, ${TOKEN_SUMS * WORKGROUP}>;
      fn main() {
        let lane = i32(localId.x); let group = i32(workgroupId.y) * ${GROUP_ROW} + i32(workgroupId.x);
        let slot = min(group, uniforms.lanes * A - 1); let n = slot / A; let t = slot % A; let stroke = tokenOf(n, t) / 2;
        var start = vec2<f32>(0.5, 0.5);
        for (var k = 0; k < t; k++) { start += chordOf(tokenOf(n, k) / 2); }
        let at = stroke * ROW; let plane = uniforms.lanes * SIZE; let base = lane * SUMS;
        for (var k = 0; k < SUMS; k++) { sums[base + k] = 0.0; }
        for (var i = lane; i < SIZE; i += ${WORKGROUP}) {
          let index = n * SIZE + i; let winner = canvas[2 * plane + index]; let delta = deltas[index];
          if (winner < -1.5 || delta == 0.0) { continue; }
          let exponent = canvas[plane + index]; let share = exp(clamp(exponent, -87.0, 0.0));
          if (t == 0) { sums[base + 7] += delta * share; sums[base + 8] += delta; }
          if (winner != f32(t) || exponent >= 0.0) { continue; }
          let pixel = pixelOf(i); let s = slopesOf(stroke, start, pixel);
          let flow = delta * share * bank[SCALE]; let steep = -flow * bank[at + 4];
          sums[base] += steep * s.chord.x; sums[base + 1] += steep * s.chord.y; sums[base + 2] += steep * s.theta;
          sums[base + 3] += flow * 2.0 * bank[at + 13] * (bank[at + 5] - squaredDistance(stroke, start, pixel));
          sums[base + 4] += flow * bank[at + 4] * 2.0 * bank[at + 14];
          sums[base + 5] += steep * s.start.x; sums[base + 6] += steep * s.start.y;
        }
        workgroupBarrier();
        if (lane < SUMS && group < uniforms.lanes * A) {
          var total = 0.0;
          for (var k = 0; k < ${WORKGROUP}; k++) { total += sums[k * SUMS + lane]; }
          result[uniforms.first + group * SUMS + lane] = total;
        }
      }`,
  };
}
