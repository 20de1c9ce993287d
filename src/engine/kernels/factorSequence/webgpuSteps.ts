// The factored sequence in WGSL: a workgroup owns a few lanes and takes all their steps in one dispatch, with h in workgroup
// memory and c in registers. It draws tokens or scores those that are given; for training it also leaves the trace and the
// gradient of the logits. Draws invert the cumulative sum with word (n * L + t) * F + f of the stream, as on every backend.
// Trace and slots as in ../sequence/webgpuLstm.ts: lane n owns slots n (L + 1) to n (L + 1) + L, h in slot t is what step t
// reads. The logits' gradient stands in the slot that the step writes.

import type { FactorPartName, FactorPlan } from "../../nn/factorPlan";
import type { FactorSequenceSpec } from "../../nn/factorSequence";
import { PCG4D } from "../rng/webgpu";
import { define, each, integers, invocationsFor, NONLINEARITIES } from "../sequence/webgpuCode";
import { placeConstants, WEIGHTS_AT } from "../sequence/webgpuLstm";
import { type GpuProgram, GROUP_ROW } from "../tfjsWebgpu";

/** Most lanes of a workgroup, by the registers of an invocation, and the numbers of workgroup memory that they may take. */
const MOST_ROWS = 4;
const MOST_NUMBERS = 3200;

/** Lanes of a workgroup. */
export function rowsPerGroup({ hidden }: FactorSequenceSpec, { numValues }: FactorPlan): number {
  return Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_NUMBERS / (hidden + numValues))));
}

/** First number of a part of the block; 0 for a part that is not there. */
export function factorOffset(plan: FactorPlan, name: FactorPartName): number {
  return plan.parts[name]?.offset ?? 0;
}

/** In the order of the uniforms. `tokens` is -1 for drawing; `startAt` is the first number of group 0's gate starts. */
export const STEP_UNIFORMS = [
  "firstLane",
  "lanes",
  "groups",
  "startAt",
  "forced",
  "tokens",
  "logProbAt",
  "coefficient",
  "slots",
  "seed",
  "streamA",
  "streamB",
] as const;

/**
 * result: [tokens of every lane (drawing only) | log probability of every lane]; with `isKept` [trace, 6 H a slot | gradient
 * of the logits, V a slot | log probability of every lane]. Inputs: p the block, starts [groups, 4H], ints.
 */
export function stepsProgram(spec: FactorSequenceSpec, plan: FactorPlan, isKept: boolean): GpuProgram {
  const { hidden: units, factors, steps, context } = spec;
  const { numFactors, numValues } = plan;
  const rows = rowsPerGroup(spec, plan);
  const invocations = invocationsFor(units);
  const turns = Math.ceil(units / invocations);
  const place = {
    input: factorOffset(plan, "input"),
    recurrent: factorOffset(plan, "recurrent"),
    bias: factorOffset(plan, "bias"),
    cell: 0,
    units,
  };
  const constants = {
    LANES: invocations,
    TURNS: turns,
    ROWS: rows,
    L: steps,
    F: numFactors,
    V: numValues,
    OUTPUT: factorOffset(plan, "output"),
    OUTPUT_BIAS: factorOffset(plan, "outputBias"),
  };
  return {
    key: `factorSteps_${isKept}_${units}_${factors.join("x")}_${steps}_${context}`,
    inputs: ["p", "starts", "ints"],
    uniforms: integers(STEP_UNIFORMS),
    isGrouped: true,
    invocations,
    code: `${placeConstants(place)} ${define(constants)} ${PCG4D} ${NONLINEARITIES} ${WEIGHTS_AT}
      var<workgroup> hidden : array<f32, ${rows * units}>; var<workgroup> score : array<f32, ${rows * numValues}>;
      var<workgroup> previous : array<i32, ${rows * numFactors}>; var<workgroup> sums : array<f32, ${rows * numFactors}>;
      var<workgroup> most : array<f32, ${rows * numFactors}>; var<workgroup> total : array<f32, ${rows * numFactors}>;
      var<private> cell : array<f32, ${rows * turns}>; var<private> fresh : array<f32, ${rows * turns}>;
      var<private> lane : i32; var<private> first : i32;
      fn laneOf(row: i32) -> i32 { return min(first + row, uniforms.lanes - 1); }
      fn isLane(row: i32) -> bool { return first + row < uniforms.lanes; }
      ${partCode(plan)} ${traceCode(isKept)} ${advanceCode(rows)} ${scoreCode(rows)} ${chooseCode(isKept)}
      ${isKept ? SLOPE_CODE : ""} ${mainCode(isKept)}`,
  };
}

