// target = act(A * weights + bias): A's rows are patches of an NHWC buffer, found through a table of byte offsets
// (implicit im2col). One routine serves convolutions, dense layers and the gradients of both with respect to the input.

import { tanh4 } from "./arithmetic.as";
import { pack4, pack5, pack6 } from "./pack.as";
import { TILE, tile4, tile5, tile6 } from "./tiles.as";

/** What to multiply, written once by jobs.ts. Field order is the contract; every field is 4 bytes. */
@unmanaged
export class Product {
  source: usize;
  /** u32 byte offsets from `source`, one per row. */
  sourceRows: usize;
  segments: i32;
  segmentLength: i32;
  segmentBytes: usize;
  /** Packed weights [columns / 8][segments * segmentLength][8]. */
  panels: usize;
  target: usize;
  targetRows: usize;
  /** Multiple of 8. */
  columns: i32;
  /** 0 for none. */
  bias: usize;
  /** 0 none, 1 relu, 2 tanh; 3 relu's and 4 tanh's derivative at the activation stored in `mask`. */
  activation: i32;
  mask: usize;
  maskRows: usize;
  /** ROWS_PER_BLOCK packed rows. */
  scratch: usize;
}

/** Without fused multiply-add 6 x 8 sums spill: 5 rows are 1.3 times as fast there as two tiles of 3. */
const TILE_ROWS: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 5;

/** Rows packed at a time; 6 to 48 are within 5 % of each other. */
const ROWS_PER_BLOCK: i32 = 4 * TILE_ROWS;

/** First row of tile t in a block of `rows`: the last tile overlaps the one before it instead of being shorter. */
// @ts-ignore: decorator
@inline
function tileStart(t: i32, rows: i32): i32 {
  return min(t * TILE_ROWS, rows - TILE_ROWS);
}

/** Runs the first `count` rows of a job. count >= 6; rows of overlapping tiles are computed twice, never added. */
export function product(job: Product, count: i32): void {
  productRows(job, 0, count);
}

/** Runs rows `from` to `from + count - 1` of a job. */
export function productRows(job: Product, from: i32, count: i32): void {
  const depth = job.segments * job.segmentLength;
  const skip = job.segmentBytes - (<usize>job.segmentLength << 2);
  const tileBytes = <usize>(depth * TILE_ROWS) << 2;
  const end = from + count;
  for (let first = from; first < end; first += ROWS_PER_BLOCK) {
    const rows = min(ROWS_PER_BLOCK, end - first);
    const left = rows % TILE_ROWS;
    // A rest of 5 rows is one more whole tile, a rest of 1 to 4 rows one tile of 4.
    const wholes = rows / TILE_ROWS + (left == 5 ? 1 : 0);
    const isRestFour = left > 0 && left < 5;
    const table = job.sourceRows + (<usize>first << 2);
    let packed = job.scratch;
    for (let t = 0; t < wholes; t++) {
      const at = table + ((<isize>tileStart(t, rows)) << 2);
      packWhole(job.source, at, job.segments, job.segmentLength, skip, packed);
      packed += tileBytes;
    }
    if (isRestFour) {
      pack4(job.source, table + ((<isize>(rows - 4)) << 2), job.segments, job.segmentLength, skip, packed);
    }
    multiplyBlock(job, depth, first, rows, wholes, isRestFour);
  }
}

// @ts-ignore: decorator
@inline
function packWhole(source: usize, rows: usize, segments: i32, length: i32, skip: usize, to: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) pack6(source, rows, segments, length, skip, to);
  else pack5(source, rows, segments, length, skip, to);
}

// @ts-ignore: decorator
@inline
function tileWhole(a: usize, b: usize, depth: i32, c: usize, rowBytes: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) tile6(a, b, depth, c, rowBytes);
  else tile5(a, b, depth, c, rowBytes);
}

function multiplyBlock(job: Product, depth: i32, first: i32, rows: i32, wholes: i32, isRestFour: bool): void {
  const panelBytes = <usize>depth << 5;
  const tileBytes = <usize>(depth * TILE_ROWS) << 2;
  const isPlain = job.bias == 0 && job.activation == 0;
  let panel = job.panels;
  for (let column = 0; column < job.columns; column += 8) {
    const columnBytes = <usize>column << 2;
    let packed = job.scratch;
    for (let t = 0; t < wholes; t++) {
      const at = first + tileStart(t, rows);
      const stride = isPlain ? strideOf(job.targetRows + ((<isize>at) << 2), TILE_ROWS) : 0;
      if (stride) {
        tileWhole(packed, panel, depth, job.target + load<u32>(job.targetRows + ((<isize>at) << 2)) + columnBytes, stride);
      } else {
        tileWhole(packed, panel, depth, TILE, 32);
        finish(job, TILE_ROWS, at, columnBytes);
      }
      packed += tileBytes;
    }
    if (isRestFour) {
      tile4(packed, panel, depth, TILE, 32);
      finish(job, 4, first + rows - 4, columnBytes);
    }
    panel += panelBytes;
  }
}

/** Bytes from row to row of the target where that is the same for all: a tile without epilogue goes there directly. Else 0. */
// @ts-ignore: decorator
@inline
function strideOf(table: usize, rows: i32): usize {
  const stride = load<u32>(table, 4) - load<u32>(table);
  for (let r = 1; r < rows - 1; r++) {
    table += 4;
    if (load<u32>(table, 4) - load<u32>(table) != stride) return 0;
  }
  return stride;
}

/** Epilogue of one tile: bias, activation or mask, and the store to `rows` rows of the target. */
function finish(job: Product, rows: i32, first: i32, columnBytes: usize): void {
  const nothing = f32x4.splat(0), one = f32x4.splat(1);
  const activation = job.activation;
  const target = job.target + columnBytes, mask = job.mask + columnBytes;
  let targetRow = job.targetRows + ((<isize>first) << 2), maskRow = job.maskRows + ((<isize>first) << 2);
  let bias0 = nothing, bias1 = nothing, from = TILE;
  if (job.bias) { bias0 = v128.load(job.bias + columnBytes); bias1 = v128.load(job.bias + columnBytes, 16); }
  for (let r = 0; r < rows; r++) {
    const to = target + <usize>load<u32>(targetRow);
    let x = f32x4.add(v128.load(from), bias0), y = f32x4.add(v128.load(from, 16), bias1);
    if (activation == 1) { x = f32x4.max(x, nothing); y = f32x4.max(y, nothing); }
    else if (activation == 2) { x = tanh4(x); y = tanh4(y); }
    else if (activation >= 3) {
      const at = mask + <usize>load<u32>(maskRow), u = v128.load(at), v = v128.load(at, 16);
      if (activation == 3) { x = v128.and(x, f32x4.gt(u, nothing)); y = v128.and(y, f32x4.gt(v, nothing)); }
      else {
        x = f32x4.mul(x, f32x4.sub(one, f32x4.mul(u, u)));
        y = f32x4.mul(y, f32x4.sub(one, f32x4.mul(v, v)));
      }
    }
    v128.store(to, x); v128.store(to, y, 16);
    from += 32; targetRow += 4; maskRow += 4;
  }
}
