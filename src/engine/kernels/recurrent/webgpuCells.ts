// The LSTM of a recurrent network in WGSL: a workgroup owns a few lanes and takes all their steps in one dispatch, with h in
// workgroup memory and c in registers. Slots as in ../sequence/webgpuTables.ts: a lane owns one for its first state and one
// after each step. A kept trace is the one that ../sequence/webgpuLstm.ts takes back:
// [h of every slot, H | c, H | gates of the step that starts in the slot, 4H].

import type { RecurrentSpec } from "../../nn/recurrent";
import type { RecurrentPartName, RecurrentPlan } from "../../nn/recurrentPlan";
import { define, each, integers, invocationsFor, NONLINEARITIES } from "../sequence/webgpuCode";
import { placeConstants, ROWS, rowRange, WEIGHTS_AT } from "../sequence/webgpuLstm";
import { type GpuProgram, GROUP_ROW } from "../tfjsWebgpu";

/** kept: h, c and gates of every slot; plain: h alone; step: one step from and to the states [h of every lane, H | c, H]. */
export type CellMode = "kept" | "plain" | "step";

/** First number of a part of the block; 0 for a part that is not there. */
export function recurrentOffset(plan: RecurrentPlan, name: RecurrentPartName): number {
  return plan.parts[name]?.offset ?? 0;
}

export function workgroupsFor(lanes: number): number {
  return Math.ceil(lanes / ROWS);
}

/**
 * In the order of the uniforms: lanes, slots (lanes for a step), the tables of the lanes' first slots and of their groups,
 * and the first number of group 0's gate starts.
 */
const UNIFORMS = ["rows", "slots", "starts", "groups", "startAt"] as const;

/** Inputs: p the block, begins the gate starts [groups, 4H], x the inputs [slots, I], ints. */
export function cellsProgram(spec: RecurrentSpec, plan: RecurrentPlan, mode: CellMode): GpuProgram {
  const { hidden: units, inputs, context } = spec;
  const invocations = invocationsFor(units);
  const turns = Math.ceil(units / invocations);
  const offset = (name: RecurrentPartName) => recurrentOffset(plan, name);
  const place = { input: offset("input"), recurrent: offset("recurrent"), bias: 0, cell: 0, units };
  return {
    key: `recurrent_${mode}_${units}_${inputs}_${context}`,
    inputs: ["p", "begins", "x", "ints"],
    uniforms: integers(UNIFORMS),
    isGrouped: true,
    invocations,
    code: `${placeConstants(place)} ${define({ ROWS, TURNS: turns, LANES: invocations, I: inputs })}
      ${NONLINEARITIES} ${WEIGHTS_AT}
      var<workgroup> hidden : array<f32, ${ROWS * units}>;
      var<workgroup> most : i32;
      var<private> cell : array<f32, ${ROWS * turns}>;
      var<private> fresh : array<f32, ${ROWS * turns}>;
      ${KEEPING[mode]}
      fn advance(turn: i32, row: i32, u: i32, slot: i32, sums: vec4<f32>) {
        let g = gatesOf(sums);
        let c = g.y * cell[turn * ROWS + row] + g.x * g.z; let h = g.w * squash(c);
        keepGates(slot, u, g);
        keep(slot + ${mode === "step" ? 0 : 1}, u, h, c);
        cell[turn * ROWS + row] = c; fresh[turn * ROWS + row] = h;
      }
      fn startsAt(row: i32, u: i32) -> vec4<f32> {
        let i = uniforms.startAt + ints[uniforms.groups + min(row, uniforms.rows - 1)] * 4 * H + u;
        return vec4<f32>(begins[i], begins[i + H], begins[i + 2 * H], begins[i + 3 * H]);
      }
      ${mainCode(mode)}`,
  };
}

/** `keep`: h and c of a slot; `keepGates`: those of the step that starts there. */
const KEEPING: Readonly<Record<CellMode, string>> = {
  kept: `
    fn keep(slot: i32, u: i32, h: f32, c: f32) { result[slot * H + u] = h; result[(uniforms.slots + slot) * H + u] = c; }
    fn keepGates(slot: i32, u: i32, g: vec4<f32>) {
      let at = (2 * uniforms.slots + slot * 4) * H + u;
      result[at] = g.x; result[at + H] = g.y; result[at + 2 * H] = g.z; result[at + 3 * H] = g.w;
    }`,
  plain: `
    fn keep(slot: i32, u: i32, h: f32, c: f32) { result[slot * H + u] = h; }
    fn keepGates(slot: i32, u: i32, g: vec4<f32>) {}`,
  step: `
    fn keep(slot: i32, u: i32, h: f32, c: f32) { result[slot * H + u] = h; result[(uniforms.slots + slot) * H + u] = c; }
    fn keepGates(slot: i32, u: i32, g: vec4<f32>) {}`,
};

