// One step of an LSTM over rows that share nothing but the weights, and its gradient. Each row names by address what it
// comes from (the cell of its parent, the row of its input), so rows may branch: several may have the same parent.
// Source: Hochreiter & Schmidhuber 1997 with forget gates (Gers et al. 2000). Gates in the order input, forget, cell, output.

import { fma, gateTanh4, sigmoid4 } from "./arithmetic.as";

/**
 * gates [count][4H]: W times the parent's h on entry, the four activations on return. inputs, parentCells: addresses
 * of the input's row [4H], the bias included, and of the parent's cell [H]. Writes cells [count][H], states `stateBytes`
 * apart, and tanh of the cells unless tanhCells is 0.
 */
export function lstmForward(
  gates: usize, inputs: usize, parentCells: usize, cells: usize, tanhCells: usize, states: usize,
  stateBytes: usize, count: i32, hidden: i32,
): void {
  const bytes = <usize>hidden << 2;
  for (let row = 0; row < count; row++) {
    const input = <usize>load<u32>(inputs), parent = <usize>load<u32>(parentCells);
    // One function at a time: its constants then stay in registers.
    sigmoids(gates, input, 2 * bytes);
    const candidate = gates + 2 * bytes, output = gates + 3 * bytes;
    for (let at: usize = 0; at < bytes; at += 16) {
      const x = f32x4.add(v128.load(candidate + at), v128.load(input + 2 * bytes + at));
      v128.store(candidate + at, gateTanh4(x));
    }
    sigmoids(output, input + 3 * bytes, bytes);
    for (let at: usize = 0; at < bytes; at += 16) {
      const written = f32x4.mul(v128.load(gates + at), v128.load(candidate + at));
      const c = fma(v128.load(gates + bytes + at), v128.load(parent + at), written);
      const t = gateTanh4(c);
      v128.store(cells + at, c);
      v128.store(states + at, f32x4.mul(v128.load(output + at), t));
      if (tanhCells) v128.store(tanhCells + at, t);
    }
    gates += 4 * bytes; cells += bytes; states += stateBytes; inputs += 4; parentCells += 4;
    if (tanhCells) tanhCells += bytes;
  }
}

/** gates = sigmoid(gates + input). */
// @ts-ignore: decorator
@inline
function sigmoids(gates: usize, input: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(gates + at, sigmoid4(f32x4.add(v128.load(gates + at), v128.load(input + at))));
  }
}

/**
 * gates: activations on entry, gradients before the activations on return. stateGradients [count][H] and cellGradients
 * [count][H] are complete; what flows to the parent's cell is added at parentCellGradients (addresses).
 */
export function lstmBackward(
  gates: usize, parentCells: usize, tanhCells: usize, stateGradients: usize, cellGradients: usize,
  parentCellGradients: usize, count: i32, hidden: i32,
): void {
  const bytes = <usize>hidden << 2;
  const one = f32x4.splat(1);
  for (let row = 0; row < count; row++) {
    let parent = <usize>load<u32>(parentCells), to = <usize>load<u32>(parentCellGradients), gate = gates;
    for (let at: usize = 0; at < bytes; at += 16) {
      const i = v128.load(gate), f = v128.load(gate + bytes);
      const g = v128.load(gate + 2 * bytes), o = v128.load(gate + 3 * bytes);
      const t = v128.load(tanhCells + at), dh = v128.load(stateGradients + at);
      const slope = f32x4.mul(f32x4.mul(dh, o), f32x4.sub(one, f32x4.mul(t, t)));
      const dc = f32x4.add(v128.load(cellGradients + at), slope);
      v128.store(gate, f32x4.mul(f32x4.mul(dc, g), f32x4.mul(i, f32x4.sub(one, i))));
      v128.store(gate + bytes, f32x4.mul(f32x4.mul(dc, v128.load(parent)), f32x4.mul(f, f32x4.sub(one, f))));
      v128.store(gate + 2 * bytes, f32x4.mul(f32x4.mul(dc, i), f32x4.sub(one, f32x4.mul(g, g))));
      v128.store(gate + 3 * bytes, f32x4.mul(f32x4.mul(dh, t), f32x4.mul(o, f32x4.sub(one, o))));
      v128.store(to, fma(dc, f, v128.load(to)));
      gate += 16; parent += 16; to += 16;
    }
    gates += 4 * bytes; tanhCells += bytes; stateGradients += bytes; cellGradients += bytes;
    parentCells += 4; parentCellGradients += 4;
  }
}

/** Adds row r of `rows` [count][floats] to the row at address targets[r]; `floats` is a multiple of 4. */
export function addRows(rows: usize, targets: usize, count: i32, floats: i32): void {
  const bytes = <usize>floats << 2;
  for (let row = 0; row < count; row++) {
    const to = <usize>load<u32>(targets);
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(rows + at)));
    }
    rows += bytes; targets += 4;
  }
}

/** to = rows [count][floats] with `row` [floats] added to each. */
export function addRow(rows: usize, row: usize, to: usize, count: i32, floats: i32): void {
  const bytes = <usize>floats << 2;
  for (let r = 0; r < count; r++) {
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(to + at, f32x4.add(v128.load(rows + at), v128.load(row + at)));
    }
    rows += bytes; to += bytes;
  }
}

/** Writes the offsets first, first + stride, first + 2 stride, ... as a table of `count` words. */
export function fillOffsets(to: usize, count: i32, stride: u32, first: u32): void {
  let offset = first;
  for (let i = 0; i < count; i++) {
    store<u32>(to + (<usize>i << 2), offset);
    offset += stride;
  }
}
