// What a series is worth under the grammar itself: log p(x) by enumeration of short expressions with parameters at the
// centre. A line to compare learned models with; the scripts that make tables use it. Source: HMWS specification, section 15.

import { logSumExp } from "../../engine/dists/logs";
import { CpuGaussianProcess } from "../../engine/kernels/gaussianProcess/cpu";
import { enumerateExpressions } from "./enumerate";
import { readExpression } from "./grammar/expression";
import { kernelKey } from "./kernelKey";
import { NARROW, NUM_PARAMETERS, toParameters } from "./parameters";
import { logProbabilityGivenLength } from "./pcfg";
import { SERIES_PROCESS } from "./process";
import { CONTINUOUS_LENGTH, lengthOf, MOST_ATOMS, MOST_OPS, NUM_POINTS } from "./program";

export type CeilingOptions = {
  /** 5 for the ceiling, 1 for programs of one symbol only. */
  readonly mostSymbols: number;
  /** Nats per symbol. */
  readonly lengthPenalty: number;
  /** As the data set that the series are of: strings of fewer symbols have no mass. */
  readonly leastSymbols: number;
};

export type Ceilings = {
  /** [count] log p(x), nats. */
  readonly logPx: Float64Array;
  /** [count] a packed program of the kernel with most mass given the series. */
  readonly best: readonly Int32Array[];
};

/** All strings with the same kernel: one likelihood serves them. */
type KernelClass = {
  readonly program: Int32Array;
  readonly ops: Uint8Array;
  readonly parameters: Float64Array;
  readonly logWeight: number;
};

/**
 * Per series log sum over expressions of p(z) exp(-penalty |z|) p(x | z), nats: parameters at the centre of the narrow
 * scheme, p(z) the grammar's, longer strings left out (a lower bound as to them).
 *
 * @param values [count, NUM_POINTS]
 */
export async function ceilings(values: Float32Array, options: CeilingOptions): Promise<Ceilings> {
  const classes = kernelClasses(options);
  const process = new CpuGaussianProcess(SERIES_PROCESS);
  const ops = new Uint8Array(classes.length * MOST_OPS);
  const parameters = new Float64Array(classes.length * MOST_ATOMS * NUM_PARAMETERS);
  for (const [i, one] of classes.entries()) {
    ops.set(one.ops, i * MOST_OPS);
    parameters.set(one.parameters, i * MOST_ATOMS * NUM_PARAMETERS);
  }
  const logPx = new Float64Array(values.length / NUM_POINTS);
  const best: Int32Array[] = [];
  for (let row = 0; row < logPx.length; row++) {
    const rows = new Int32Array(classes.length).fill(row);
    const logLikelihood = await process.logLikelihood(values, { ops, parameters, rows });
    const logs = logLikelihood.map((log, i) => log + classes[i]!.logWeight);
    logPx[row] = logSumExp(logs);
    best.push(classes[logs.reduce((most, log, i) => (log > logs[most]! ? i : most), 0)]!.program);
  }
  return { logPx, best };
}

function kernelClasses({ mostSymbols, lengthPenalty, leastSymbols }: CeilingOptions): KernelClass[] {
  const byKey = new Map<string, { readonly program: Int32Array; readonly logs: number[] }>();
  for (const program of enumerateExpressions(mostSymbols)) {
    const log = logProbabilityGivenLength(program, leastSymbols) - lengthPenalty * lengthOf(program);
    const key = kernelKey(program)!;
    const known = byKey.get(key);
    if (known) known.logs.push(log);
    else byKey.set(key, { program, logs: [log] });
  }
  const centre = new Float64Array(CONTINUOUS_LENGTH);
  return [...byKey.values()].map(({ program, logs }) => {
    const expression = readExpression(program);
    const parameters = toParameters(centre, [expression], NARROW);
    return { program, ops: expression.ops, parameters, logWeight: logSumExp(logs) };
  });
}
