// Gaussian processes, part 1: the first column of a covariance from a postfix program over stationary kernels, and the
// reverse pass through it, one lane at a time, two lags at a time. Float64: in float32 Schur's algorithm loses up to half
// a nat on wide kernels, and half the lanes cost less here than everything else of a step. Source: HMWS specification, 7.

/** One base kernel of a lane, written by wasm.ts. */
@unmanaged
export class Atom {
  variance: f64;
  /** SE: -spacing^2 / (2 l^2), times m^2; PER: -2 / l^2, times sin^2. */
  exponent: f64;
  /** spacing / period. */
  turns: f64;
}

/** Two lanes and their scratch space. Arrays "[..][2]" hold them side by side; `padded` is `points` rounded up to even. */
@unmanaged
export class Gaussian {
  points: i32;
  padded: i32;
  mostOps: i32;
  mostAtoms: i32;
  noise: f64;
  jitter: f64;
  /** [2][mostOps] bytes; [2][mostAtoms] Atom; [2][padded] series. */
  ops: usize;
  atoms: usize;
  series: usize;
  /** [2][mostOps][padded] values of operations, and the atoms' kernels of variance 1. */
  values: usize;
  shapes: usize;
  /** [padded][2] the two generators of Schur's algorithm; the second is the noisy column at first. */
  u: usize;
  v: usize;
  /** [padded][2] what is left of the series. */
  rest: usize;
  /** [padded][2] pivots, and squares of the whitened series. */
  pivots: usize;
  squares: usize;
  /** [padded][2] for gradients: predictor, A^-1 x, d log N / d column (the reverse pass overwrites nothing of it). */
  predictor: usize;
  weights: usize;
  byLag: usize;
  /** [mostOps][padded] adjoints of one lane's operations. */
  adjoints: usize;
  /** [2][mostAtoms][4] sums over lags: by variance, by length and by period before their factors (wasm.ts); one unused. */
  sums: usize;
}

/** Operations as in gaussianProcess.ts. */
const SQUARED_EXPONENTIAL: u8 = 1;
const PERIODIC: u8 = 2;
const CONSTANT: u8 = 3;
const TIMES: u8 = 4;
const PLUS: u8 = 5;
const END: u8 = 255;

/** Operations waiting for an operator: their numbers. Never deeper than (mostOps + 1) / 2, which is at most 128. */
const stack = memory.data(128);
/** [mostOps] operands, or the atom's number in `left`. */
const left = memory.data(256);
const right = memory.data(256);

/** Evaluates both lanes; their noisy columns go to `v` side by side. */
export function gaussianColumns(job: Gaussian): void {
  interleave(forward(job, 0), forward(job, 1), job.v, job.padded);
  const diagonal = f64x2.add(v128.load(job.v), f64x2.splat(job.noise));
  const jitter = f64x2.mul(f64x2.splat(job.jitter), f64x2.add(f64x2.splat(1), diagonal));
  v128.store(job.v, f64x2.add(diagonal, jitter));
}

/** Two arrays of `count` numbers, side by side. */
export function interleave(a: usize, b: usize, to: usize, count: i32): void {
  const end = <usize>count << 3;
  for (let at: usize = 0; at < end; at += 16, to += 32) {
    const p = v128.load(a + at), q = v128.load(b + at);
    v128.store(to, v128.shuffle<i64>(p, q, 0, 2));
    v128.store(to, v128.shuffle<i64>(p, q, 1, 3), 16);
  }
}

/** Evaluates every operation of a lane, which is a well-formed expression. Gives the address of its values. */
function forward(job: Gaussian, lane: usize): usize {
  const rowBytes = <usize>job.padded << 3, laneBytes = <usize>job.mostOps * rowBytes;
  const ops = job.ops + lane * <usize>job.mostOps;
  const values = job.values + lane * laneBytes, shapes = job.shapes + lane * laneBytes;
  let atom = job.atoms + lane * <usize>job.mostAtoms * offsetof<Atom>();
  let depth = 0, at = 0;
  for (; at < job.mostOps; at++) {
    const op = load<u8>(ops + at);
    if (op == END) break;
    const to = values + <usize>at * rowBytes;
    if (op == TIMES || op == PLUS) {
      depth--;
      const second = values + <usize>load<u8>(stack + depth) * rowBytes;
      const first = values + <usize>load<u8>(stack + depth - 1) * rowBytes;
      combine(op, first, second, to, rowBytes);
      store<u8>(stack + depth - 1, <u8>at);
    } else {
      evaluate(op, changetype<Atom>(atom), to, shapes + <usize>at * rowBytes, rowBytes);
      atom += offsetof<Atom>();
      store<u8>(stack + depth++, <u8>at);
    }
  }
  return values + <usize>(at - 1) * rowBytes;
}

