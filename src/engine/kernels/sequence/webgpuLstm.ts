// LSTMs in WGSL over whole sequences: one dispatch for all steps of all rows. A workgroup owns a few rows and reads each
// recurrent weight once for all of them; h is in workgroup memory, c in registers. See webgpuTables.ts for rows and slots.
// A trace is [h of every slot, H | c, H | gates of the step that starts in the slot, 4H].

import { type GpuArray, type GpuProgram, GROUP_ROW, type WebgpuSession } from "../tfjsWebgpu";
import { define, each, integers, invocationsFor, NONLINEARITIES } from "./webgpuCode";
import { integer } from "./webgpuMatrix";
import type { Packed } from "./webgpuTables";

/** Where an LSTM's weights stand in the block. */
export type LstmPlace = {
  readonly input: number;
  readonly recurrent: number;
  readonly bias: number;
  readonly cell: number;
  readonly units: number;
};

/** Tables that a program reads: the integers, and where each table begins. */
export type LstmTables<Name extends string> = { readonly ints: GpuArray; readonly packed: Pick<Packed<Name>, "at"> };

/** Rows and their slots; the way back needs `starts` alone. */
export type LstmRows<Name extends string = "starts" | "symbols" | "initAt" | "order" | "orderStarts"> =
  LstmTables<Name> & { readonly numRows: number; readonly numSlots: number };

/** Rows of one workgroup: as many as registers hold comfortably. */
export const ROWS = 4;

/**
 * The sums before the nonlinearities of unit u, for `copies` LSTMs, to s0, s1, ...: their h are hidden(0, k), hidden(1, k),
 * ..., the symbols they read symbol0, symbol1, .... Needs the constants INPUT, RECURRENT, BIAS and H.
 */
export function gateSums(copies: number, hidden: (copy: number) => string): string {
  return `
    ${each(copies, (c) => `var s${c} = weightsAt(BIAS + u) + weightsAt(INPUT + symbol${c} * 4 * H + u);`)}
    for (var k = 0; k < H; k++) {
      let w = weightsAt(RECURRENT + k * 4 * H + u);
      ${each(copies, (c) => `s${c} += ${hidden(c)} * w;`)}
    }`;
}

/** `weightsAt(i)`: the weights of a unit's four gates; p is the block. */
export const WEIGHTS_AT = `
  fn weightsAt(i: i32) -> vec4<f32> { return vec4<f32>(p[i], p[i + H], p[i + 2 * H], p[i + 3 * H]); }`;

/** Constants of an LSTM for gateSums. */
export function placeConstants(place: LstmPlace): string {
  const { input, recurrent, bias, cell, units } = place;
  return define({ INPUT: input, RECURRENT: recurrent, BIAS: bias, CELL: cell, H: units });
}

function forwardProgram(place: LstmPlace): GpuProgram {
  const { units } = place;
  const invocations = invocationsFor(units);
  const turns = Math.ceil(units / invocations);
  return {
    key: `sequenceLstm_${units}_${place.input}_${place.cell}`,
    inputs: ["p", "init", "ints"],
    uniforms: integers(["rows", "slots", "starts", "symbols", "initAt"]),
    isGrouped: true,
    invocations,
    code: `${placeConstants(place)} ${define({ ROWS, TURNS: turns, LANES: invocations })}
      ${NONLINEARITIES} ${WEIGHTS_AT}
      var<workgroup> hidden : array<f32, ${ROWS * units}>;
      var<workgroup> most : i32;
      var<private> cell : array<f32, ${ROWS * turns}>;
      var<private> fresh : array<f32, ${ROWS * turns}>;
      fn keep(slot: i32, u: i32, h: f32, c: f32) {
        result[slot * H + u] = h; result[(uniforms.slots + slot) * H + u] = c;
      }
      fn advance(turn: i32, row: i32, u: i32, slot: i32, sums: vec4<f32>) {
        let g = gatesOf(sums);
        let c = g.y * cell[turn * ROWS + row] + g.x * g.z; let h = g.w * squash(c);
        let at = (2 * uniforms.slots + slot * 4) * H + u;
        result[at] = g.x; result[at + H] = g.y; result[at + 2 * H] = g.z; result[at + 3 * H] = g.w;
        keep(slot + 1, u, h, c);
        cell[turn * ROWS + row] = c; fresh[turn * ROWS + row] = h;
      }
      fn main() {
        let lane = i32(localId.x); let first = (i32(workgroupId.y) * ${GROUP_ROW} + i32(workgroupId.x)) * ROWS;
        ${each(ROWS, rowRange)}
        if (lane == 0) { most = max(max(length0, length1), max(length2, length3)); }
        let steps = workgroupUniformLoad(&most);
        for (var turn = 0; turn < TURNS; turn++) {
          let u = turn * LANES + lane;
          if (u >= H) { continue; }
          ${each(ROWS, firstState)}
        }
        workgroupBarrier();
        for (var step = 0; step < steps; step++) {
          ${each(ROWS, (r) => `var symbol${r} = 0; if (step < length${r}) { symbol${r} = ints[uniforms.symbols + start${r} + step]; }`)}
          for (var turn = 0; turn < TURNS; turn++) {
            let u = turn * LANES + lane;
            if (u >= H) { continue; }
            ${gateSums(ROWS, (r) => `hidden[${r} * H + k]`)}
            ${each(ROWS, (r) => `if (step < length${r}) { advance(turn, ${r}, u, start${r} + step, s${r}); }`)}
          }
          workgroupBarrier();
          for (var turn = 0; turn < TURNS; turn++) {
            let u = turn * LANES + lane;
            if (u >= H) { continue; }
            ${each(ROWS, (r) => `hidden[${r} * H + u] = fresh[turn * ROWS + ${r}];`)}
          }
          workgroupBarrier();
        }
      }`,
  };
}

