// Matrix products in WGSL for whole sequences at once: tiles of 32 x 32 results, 16 numbers each for 64 invocations.
// Operands are any rows and columns of an array (offset, row step, column step), so nothing is ever transposed in memory.

import {
  type GpuArray,
  type GpuNumber,
  type GpuProgram,
  GROUP_ROW,
  type WebgpuSession,
  WORKGROUP,
} from "../tfjsWebgpu";
import { define, integers } from "./webgpuCode";

/** Numbers at from + r * row + c * column of an array. */
export type Matrix = { readonly array: GpuArray; readonly from: number; readonly row: number; readonly column: number };

export function matrix(array: GpuArray, from: number, row: number, column = 1): Matrix {
  return { array, from, row, column };
}

const TILE = 32;
const DEPTH = 16;

const UNIFORMS = ["rows", "columns", "depth", "share", "aFrom", "aRow", "aColumn", "bFrom", "bRow", "bColumn"];
const TARGET_UNIFORMS = ["cFrom", "cRow", "cShare", "biasFrom", "ones", "isAdding"];

/**
 * result[r, c] (+)= sum over k of a[r, k] b[k, c], then bias and tanh. Group = (share * row tiles + row tile) * column
 * tiles + column tile; share s sums k from s * share on. Row `ones` of a is 1 everywhere (-1: no row is).
 */
function productProgram(isSquashed: boolean): GpuProgram {
  return {
    key: `sequenceProduct_${isSquashed}`,
    inputs: ["a", "b"],
    uniforms: integers([...UNIFORMS, ...TARGET_UNIFORMS]),
    isGrouped: true,
    code: `${define({ TILE, DEPTH })}
      var<workgroup> left : array<f32, ${TILE * DEPTH}>;
      var<workgroup> right : array<vec4<f32>, ${(TILE / 4) * DEPTH}>;
      fn aAt(r: i32, k: i32, end: i32) -> f32 {
        if (r >= uniforms.rows || k >= end) { return 0.0; }
        if (r == uniforms.ones) { return 1.0; }
        return a[uniforms.aFrom + r * uniforms.aRow + k * uniforms.aColumn];
      }
      fn bAt(k: i32, c: i32, end: i32) -> f32 {
        if (c >= uniforms.columns || k >= end) { return 0.0; }
        return b[uniforms.bFrom + k * uniforms.bRow + c * uniforms.bColumn];
      }
      fn main() {
        let lane = i32(localId.x); let group = i32(workgroupId.y) * ${GROUP_ROW} + i32(workgroupId.x);
        let rowTiles = (uniforms.rows + TILE - 1) / TILE; let columnTiles = (uniforms.columns + TILE - 1) / TILE;
        let top = group / columnTiles % rowTiles * TILE; let side = group % columnTiles * TILE;
        let part = group / columnTiles / rowTiles;
        let first = part * uniforms.share; let end = min(first + uniforms.share, uniforms.depth);
        let r = lane / 8 * 4; let c = lane % 8;
        var sum : array<vec4<f32>, 4>;
        for (var step = 0; step < uniforms.share; step += DEPTH) {
          for (var i = lane; i < TILE * DEPTH; i += ${WORKGROUP}) {
            // Neighbours read neighbours, whichever way the operand lies.
            let isFlat = uniforms.aColumn == 1;
            let row = select(i % TILE, i / DEPTH, isFlat); let k = select(i / TILE, i % DEPTH, isFlat);
            left[k * TILE + row] = aAt(top + row, first + step + k, end);
          }
          for (var i = lane; i < TILE / 4 * DEPTH; i += ${WORKGROUP}) {
            let k = first + step + i / 8; let at = side + i % 8 * 4;
            right[i] = vec4<f32>(bAt(k, at, end), bAt(k, at + 1, end), bAt(k, at + 2, end), bAt(k, at + 3, end));
          }
          workgroupBarrier();
          for (var k = 0; k < DEPTH; k++) {
            let y = right[k * 8 + c]; let x = k * TILE + r;
            sum[0] += left[x] * y; sum[1] += left[x + 1] * y; sum[2] += left[x + 2] * y; sum[3] += left[x + 3] * y;
          }
          workgroupBarrier();
        }
        for (var i = 0; i < 4; i++) {
          for (var j = 0; j < 4; j++) {
            let row = top + r + i; let column = side + c * 4 + j;
            if (row >= uniforms.rows || column >= uniforms.columns || group >= uniforms.size) { continue; }
            let at = uniforms.cFrom + part * uniforms.cShare + row * uniforms.cRow + column;
            var value = sum[i][j];
            if (uniforms.biasFrom >= 0) { value += b[uniforms.biasFrom + column]; }
            if (uniforms.isAdding == 1) { value += result[at]; }
            result[at] = ${isSquashed ? "tanh(clamp(value, -15.0, 15.0))" : "value"};
          }
        }
      }`,
  };
}