function combine(op: u8, first: usize, second: usize, to: usize, bytes: usize): void {
  if (op == PLUS) {
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(to + i, f64x2.add(v128.load(first + i), v128.load(second + i)));
    }
    return;
  }
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(to + i, f64x2.mul(v128.load(first + i), v128.load(second + i)));
  }
}

/** a * b + c, in one rounding where the build has it. */
// @ts-ignore: decorator
@inline
export function fma(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(f64x2.mul(a, b), c);
}

/**
 * exp as 2^n * p(r), r = x - n ln 2 in two parts, p Taylor's of degree 11: relative error below 1e-14. Clamped to +-700.
 * Adding 1.5 * 2^52 rounds to the nearest integer and leaves n in the low bits.
 */
// @ts-ignore: decorator
@inline
function exp2(x: v128): v128 {
  const y = f64x2.pmin(f64x2.pmax(x, f64x2.splat(-700)), f64x2.splat(700));
  const shifted = f64x2.add(f64x2.mul(y, f64x2.splat(1.4426950408889634)), f64x2.splat(6755399441055744));
  const n = f64x2.sub(shifted, f64x2.splat(6755399441055744));
  let r = fma(n, f64x2.splat(-6.93147180369123816490e-1), y);
  r = fma(n, f64x2.splat(-1.90821492927058770002e-10), r);
  let p = fma(r, f64x2.splat(2.505210838544172e-08), f64x2.splat(2.755731922398589e-07));
  p = fma(r, p, f64x2.splat(2.7557319223985893e-06));
  p = fma(r, p, f64x2.splat(2.48015873015873e-05));
  p = fma(r, p, f64x2.splat(0.0001984126984126984));
  p = fma(r, p, f64x2.splat(0.001388888888888889));
  p = fma(r, p, f64x2.splat(0.008333333333333333));
  p = fma(r, p, f64x2.splat(0.041666666666666664));
  p = fma(r, p, f64x2.splat(0.16666666666666666));
  p = fma(r, p, f64x2.splat(0.5));
  p = fma(r, p, f64x2.splat(1.0));
  p = fma(r, p, f64x2.splat(1.0));
  return f64x2.mul(p, i64x2.add(i64x2.shl(shifted, 52), i64x2.splat(0x3ff0000000000000)));
}

/** lag * spacing / period less the nearest integer. */
// @ts-ignore: decorator
@inline
function phase2(lags: v128, turns: v128): v128 {
  const whole = f64x2.mul(lags, turns);
  return f64x2.sub(whole, f64x2.nearest(whole));
}

/** sin(pi f) for |f| <= 1/2 by Taylor's odd polynomial of degree 17: error below 5e-14. */
// @ts-ignore: decorator
@inline
function sinPi2(f: v128): v128 {
  const g = f64x2.mul(f, f);
  let p = fma(g, f64x2.splat(7.952054001475508e-07), f64x2.splat(-2.1915353447830204e-05));
  p = fma(g, p, f64x2.splat(0.00046630280576761234));
  p = fma(g, p, f64x2.splat(-0.007370430945714348));
  p = fma(g, p, f64x2.splat(0.08214588661112819));
  p = fma(g, p, f64x2.splat(-0.5992645293207919));
  p = fma(g, p, f64x2.splat(2.550164039877345));
  p = fma(g, p, f64x2.splat(-5.167712780049969));
  p = fma(g, p, f64x2.splat(3.141592653589793));
  return f64x2.mul(f, p);
}

function evaluate(op: u8, atom: Atom, to: usize, shapes: usize, bytes: usize): void {
  const variance = f64x2.splat(atom.variance), exponent = f64x2.splat(atom.exponent), turns = f64x2.splat(atom.turns);
  let lags = f64x2(0, 1);
  let shape = f64x2.splat(op == CONSTANT ? 1 : 0);
  for (let i: usize = 0; i < bytes; i += 16) {
    if (op == SQUARED_EXPONENTIAL) shape = exp2(f64x2.mul(exponent, f64x2.mul(lags, lags)));
    else if (op == PERIODIC) {
      const sine = sinPi2(phase2(lags, turns));
      shape = exp2(f64x2.mul(exponent, f64x2.mul(sine, sine)));
    }
    v128.store(shapes + i, shape);
    v128.store(to + i, f64x2.mul(variance, shape));
    lags = f64x2.add(lags, f64x2.splat(2));
  }
  if (op >= SQUARED_EXPONENTIAL) return;
  store<f64>(shapes, 1);
  store<f64>(to, atom.variance);
}