/** start0, length0, ...: slots and steps of the workgroup's rows; length -1 where there is no row. */
export function rowRange(row: number): string {
  return `var start${row} = 0; var length${row} = -1;
    if (first + ${row} < uniforms.rows) {
      start${row} = ints[uniforms.starts + first + ${row}];
      length${row} = ints[uniforms.starts + first + ${row} + 1] - start${row} - 1;
    }`;
}

function firstState(row: number): string {
  return `
    hidden[${row} * H + u] = 0.0;
    if (length${row} >= 0) {
      let h = init[ints[uniforms.initAt + first + ${row}] + u]; let c = p[CELL + u];
      hidden[${row} * H + u] = h; fresh[turn * ROWS + ${row}] = h; cell[turn * ROWS + ${row}] = c;
      keep(start${row}, u, h, c);
      // Nothing starts in the last slot, but products run over all of them.
      let end = (2 * uniforms.slots + (start${row} + length${row}) * 4) * H + u;
      result[end] = 0.0; result[end + H] = 0.0; result[end + 2 * H] = 0.0; result[end + 3 * H] = 0.0;
    }`;
}

/** The trace of all rows. @param init where initAt points: the block, or the trace whose states the rows start from */
export function runLstm(
  session: WebgpuSession,
  place: LstmPlace,
  block: GpuArray,
  init: GpuArray,
  rows: LstmRows,
): GpuArray {
  const { numRows, numSlots, ints, packed } = rows;
  const trace = session.allocate(numSlots * 6 * place.units);
  const numbers = [numRows, numSlots, packed.at.starts, packed.at.symbols, packed.at.initAt].map(integer);
  session.run(forwardProgram(place), [block, init, ints], numbers, Math.ceil(numRows / ROWS), trace);
  return trace;
}

/**
 * Back through time. result: [delta of every slot's gates, 4H | gradient of each row's first h, H | of its first c, H];
 * the gates of a row's last slot have delta 0. Inputs: trace, e [slots, H] what each h gets from elsewhere, w the
 * recurrent weights as [4H, H].
 */
function backwardProgram(units: number): GpuProgram {
  const invocations = invocationsFor(units);
  const turns = Math.ceil(units / invocations);
  return {
    key: `sequenceLstmBack_${units}`,
    inputs: ["trace", "e", "w", "ints"],
    uniforms: integers(["rows", "slots", "starts"]),
    isGrouped: true,
    invocations,
    code: `${define({ ROWS, TURNS: turns, LANES: invocations, H: units })}
      ${NONLINEARITIES}
      var<workgroup> slope : array<f32, ${ROWS * units}>;
      var<workgroup> most : i32;
      var<private> toHidden : array<f32, ${ROWS * turns}>;
      var<private> toCell : array<f32, ${ROWS * turns}>;
      var<private> delta : array<vec4<f32>, ${ROWS * turns}>;
      fn write(slot: i32, u: i32, d: vec4<f32>) {
        let at = slot * 4 * H + u;
        result[at] = d.x; result[at + H] = d.y; result[at + 2 * H] = d.z; result[at + 3 * H] = d.w;
      }
      fn retreat(at: i32, u: i32, slot: i32) {
        let g = (2 * uniforms.slots + slot * 4) * H + u;
        let i = trace[g]; let f = trace[g + H]; let z = trace[g + 2 * H]; let o = trace[g + 3 * H];
        let cells = (uniforms.slots + slot) * H + u; let t = squash(trace[cells + H]);
        let dh = toHidden[at] + e[(slot + 1) * H + u]; let dc = toCell[at] + dh * o * (1.0 - t * t);
        delta[at] = vec4<f32>(dc * z * i * (1.0 - i), dc * trace[cells] * f * (1.0 - f), dc * i * (1.0 - z * z),
          dh * t * o * (1.0 - o));
        toCell[at] = dc * f;
        write(slot, u, delta[at]);
      }
      fn main() {
        let lane = i32(localId.x); let first = (i32(workgroupId.y) * ${GROUP_ROW} + i32(workgroupId.x)) * ROWS;
        ${each(ROWS, rowRange)}
        if (lane == 0) { most = max(max(length0, length1), max(length2, length3)); }
        let steps = workgroupUniformLoad(&most);
        for (var step = steps - 1; step >= 0; step--) {
          for (var turn = 0; turn < TURNS; turn++) {
            let u = turn * LANES + lane;
            if (u >= H) { continue; }
            ${each(ROWS, (r) => `if (step < length${r}) { retreat(turn * ROWS + ${r}, u, start${r} + step); toHidden[turn * ROWS + ${r}] = 0.0; }`)}
          }
          for (var gate = 0; gate < 4; gate++) {
            for (var turn = 0; turn < TURNS; turn++) {
              let u = turn * LANES + lane;
              if (u >= H) { continue; }
              ${each(ROWS, (r) => `slope[${r} * H + u] = delta[turn * ROWS + ${r}][gate];`)}
            }
            workgroupBarrier();
            for (var turn = 0; turn < TURNS; turn++) {
              let u = turn * LANES + lane;
              if (u >= H) { continue; }
              ${each(ROWS, (r) => `var s${r} = 0.0;`)}
              for (var n = 0; n < H; n++) {
                let weight = w[(gate * H + n) * H + u];
                ${each(ROWS, (r) => `s${r} += slope[${r} * H + n] * weight;`)}
              }
              ${each(ROWS, (r) => `if (step < length${r}) { toHidden[turn * ROWS + ${r}] += s${r}; }`)}
            }
            workgroupBarrier();
          }
        }
        for (var turn = 0; turn < TURNS; turn++) {
          let u = turn * LANES + lane;
          if (u >= H) { continue; }
          ${each(ROWS, lastState)}
        }
      }`,
  };
}