/** `firstOf(f)`: first column of a part. `partOf(v)`: the part of a column. */
function partCode({ starts, numFactors }: FactorPlan): string {
  const firsts = each(numFactors, (f) => `if (f == ${f}) { return ${starts[f]}; }`);
  const parts = each(numFactors, (f) => `if (v < ${starts[f + 1]}) { return ${f}; }`);
  return `
    fn firstOf(f: i32) -> i32 { ${firsts} return V; }
    fn partOf(v: i32) -> i32 { ${parts} return F - 1; }`;
}

/** `keep`: h and c after a step, and `keepGates`, to the trace. */
function traceCode(isKept: boolean): string {
  if (!isKept) {
    return `fn keep(row: i32, slot: i32, u: i32, h: f32, c: f32) {} fn keepGates(row: i32, slot: i32, u: i32, g: vec4<f32>) {}`;
  }
  return `
    fn slotOf(row: i32, slot: i32) -> i32 { return laneOf(row) * (L + 1) + slot; }
    fn keep(row: i32, slot: i32, u: i32, h: f32, c: f32) {
      if (!isLane(row)) { return; }
      let at = slotOf(row, slot) * H + u;
      result[at] = h; result[uniforms.slots * H + at] = c;
    }
    fn keepGates(row: i32, slot: i32, u: i32, g: vec4<f32>) {
      if (!isLane(row)) { return; }
      let at = (2 * uniforms.slots + slotOf(row, slot) * 4) * H + u;
      result[at] = g.x; result[at + H] = g.y; result[at + 2 * H] = g.z; result[at + 3 * H] = g.w;
    }`;
}

/** `begin`, `step` to fresh h, and `settle`, which the next barrier makes the h of all. */
function advanceCode(rows: number): string {
  return `
    fn startsAt(row: i32, u: i32) -> vec4<f32> {
      let i = uniforms.startAt + ints[uniforms.groups + laneOf(row)] * 4 * H + u;
      return vec4<f32>(starts[i], starts[i + H], starts[i + 2 * H], starts[i + 3 * H]);
    }
    fn inputOf(row: i32, at: i32, u: i32) -> vec4<f32> {
      var sum = startsAt(row, u);
      for (var f = 0; at > 0 && f < F; f++) {
        sum += weightsAt(INPUT + (firstOf(f) + previous[row * F + f]) * 4 * H + u);
      }
      return sum;
    }
    fn begin() {
      for (var i = lane; i < ROWS * F; i += LANES) { sums[i] = 0.0; }
      for (var u = lane; u < H; u += LANES) {
        for (var row = 0; row < ROWS; row++) { hidden[row * H + u] = 0.0; keep(row, 0, u, 0.0, 0.0); }
      }
    }
    fn advance(row: i32, turn: i32, at: i32, u: i32, z: vec4<f32>) {
      let g = gatesOf(z);
      let c = g.y * cell[turn * ROWS + row] + g.x * g.z; let h = g.w * squash(c);
      keepGates(row, at, u, g); keep(row, at + 1, u, h, c);
      cell[turn * ROWS + row] = c; fresh[turn * ROWS + row] = h;
    }
    fn step(at: i32) {
      for (var turn = 0; turn < TURNS; turn++) {
        let u = turn * LANES + lane;
        if (u >= H) { continue; }
        ${each(rows, (r) => `var z${r} = inputOf(${r}, at, u);`)}
        for (var k = 0; k < H; k++) {
          let w = weightsAt(RECURRENT + k * 4 * H + u);
          ${each(rows, (r) => `z${r} += hidden[${r} * H + k] * w;`)}
        }
        ${each(rows, (r) => `advance(${r}, turn, at, u, z${r});`)}
      }
    }
    fn settle() {
      for (var turn = 0; turn < TURNS; turn++) {
        let u = turn * LANES + lane;
        if (u >= H) { continue; }
        for (var row = 0; row < ROWS; row++) { hidden[row * H + u] = fresh[turn * ROWS + row]; }
      }
    }`;
}