/** Adds up each atom's three sums over the lags of d log N / d column times what the column changes by. */
export function gaussianBackward(job: Gaussian, lane: usize): void {
  const rowBytes = <usize>job.padded << 3, laneBytes = <usize>job.mostOps * rowBytes;
  const ops = job.ops + lane * <usize>job.mostOps;
  const values = job.values + lane * laneBytes, shapes = job.shapes + lane * laneBytes;
  const atoms = job.atoms + lane * <usize>job.mostAtoms * offsetof<Atom>();
  const sums = job.sums + lane * (<usize>job.mostAtoms << 5);
  const count = findOperands(job, ops);
  const top = job.adjoints + <usize>(count - 1) * rowBytes;
  for (let m: usize = 0; m < <usize>job.padded; m++) {
    store<f64>(top + (m << 3), load<f64>(job.byLag + (m << 4) + (lane << 3)));
  }
  for (let at = count - 1; at >= 0; at--) {
    const op = load<u8>(ops + at);
    const adjoint = job.adjoints + <usize>at * rowBytes, first = <usize>load<u8>(left + at);
    if (op != TIMES && op != PLUS) {
      const atom = changetype<Atom>(atoms + first * offsetof<Atom>());
      addAtom(op, atom, adjoint, shapes + <usize>at * rowBytes, sums + (first << 5), rowBytes);
      continue;
    }
    const second = <usize>load<u8>(right + at);
    const toFirst = job.adjoints + first * rowBytes, toSecond = job.adjoints + second * rowBytes;
    if (op == PLUS) {
      memory.copy(toFirst, adjoint, rowBytes);
      memory.copy(toSecond, adjoint, rowBytes);
    } else {
      combine(TIMES, adjoint, values + second * rowBytes, toFirst, rowBytes);
      combine(TIMES, adjoint, values + first * rowBytes, toSecond, rowBytes);
    }
  }
}

/** Fills `left` and `right`. Gives how many operations there are. */
function findOperands(job: Gaussian, ops: usize): i32 {
  let depth = 0, atoms: u8 = 0, at = 0;
  for (; at < job.mostOps; at++) {
    const op = load<u8>(ops + at);
    if (op == END) break;
    if (op == TIMES || op == PLUS) {
      depth -= 2;
      store<u8>(left + at, load<u8>(stack + depth));
      store<u8>(right + at, load<u8>(stack + depth + 1));
    } else store<u8>(left + at, atoms++);
    store<u8>(stack + depth++, <u8>at);
  }
  return at;
}

/** Sums of adjoint * shape; times m^2 or sin^2(pi f); times m sin(2 pi f). cos(pi f) is sin(pi (1/2 - |f|)). */
function addAtom(op: u8, atom: Atom, adjoint: usize, shapes: usize, sums: usize, bytes: usize): void {
  const turns = f64x2.splat(atom.turns), none = f64x2.splat(0);
  let lags = f64x2(0, 1), byVariance = none, byLength = none, byPeriod = none;
  for (let i: usize = 0; i < bytes; i += 16) {
    const flow = f64x2.mul(v128.load(adjoint + i), v128.load(shapes + i));
    byVariance = f64x2.add(byVariance, flow);
    if (op == SQUARED_EXPONENTIAL) byLength = fma(flow, f64x2.mul(lags, lags), byLength);
    else if (op == PERIODIC) {
      const phase = phase2(lags, turns), sine = sinPi2(phase);
      const cosine = sinPi2(f64x2.sub(f64x2.splat(0.5), f64x2.abs(phase)));
      byLength = fma(flow, f64x2.mul(sine, sine), byLength);
      byPeriod = fma(flow, f64x2.mul(lags, f64x2.mul(f64x2.splat(2), f64x2.mul(sine, cosine))), byPeriod);
    }
    lags = f64x2.add(lags, f64x2.splat(2));
  }
  store<f64>(sums, sum2(byVariance));
  store<f64>(sums, sum2(byLength), 8);
  store<f64>(sums, sum2(byPeriod), 16);
}

// @ts-ignore: decorator
@inline
function sum2(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}
