// The WGSL of Gaussian processes: one workgroup a lane, one thread a lag. The column is evaluated on the fly, and Schur's
// algorithm takes one barrier a step. No matrix anywhere. Source: HMWS specification, sections 8 and 13.2.

import type { GpuProgram } from "../tfjsWebgpu";
import { GROUP_ROW } from "../tfjsWebgpu";
import { type GaussianProcessSpec, OP } from "./gaussianProcess";
import { PAIRS, pairLiteral } from "./webgpuPairs";

/** Floats of an atom: variance, exponent and spacing / period, a pair each. */
export const ATOM_FLOATS = 6;
/** Results of a lane before its sums: the log likelihood without its constant, and how many pivots are sound. */
export const LANE_HEAD = 2;

/** Inputs: ints [lanes, mostOps + 1] ops and row; atoms [lanes, mostAtoms, 6]; series [rows, n]. Result: [lanes, 2]. */
export function likelihoodProgram(spec: GaussianProcessSpec): GpuProgram {
  return program(spec, "gaussianLikelihood", LANE_HEAD, "", "", "");
}

/** The same inputs. Result: [lanes, 2 + 3 mostAtoms], each atom's sums over the lags as in lanes.ts, without the fourth. */
export function gradientProgram(spec: GaussianProcessSpec): GpuProgram {
  const width = LANE_HEAD + 3 * spec.mostAtoms;
  return program(spec, "gaussianGradient", width, GRADIENT_MEMORY, GRADIENT_STEP, GRADIENT_END);
}

function program(
  spec: GaussianProcessSpec,
  name: string,
  width: number,
  memory: string,
  step: string,
  end: string,
): GpuProgram {
  const { points, mostOps, mostAtoms, noise, jitter, spacing } = spec;
  return {
    key: [name, points, mostOps, mostAtoms, noise, jitter, spacing].join("_"),
    inputs: ["ints", "atoms", "series"],
    uniforms: "",
    isGrouped: true,
    invocations: points,
    code: `
      const N = ${points}; const OPS = ${mostOps}; const ATOMS = ${mostAtoms}; const WIDTH = ${width};
      const HALF_DIAGONAL = ${pairLiteral((1 + jitter) / 2)};
      ${PAIRS}
      ${COLUMN}
      fn noisy(variance : vec2f) -> vec2f {
        let diagonal = addPairs(variance, one() * ${pairLiteral(noise)});
        return addPairs(multiplyPairs(diagonal, ${pairLiteral(1 + jitter)}), one() * ${pairLiteral(jitter)});
      }
      var<workgroup> U : array<vec2f, ${2 * points}>;
      var<workgroup> V : array<vec2f, ${2 * points}>;
      var<workgroup> R : array<vec2f, ${2 * points}>;
      var<workgroup> parts : array<mat3x2f, ${points}>;
      ${memory}
      ${totalFunction(points)}
      fn main() {
        let lane = min(i32(workgroupId.y) * ${GROUP_ROW} + i32(workgroupId.x), uniforms.size - 1);
        let i = i32(localId.x);
        var u = evaluate(lane, i);
        if (i == 0) { u = noisy(u); }
        var v = u;
        if (i == 0) { v = vec2f(0.0, 0.0); }
        var r = vec2f(series[ints[lane * (OPS + 1) + OPS] * N + i], 0.0);
        U[i] = u; V[i] = v; R[i] = r;
        ${step === "" ? "" : "var weight = vec2f(0.0, 0.0); var a = vec2f(select(0.0, 1.0, i == 0), 0.0); A[i] = a;"}
        workgroupBarrier();
        for (var k = 0; k < N - 1; k++) {
          let old = (k & 1) * N; let new_ = N - old;
          let pivot = U[old + k]; let z = dividePairs(R[old + k], pivot);
          let reflection = dividePairs(V[old + k + 1], pivot);
          ${step}
          if (i > k) {
            let shifted = U[old + i - 1];
            r = addPairs(r, multiplyPairs(-z, u));
            u = addPairs(shifted, multiplyPairs(-reflection, v));
            v = addPairs(v, multiplyPairs(-reflection, shifted));
          }
          U[new_ + i] = u; V[new_ + i] = v; R[new_ + i] = r;
          workgroupBarrier();
        }
        // A float above 0 and below infinity, by its bits: a driver may take NaN for granted not to be.
        let bits = bitcast<u32>(u.x);
        let isSound = bits >= 0x00800000u && bits < 0x7f800000u;
        let pivotHere = select(1.0, u.x, isSound);
        let square = r.x * r.x / pivotHere;
        let score = total(i, mat3x2f(square, 0.0, log(pivotHere), 0.0, select(0.0, 1.0, isSound), 0.0));
        if (i == 0) {
          result[lane * WIDTH] = -0.5 * (score[0].x + score[1].x);
          result[lane * WIDTH + 1] = score[2].x;
        }
        ${end}
      }`,
  };
}

/** Sums of three pairs over the workgroup's threads by halving; every thread gets them. */
function totalFunction(points: number): string {
  const first = 2 ** (Math.ceil(Math.log2(points)) - 1);
  return `
      fn total(i : i32, own : mat3x2f) -> mat3x2f {
        workgroupBarrier();
        parts[i] = own;
        workgroupBarrier();
        for (var half = ${first}; half > 0; half = half >> 1u) {
          if (i < half && i + half < N) {
            let a = parts[i]; let b = parts[i + half];
            parts[i] = mat3x2f(addPairs(a[0], b[0]), addPairs(a[1], b[1]), addPairs(a[2], b[2]));
          }
          workgroupBarrier();
        }
        return parts[0];
      }`;
}