function scoreCode(rows: number): string {
  return `
    fn scoreValues() {
      for (var v = lane; v < V; v += LANES) {
        ${each(rows, (r) => `var z${r} = p[OUTPUT_BIAS + v];`)}
        for (var k = 0; k < H; k++) {
          let w = p[OUTPUT + k * V + v];
          ${each(rows, (r) => `z${r} += hidden[${r} * H + k] * w;`)}
        }
        ${each(rows, (r) => `score[${r} * V + v] = z${r};`)}
      }
    }`;
}

/** One invocation chooses one part of one lane's token: drawn, given or forced. */
function chooseCode(isKept: boolean): string {
  const store = "if (uniforms.tokens < 0 && isLane(row)) { result[(laneOf(row) * L + at) * F + f] = f32(value); }";
  return `
    fn draw(word: i32, begins: i32, size: i32, best: f32, sum: f32) -> i32 {
      let stream = vec3<u32>(bitcast<u32>(uniforms.seed), bitcast<u32>(uniforms.streamA), bitcast<u32>(uniforms.streamB));
      let words = pcg4d(vec4<u32>(stream, u32(word / 4)));
      let limit = f32(words[word % 4]) * 2.3283064365386963e-10 * sum;
      var reached = 0.0;
      for (var v = 0; v < size; v++) {
        reached += exp(score[begins + v] - best);
        if (limit < reached) { return v; }
      }
      return size - 1;
    }
    fn choose(row: i32, f: i32, at: i32) {
      let size = firstOf(f + 1) - firstOf(f); let begins = row * V + firstOf(f);
      var best = score[begins]; var sum = 0.0;
      for (var v = 1; v < size; v++) { best = max(best, score[begins + v]); }
      for (var v = 0; v < size; v++) { sum += exp(score[begins + v] - best); }
      var value = ints[uniforms.forced + at * F + f];
      if (value < 0) {
        let word = (laneOf(row) * L + at) * F + f;
        if (uniforms.tokens < 0) { value = draw(word, begins, size, best, sum); }
        else { value = ints[uniforms.tokens + word]; }
        sums[row * F + f] += score[begins + value] - best - log(sum);
      }
      previous[row * F + f] = value; most[row * F + f] = best; total[row * F + f] = sum;
      ${isKept ? "" : store}
    }`;
}

/** Gradient of minus coefficient * log probability by the logits of a step; slot 0, which no step writes, has none. */
const SLOPE_CODE = `
    fn slopeOf(row: i32, v: i32, at: i32) -> f32 {
      let f = partOf(v); let i = row * F + f;
      if (ints[uniforms.forced + at * F + f] >= 0) { return 0.0; }
      let share = exp(score[row * V + v] - most[i]) / total[i];
      let isChosen = v - firstOf(f) == previous[i];
      return bitcast<f32>(ints[uniforms.coefficient + laneOf(row)]) * (share - select(0.0, 1.0, isChosen));
    }
    fn keepSlopes(at: i32) {
      for (var i = lane; i < ROWS * V; i += LANES) {
        let row = i / V; let v = i % V;
        if (!isLane(row)) { continue; }
        let to = uniforms.slots * 6 * H + slotOf(row, at + 1) * V + v;
        if (at == 0) { result[to - V] = 0.0; }
        result[to] = slopeOf(row, v, at);
      }
    }`;

function mainCode(isKept: boolean): string {
  return `
    fn main() {
      lane = i32(localId.x);
      first = uniforms.firstLane + (i32(workgroupId.y) * ${GROUP_ROW} + i32(workgroupId.x)) * ROWS;
      begin();
      workgroupBarrier();
      for (var at = 0; at < L; at++) {
        step(at);
        workgroupBarrier();
        settle();
        workgroupBarrier();
        scoreValues();
        workgroupBarrier();
        for (var i = lane; i < ROWS * F; i += LANES) { choose(i / F, i % F, at); }
        workgroupBarrier();
        ${isKept ? "keepSlopes(at); workgroupBarrier();" : ""}
      }
      for (var row = lane; row < ROWS; row += LANES) {
        var sum = 0.0;
        for (var f = 0; f < F; f++) { sum += sums[row * F + f]; }
        if (isLane(row)) { result[uniforms.logProbAt + laneOf(row)] = sum; }
      }
    }`;
}
