// Gaussian processes on an equally spaced grid whose covariance is an expression over stationary kernels: log likelihood and
// its gradient without a matrix, because every such covariance is Toeplitz. The interface; cpu.ts (float64), wasm.ts and
// webgpu.ts implement it. Source: HMWS specification, sections 7 and 8.

export type GaussianProcessSpec = {
  /** n: points of the grid. */
  readonly points: number;
  /** Distance of neighbouring points. */
  readonly spacing: number;
  /** Variance of the observation noise, 0.02: A = K + noise I, then A_ii <- A_ii + jitter (1 + A_ii). */
  readonly noise: number;
  readonly jitter: number;
  /** Most base kernels and most operations (base kernels and operators) of an expression: 5 and 9. */
  readonly mostAtoms: number;
  readonly mostOps: number;
};

/** Operations of a postfix program, one byte each; END fills the rest. An atom takes the next row of parameters. */
export const OP = {
  whiteNoise: 0,
  squaredExponential: 1,
  periodic: 2,
  constant: 3,
  times: 4,
  plus: 5,
  end: 255,
} as const;

/** N covariance functions, each with the series that it is to explain. */
export type KernelLanes = {
  /** [N, mostOps] postfix, e.g. R * 2 + C: squaredExponential periodic times constant plus end ... */
  readonly ops: Uint8Array;
  /** [N, mostAtoms, 3] variance, squared length scale, period of each atom, in order; 0 where it has none. */
  readonly parameters: Float64Array;
  /** [N] row of the series. */
  readonly rows: Int32Array;
};

/** [R, n] R series; webgpu reads and computes them in float32, cpu and wasm in float64. */
export type SeriesRows = Float32Array | Float64Array;

export interface GaussianProcess {
  readonly spec: GaussianProcessSpec;
  /**
   * log N(x; 0, A) per lane, nats; -Infinity for a lane whose A is not positive definite or not finite, and for one whose
   * ops are no expression. Other lanes are unaffected.
   *
   * @param series [R, n]
   */
  logLikelihood(series: SeriesRows, lanes: KernelLanes): Promise<Float64Array>;
  /** The same with its gradient with respect to the parameters, [N, mostAtoms, 3]; zeros where it is -Infinity. */
  gradient(
    series: SeriesRows,
    lanes: KernelLanes,
  ): Promise<{ readonly logLikelihood: Float64Array; readonly gradient: Float64Array }>;
  /**
   * The next `ahead` points given the n observed ones, per lane: mean and variance, [N, ahead] each, NaN for a lane whose
   * likelihood is -Infinity. Noise as trained ("consistent" of the specification): noise and jitter in the observed block
   * and on the predicted diagonal. In float64 on every backend; samples and addends: posterior.ts.
   */
  predict(
    series: SeriesRows,
    lanes: KernelLanes,
    ahead: number,
  ): Promise<{ readonly mean: Float64Array; readonly variance: Float64Array }>;
  dispose(): void;
}