/** Keeps every operation's value, for the way back. Turns: the lag's product with the high part is exact (12 bits). */
const COLUMN = `
      var<private> values : array<vec2f, OPS>;
      var<private> shapes : array<vec2f, OPS>;
      var<private> squares : array<vec2f, OPS>;
      var<private> signs : array<f32, OPS>;
      var<private> leftOf : array<i32, OPS>;
      var<private> rightOf : array<i32, OPS>;
      var<private> count : i32;
      fn shapeOf(op : i32, at : i32, atom : i32, lag : i32) -> vec2f {
        let m = f32(lag);
        let exponent = vec2f(atoms[atom + 2], atoms[atom + 3]);
        if (op == ${OP.squaredExponential}) { return expPair(multiplyPairs(exponent, vec2f(m * m, 0.0))); }
        if (op == ${OP.periodic}) {
          let whole = m * atoms[atom + 4];
          var f = twoSum(whole - round(whole), m * atoms[atom + 5]);
          f = addPairs(f, vec2f(-round(f.x), 0.0));
          squares[at] = sineSquared(f); signs[at] = sign(f.x);
          return expPair(multiplyPairs(exponent, squares[at]));
        }
        return vec2f(select(0.0, 1.0, op == ${OP.constant} || lag == 0), 0.0);
      }
      fn evaluate(lane : i32, lag : i32) -> vec2f {
        var stack : array<i32, OPS>;
        var depth = 0; var atom = 0;
        for (count = 0; count < OPS; count++) {
          let op = ints[lane * (OPS + 1) + count];
          if (op == ${OP.end}) { break; }
          if (op == ${OP.times} || op == ${OP.plus}) {
            depth -= 2;
            leftOf[count] = stack[depth]; rightOf[count] = stack[depth + 1];
            let first = values[leftOf[count]]; let second = values[rightOf[count]];
            if (op == ${OP.plus}) { values[count] = addPairs(first, second); }
            else { values[count] = multiplyPairs(first, second); }
          } else {
            let row = (lane * ATOMS + atom) * ${ATOM_FLOATS};
            let shape = shapeOf(op, count, row, lag);
            leftOf[count] = atom; shapes[count] = shape;
            values[count] = multiplyPairs(vec2f(atoms[row], atoms[row + 1]), shape);
            atom++;
          }
          stack[depth] = count;
          depth++;
        }
        return values[count - 1];
      }`;

const GRADIENT_MEMORY = `
      var<workgroup> A : array<vec2f, 2 * N>;
      var<workgroup> W : array<vec2f, N>;
      var<private> adjoints : array<vec2f, OPS>;`;

/** A^-1 x += z reverse(predictor); predictor -= reflection reverse(predictor). */
const GRADIENT_STEP = `
          if (i <= k) { weight = addPairs(weight, multiplyPairs(z, A[old + k - i])); }
          if (i > 0 && i <= k + 1) { a = addPairs(a, multiplyPairs(-reflection, A[old + k + 1 - i])); }
          A[new_ + i] = a;`;

/** Gohberg and Semencul's sums along the diagonals, one lag a thread, and the reverse pass through the expression. */
const GRADIENT_END = `
        let last = ((N - 1) & 1) * N; let final_ = U[last + N - 1];
        let zLast = dividePairs(R[last + N - 1], final_);
        W[i] = addPairs(weight, multiplyPairs(zLast, A[last + N - 1 - i]));
        workgroupBarrier();
        var sum = vec2f(0.0, 0.0); var trace = sum;
        for (var j = i; j < N; j++) {
          sum = addPairs(sum, multiplyPairs(W[j - i], W[j]));
          let factor = vec2f(f32(N + i - 2 * j), 0.0);
          trace = addPairs(trace, multiplyPairs(multiplyPairs(factor, A[last + j - i]), A[last + j]));
        }
        var slope = addPairs(sum, -dividePairs(trace, final_));
        if (i == 0) { slope = multiplyPairs(HALF_DIAGONAL, slope); }
        adjoints[count - 1] = slope;
        var own : array<mat3x2f, ATOMS>;
        for (var at = count - 1; at >= 0; at--) {
          let op = ints[lane * (OPS + 1) + at]; let adjoint = adjoints[at]; let first = leftOf[at];
          if (op == ${OP.times}) {
            adjoints[first] = multiplyPairs(adjoint, values[rightOf[at]]);
            adjoints[rightOf[at]] = multiplyPairs(adjoint, values[first]);
          } else if (op == ${OP.plus}) {
            adjoints[first] = adjoint; adjoints[rightOf[at]] = adjoint;
          } else {
            let flow = multiplyPairs(adjoint, shapes[at]); let m = f32(i);
            own[first][0] = flow;
            if (op == ${OP.squaredExponential}) { own[first][1] = multiplyPairs(flow, vec2f(m * m, 0.0)); }
            if (op == ${OP.periodic}) {
              // sin(2 pi f) = 2 sin(pi f) cos(pi f), and |cos| is the root of 1 - sin^2.
              let rest = addPairs(vec2f(one(), 0.0), -squares[at]);
              let wave = rootPair(multiplyPairs(squares[at], rest));
              own[first][1] = multiplyPairs(flow, squares[at]);
              own[first][2] = multiplyPairs(multiplyPairs(flow, vec2f(2.0 * m * signs[at], 0.0)), wave);
            }
          }
        }
        for (var atom = 0; atom < ATOMS; atom++) {
          let sums = total(i, own[atom]);
          if (i == 0) {
            let to = lane * WIDTH + ${LANE_HEAD} + 3 * atom;
            for (var s = 0; s < 3; s++) { result[to + s] = sums[s].x; }
          }
        }`;
