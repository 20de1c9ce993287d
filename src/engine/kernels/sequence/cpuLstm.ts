// An LSTM over one row of symbols in plain TypeScript, float64: forward step by step, backward through time.
// Gates stand in the order input, forget, cell, output: c' = f c + i g, h' = o tanh(c').
// Source: Hochreiter & Schmidhuber 1997 with the forget gate of Gers et al. 2000.

/** Views of one LSTM's weights, or of their gradients: input [symbols, 4H], recurrent [H, 4H], bias [4H]. */
export type LstmViews = {
  readonly input: Float64Array;
  readonly recurrent: Float64Array;
  readonly bias: Float64Array;
};

/** What one LSTM did over T steps. */
export type LstmTrace = {
  /** [T] the symbol read at each step */
  readonly symbols: Int32Array;
  /** [T + 1, H] h before the first step, then after each */
  readonly hidden: Float64Array;
  /** [T + 1, H] the same for c */
  readonly cell: Float64Array;
  /** [T, 4H] gates after their nonlinearities */
  readonly gates: Float64Array;
};

export function startTrace(steps: number, initialHidden: Float64Array, initialCell: Float64Array): LstmTrace {
  const units = initialHidden.length;
  const trace = {
    symbols: new Int32Array(steps),
    hidden: new Float64Array((steps + 1) * units),
    cell: new Float64Array((steps + 1) * units),
    gates: new Float64Array(steps * 4 * units),
  };
  trace.hidden.set(initialHidden);
  trace.cell.set(initialCell);
  return trace;
}

/** Reads `symbol` as step `step` (steps come in order). */
export function stepForward(weights: LstmViews, trace: LstmTrace, step: number, symbol: number): void {
  const width = weights.bias.length;
  const gates = trace.gates.subarray(step * width, (step + 1) * width);
  trace.symbols[step] = symbol;
  for (let n = 0; n < width; n++) gates[n] = weights.bias[n]! + weights.input[symbol * width + n]!;
  advance(weights.recurrent, trace, step);
}

/** One step of the recurrence; the step's gates hold what its input and the bias give them. */
export function advance(recurrent: Float64Array, trace: LstmTrace, step: number): void {
  const width = trace.gates.length / trace.symbols.length;
  const units = width / 4;
  const gates = trace.gates.subarray(step * width, (step + 1) * width);
  const before = step * units;
  for (let k = 0; k < units; k++) {
    const h = trace.hidden[before + k]!;
    const row = k * width;
    for (let n = 0; n < width; n++) gates[n] = gates[n]! + h * recurrent[row + n]!;
  }
  for (let u = 0; u < units; u++) {
    const i = sigmoid(gates[u]!);
    const f = sigmoid(gates[units + u]!);
    const g = Math.tanh(gates[2 * units + u]!);
    const o = sigmoid(gates[3 * units + u]!);
    const c = f * trace.cell[before + u]! + i * g;
    gates[u] = i;
    gates[units + u] = f;
    gates[2 * units + u] = g;
    gates[3 * units + u] = o;
    trace.cell[before + units + u] = c;
    trace.hidden[before + units + u] = o * Math.tanh(c);
  }
}

/**
 * Adds the gradients of the weights, back through every step.
 *
 * @param hiddenGradient [T + 1, H] what each h gets from outside the recurrence; its first row ends as the whole gradient
 *   of the initial h
 * @returns [H] gradient of the initial c
 */
export function backwardThroughTime(
  weights: LstmViews,
  gradient: LstmViews,
  trace: LstmTrace,
  hiddenGradient: Float64Array,
): Float64Array {
  const width = weights.bias.length;
  return recurrenceBackward(weights.recurrent, gradient.recurrent, trace, hiddenGradient, (delta, step) => {
    const input = trace.symbols[step]! * width;
    for (let n = 0; n < width; n++) {
      gradient.bias[n] = gradient.bias[n]! + delta[n]!;
      gradient.input[input + n] = gradient.input[input + n]! + delta[n]!;
    }
  });
}

/**
 * Back through every step of `advance`: adds the gradient of the recurrent weights.
 *
 * @param hiddenGradient as in `backwardThroughTime`
 * @param takeInput gets the gradient [4H] of what each step's gates started from
 * @returns [H] gradient of the initial c
 */
export function recurrenceBackward(
  recurrent: Float64Array,
  gradient: Float64Array,
  trace: LstmTrace,
  hiddenGradient: Float64Array,
  takeInput: (delta: Float64Array, step: number) => void,
): Float64Array {
  const numSteps = trace.symbols.length;
  const units = trace.hidden.length / (numSteps + 1);
  const width = 4 * units;
  const cellGradient = new Float64Array(units);
  const delta = new Float64Array(width);
  for (let step = numSteps - 1; step >= 0; step--) {
    gateGradients(trace, step, hiddenGradient, cellGradient, delta);
    takeInput(delta, step);
    for (let k = 0; k < units; k++) {
      const row = k * width;
      const h = trace.hidden[step * units + k]!;
      let sum = 0;
      for (let n = 0; n < width; n++) {
        gradient[row + n] = gradient[row + n]! + h * delta[n]!;
        sum += recurrent[row + n]! * delta[n]!;
      }
      hiddenGradient[step * units + k] = hiddenGradient[step * units + k]! + sum;
    }
  }
  return cellGradient;
}

/** Gradients before the nonlinearities of one step's gates, to `delta`; `cellGradient` moves one step back. */
function gateGradients(
  trace: LstmTrace,
  step: number,
  hiddenGradient: Float64Array,
  cellGradient: Float64Array,
  delta: Float64Array,
): void {
  const units = cellGradient.length;
  const gates = trace.gates.subarray(step * 4 * units, (step + 1) * 4 * units);
  for (let u = 0; u < units; u++) {
    const [i, f, g, o] = [gates[u]!, gates[units + u]!, gates[2 * units + u]!, gates[3 * units + u]!];
    const tanhCell = Math.tanh(trace.cell[(step + 1) * units + u]!);
    const dh = hiddenGradient[(step + 1) * units + u]!;
    const dc = cellGradient[u]! + dh * o * (1 - tanhCell * tanhCell);
    delta[u] = dc * g * i * (1 - i);
    delta[units + u] = dc * trace.cell[step * units + u]! * f * (1 - f);
    delta[2 * units + u] = dc * i * (1 - g * g);
    delta[3 * units + u] = dh * tanhCell * o * (1 - o);
    cellGradient[u] = dc * f;
  }
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
