// Gradients of weights and biases: dW = A^T delta, db = column sums of delta. A's rows are patches as in product.as.ts.
// Rows are taken 128 at a time, so that the packed delta stays in the cache.

import { TILE, tile1, tile4, tile6 } from "./tiles.as";

/** Written once by jobs.ts. Field order is the contract; every field is 4 bytes. */
@unmanaged
export class WeightGradient {
  source: usize;
  sourceRows: usize;
  segments: i32;
  segmentLength: i32;
  segmentBytes: usize;
  delta: usize;
  deltaRows: usize;
  /** Multiple of 8. */
  columns: i32;
  /** [segments * segmentLength][columns] */
  weights: usize;
  biases: usize;
  /** 128 * 6 + 16 floats. */
  scratchRows: usize;
  /** 128 * columns floats. */
  scratchDelta: usize;
}

const DEPTH_PER_BLOCK: i32 = 128;

/** Runs the first `count` rows of a job; adds to what is there if `isAdding`, else overwrites it. */
export function weightGradient(job: WeightGradient, count: i32, isAdding: bool): void {
  const rowBytes = <usize>job.columns << 2;
  if (!isAdding) memory.fill(job.biases, 0, rowBytes);
  for (let first = 0; first < count; first += DEPTH_PER_BLOCK) {
    const depth = min(DEPTH_PER_BLOCK, count - first);
    packDelta(job, first, depth);
    const table = job.sourceRows + (<usize>first << 2);
    let to = job.weights;
    for (let h = 0; h < job.segments; h++) {
      const segment = job.source + job.segmentBytes * h;
      let at = 0;
      while (at < job.segmentLength) {
        const left = job.segmentLength - at;
        // Without fused multiply-add a tile of 6 is two passes (tiles.as.ts); one of 4 needs less packing for the same speed.
        const rows = ASC_FEATURE_RELAXED_SIMD && left >= 6 && left != 8 ? 6 : left >= 4 ? 4 : 1;
        packColumns(segment + (<usize>at << 2), table, depth, rows, job.scratchRows);
        multiply(job, depth, rows, to, isAdding || first > 0);
        to += rowBytes * rows;
        at += rows;
      }
    }
  }
}

/** Delta rows -> panels [columns / 8][depth][8]; their column sums are added to the biases. */
function packDelta(job: WeightGradient, first: i32, depth: i32): void {
  const table = job.deltaRows + (<usize>first << 2);
  let to = job.scratchDelta;
  for (let column = 0; column < job.columns; column += 8) {
    const delta = job.delta + (<usize>column << 2);
    let sum0 = f32x4.splat(0), sum1 = sum0;
    for (let k = 0; k < depth; k++) {
      const from = delta + <usize>load<u32>(table + (<usize>k << 2));
      const u = v128.load(from), v = v128.load(from, 16);
      sum0 = f32x4.add(sum0, u); sum1 = f32x4.add(sum1, v);
      v128.store(to, u); v128.store(to, v, 16);
      to += 32;
    }
    const bias = job.biases + (<usize>column << 2);
    v128.store(bias, f32x4.add(v128.load(bias), sum0));
    v128.store(bias, f32x4.add(v128.load(bias, 16), sum1), 16);
  }
}

/** `rows` neighbouring columns of A -> [depth][rows]. */
function packColumns(source: usize, table: usize, depth: i32, rows: i32, to: usize): void {
  if (rows == 6) {
    for (let k = 0; k < depth; k++) {
      const from = source + <usize>load<u32>(table + (<usize>k << 2));
      v128.store(to, v128.load(from));
      store<u64>(to, load<u64>(from, 16), 16);
      to += 24;
    }
  } else if (rows == 4) {
    for (let k = 0; k < depth; k++) {
      v128.store(to, v128.load(source + <usize>load<u32>(table + (<usize>k << 2))));
      to += 16;
    }
  } else {
    for (let k = 0; k < depth; k++) {
      store<f32>(to, load<f32>(source + <usize>load<u32>(table + (<usize>k << 2))));
      to += 4;
    }
  }
}

/** One strip of `rows` rows of the weight gradient. */
function multiply(job: WeightGradient, depth: i32, rows: i32, to: usize, isAdding: bool): void {
  const rowBytes = <usize>job.columns << 2;
  let panel = job.scratchDelta;
  for (let column = 0; column < job.columns; column += 8) {
    const target = isAdding ? TILE : to;
    const targetBytes = isAdding ? 32 : rowBytes;
    if (rows == 6) tile6(job.scratchRows, panel, depth, target, targetBytes);
    else if (rows == 4) tile4(job.scratchRows, panel, depth, target, targetBytes);
    else tile1(job.scratchRows, panel, depth, target);
    if (isAdding) addTile(rows, to, rowBytes);
    to += 32;
    panel += <usize>depth << 5;
  }
}

function addTile(rows: i32, to: usize, rowBytes: usize): void {
  let from = TILE;
  for (let r = 0; r < rows; r++) {
    v128.store(to, f32x4.add(v128.load(from), v128.load(to)));
    v128.store(to, f32x4.add(v128.load(from, 16), v128.load(to, 16)), 16);
    from += 32; to += rowBytes;
  }
}