const PRODUCT = productProgram(false);
const SQUASHED_PRODUCT = productProgram(true);

export type ProductSizes = { readonly rows: number; readonly columns: number; readonly depth: number };

export type ProductOptions = {
  /** First number of the bias in the array of b. */
  readonly biasFrom?: number;
  readonly isSquashed?: boolean;
  readonly isAdding?: boolean;
};

/** c = a b (+ bias, then tanh), or c += a b; c's columns stand next to each other, its rows `c.row` apart. */
export function runProduct(
  session: WebgpuSession,
  sizes: ProductSizes,
  a: Matrix,
  b: Matrix,
  c: Matrix,
  options: ProductOptions = {},
): void {
  const { biasFrom = -1, isSquashed = false, isAdding = false } = options;
  const numbers = productNumbers(sizes, sizes.depth, a, b, [c.from, c.row, 0, biasFrom, -1, isAdding ? 1 : 0]);
  const program = isSquashed ? SQUASHED_PRODUCT : PRODUCT;
  session.run(program, [a.array, b.array], numbers, tilesOf(sizes), c.array);
}

/** Rows that one share of a weight gradient sums, so that few weights still fill a graphics card. */
const SHARE = 256;
/** Most numbers of the partial sums of one weight gradient. */
const MOST_PARTIAL = 2 ** 23;

const SHARES_PROGRAM: GpuProgram = {
  key: "sequenceShares",
  inputs: ["a"],
  uniforms: integers(["shares", "begin", "isAdding"]),
  code: `
    fn main(index: i32) {
      if (index >= uniforms.size) { return; }
      var sum = 0.0;
      for (var i = 0; i < uniforms.shares; i++) { sum += a[i * uniforms.size + index]; }
      if (uniforms.isAdding == 1) { sum += result[uniforms.begin + index]; }
      result[uniforms.begin + index] = sum;
    }`,
};

/**
 * gradient[from, ...] (+)= x^T d: the gradient [inputs (+ 1), outputs] of weights, then of the bias that stands behind them.
 *
 * @param sizes count: rows of x and d; inputs: columns of x (0 for the sums of d alone); outputs: columns of d
 */
export function runWeightGradient(
  session: WebgpuSession,
  sizes: { readonly count: number; readonly inputs: number; readonly outputs: number; readonly hasBias: boolean },
  x: Matrix,
  d: Matrix,
  gradient: { readonly array: GpuArray; readonly from: number; readonly isAdding: boolean },
): void {
  const { count, inputs, outputs, hasBias } = sizes;
  const rows = inputs + (hasBias ? 1 : 0);
  const weights = rows * outputs;
  const shares = Math.max(1, Math.min(Math.ceil(count / SHARE), Math.floor(MOST_PARTIAL / weights)));
  const share = Math.ceil(count / shares);
  const size = { rows, columns: outputs, depth: count };
  const across: Matrix = { array: x.array, from: x.from, row: x.column, column: x.row };
  const partial = session.allocate(shares * weights);
  const numbers = productNumbers(size, share, across, d, [0, outputs, weights, -1, hasBias ? inputs : -1, 0]);
  session.run(PRODUCT, [x.array, d.array], numbers, shares * tilesOf(size), partial);
  const rest = [shares, gradient.from, gradient.isAdding ? 1 : 0].map(integer);
  session.run(SHARES_PROGRAM, [partial], rest, weights, gradient.array);
  session.free(partial);
}

export function integer(value: number): GpuNumber {
  return { type: "int32", data: [value] };
}

export function real(value: number): GpuNumber {
  return { type: "float32", data: [value] };
}

function productNumbers(sizes: ProductSizes, share: number, a: Matrix, b: Matrix, rest: readonly number[]) {
  const { rows, columns, depth } = sizes;
  const from = [rows, columns, depth, share, a.from, a.row, a.column, b.from, b.row, b.column];
  return [...from, ...rest].map(integer);
}

function tilesOf({ rows, columns }: ProductSizes): number {
  return Math.ceil(rows / TILE) * Math.ceil(columns / TILE);
}