function lastState(row: number): string {
  return `if (length${row} >= 0) {
    write(start${row} + length${row}, u, vec4<f32>(0.0));
    let at = (4 * uniforms.slots + first + ${row}) * H + u;
    result[at] = toHidden[turn * ROWS + ${row}]; result[at + uniforms.rows * H] = toCell[turn * ROWS + ${row}];
  }`;
}

function transposeProgram(place: LstmPlace): GpuProgram {
  return {
    key: `sequenceTranspose_${place.units}_${place.recurrent}`,
    inputs: ["p"],
    uniforms: "",
    code: `${define({ H: place.units, FROM: place.recurrent })}
      fn main(index: i32) {
        if (index >= uniforms.size) { return; }
        result[index] = p[FROM + index % H * 4 * H + index / H];
      }`,
  };
}

/** See backwardProgram for what comes back. @param toHidden [slots, H] what each h gets from elsewhere */
export function runLstmBackward(
  session: WebgpuSession,
  place: LstmPlace,
  block: GpuArray,
  trace: GpuArray,
  toHidden: GpuArray,
  rows: LstmRows<"starts">,
): GpuArray {
  const { units } = place;
  const { numRows, numSlots, ints, packed } = rows;
  const across = session.run(transposeProgram(place), [block], [], 4 * units * units);
  const back = session.allocate((4 * numSlots + 2 * numRows) * units);
  const numbers = [numRows, numSlots, packed.at.starts].map(integer);
  const groups = Math.ceil(numRows / ROWS);
  session.run(backwardProgram(units), [trace, toHidden, across, ints], numbers, groups, back);
  session.free(across);
  return back;
}

/** result[INPUT + symbol, n] (+)= sum of the deltas [4H] of the steps that read the symbol. */
function inputProgram(place: Pick<LstmPlace, "input" | "units">): GpuProgram {
  return {
    key: `sequenceInput_${place.units}_${place.input}`,
    inputs: ["d", "ints"],
    uniforms: integers(["order", "orderStarts", "isAdding"]),
    code: `${define({ WIDTH: 4 * place.units, INPUT: place.input })}
      fn main(index: i32) {
        if (index >= uniforms.size) { return; }
        let symbol = uniforms.orderStarts + index / WIDTH;
        var sum = 0.0;
        for (var i = ints[symbol]; i < ints[symbol + 1]; i++) {
          sum += d[ints[uniforms.order + i] * WIDTH + index % WIDTH];
        }
        if (uniforms.isAdding == 1) { sum += result[INPUT + index]; }
        result[INPUT + index] = sum;
      }`,
  };
}

/** The gradient of the input weights, one row a symbol, from what runLstmBackward gave. */
export function runInputGradient(
  session: WebgpuSession,
  place: Pick<LstmPlace, "input" | "units">,
  back: GpuArray,
  rows: LstmTables<"order" | "orderStarts">,
  gradient: { readonly array: GpuArray; readonly isAdding: boolean; readonly numSymbols: number },
): void {
  const { order, orderStarts } = rows.packed.at;
  const numbers = [order, orderStarts, gradient.isAdding ? 1 : 0].map(integer);
  const count = gradient.numSymbols * 4 * place.units;
  session.run(inputProgram(place), [back, rows.ints], numbers, count, gradient.array);
}