function mainCode(mode: CellMode): string {
  const isStep = mode === "step";
  return `
    fn main() {
      let lane = i32(localId.x); let first = (i32(workgroupId.y) * ${GROUP_ROW} + i32(workgroupId.x)) * ROWS;
      ${each(ROWS, isStep ? oneStep : rowRange)}
      if (lane == 0) { most = max(max(length0, length1), max(length2, length3)); }
      let steps = workgroupUniformLoad(&most);
      for (var turn = 0; turn < TURNS; turn++) {
        let u = turn * LANES + lane;
        if (u >= H) { continue; }
        ${each(ROWS, isStep ? standingState : firstState)}
      }
      workgroupBarrier();
      for (var step = 0; step < steps; step++) {
        ${each(ROWS, (r) => `let x${r} = (start${r} + min(step, max(length${r}, 0))) * I;`)}
        for (var turn = 0; turn < TURNS; turn++) {
          let u = turn * LANES + lane;
          if (u >= H) { continue; }
          ${each(ROWS, (r) => `var z${r} = startsAt(first + ${r}, u);`)}
          for (var i = 0; i < I; i++) {
            let w = weightsAt(INPUT + i * 4 * H + u);
            ${each(ROWS, (r) => `z${r} += x[x${r} + i] * w;`)}
          }
          for (var k = 0; k < H; k++) {
            let w = weightsAt(RECURRENT + k * 4 * H + u);
            ${each(ROWS, (r) => `z${r} += hidden[${r} * H + k] * w;`)}
          }
          ${each(ROWS, (r) => `if (step < length${r}) { advance(turn, ${r}, u, start${r} + step, z${r}); }`)}
        }
        workgroupBarrier();
        for (var turn = 0; turn < TURNS; turn++) {
          let u = turn * LANES + lane;
          if (u >= H) { continue; }
          ${each(ROWS, (r) => `hidden[${r} * H + u] = fresh[turn * ROWS + ${r}];`)}
        }
        workgroupBarrier();
      }
    }`;
}

/** A lane of a single step owns the slot of its own number. */
function oneStep(row: number): string {
  return `let start${row} = min(first + ${row}, uniforms.rows - 1);
    let length${row} = select(-1, 1, first + ${row} < uniforms.rows);`;
}

/** Private memory starts as zeros; nothing starts in a lane's last slot, but products run over all of them. */
function firstState(row: number): string {
  return `
    hidden[${row} * H + u] = 0.0;
    if (length${row} >= 0) {
      keep(start${row}, u, 0.0, 0.0);
      keepGates(start${row} + length${row}, u, vec4<f32>(0.0));
    }`;
}

function standingState(row: number): string {
  return `
    hidden[${row} * H + u] = result[start${row} * H + u];
    cell[turn * ROWS + ${row}] = result[(uniforms.slots + start${row}) * H + u];`;
}

/** result[to + i] = h of lane i / H after its last step. Inputs: trace, ints. */
export function lastStatesProgram(units: number): GpuProgram {
  return {
    key: `recurrentLast_${units}`,
    inputs: ["trace", "ints"],
    uniforms: integers(["count", "starts", "to"]),
    code: `${define({ H: units })}
      fn main(index: i32) {
        if (index >= uniforms.count) { return; }
        let slot = ints[uniforms.starts + index / H + 1] - 1;
        result[uniforms.to + index] = trace[slot * H + index % H];
      }`,
  };
}

/** result[slot] = gradient of the last state of the lane that ends in the slot, 0 elsewhere. Inputs: last [N, H], ints. */
export function endingsProgram(units: number): GpuProgram {
  return {
    key: `recurrentEndings_${units}`,
    inputs: ["last", "ints"],
    uniforms: integers(["ends"]),
    code: `${define({ H: units })}
      fn main(index: i32) {
        if (index >= uniforms.size) { return; }
        let lane = ints[uniforms.ends + index / H];
        var value = 0.0;
        if (lane >= 0) { value = last[lane * H + index % H]; }
        result[index] = value;
      }`,
  };
}
