// timeseries.json: sequence_logprob and params_logprob, through the model's own networks fed with the file's outputs.
// Of the three conventions for the end of a string the product has one: a coin after each symbol, none at t = T.

import { describe, expect, it } from "vitest";
import { readExpression } from "../../src/domains/timeseries/grammar/expression";
import { ExpressionNetwork } from "../../src/domains/timeseries/networks/expressionNetwork";
import type { Floats } from "../../src/domains/timeseries/networks/floats";
import { ParameterNetwork } from "../../src/domains/timeseries/networks/parameterNetwork";
import { parseProgram } from "../../src/domains/timeseries/parse";
import { CONTINUOUS_LENGTH, MOST_SYMBOLS, packProgram } from "../../src/domains/timeseries/program";
import { logSumExp, softplus } from "../../src/engine/dists/logs";
import type { Recurrent } from "../../src/engine/nn/recurrent";
import { PlainBlock } from "../../src/engine/optim/plainBlock";
import { timeseriesFile } from "../helpers/timeseriesVectors";

/** A network that gives the same outputs [T, O] for every lane, whatever it reads: the file's, in double precision. */
function giving(rows: readonly (readonly number[])[], inputs: number): Recurrent {
  const width = rows[0]!.length;
  const unused = () => Promise.reject(new RangeError("only forward passes are asked for"));
  return {
    spec: { name: "given", inputs, context: 0, hidden: 1, outputs: width },
    block: new PlainBlock("given", "theta", []),
    forward: async ({ lengths, steps }) => {
      const outputs = new Float64Array(lengths.length * steps * width);
      for (const [lane, length] of lengths.entries()) {
        for (let t = 0; t < length; t++) outputs.set(rows[t]!, (lane * steps + t) * width);
      }
      // The cast: a Float64Array does what a Float32Array does, in double precision.
      return { outputs: outputs as unknown as Float32Array, last: new Float32Array(lengths.length), tape: null };
    },
    backward: unused,
    start: unused,
    advance: unused,
    dispose: () => undefined,
  };
}

const DOUBLE = Float64Array as unknown as Floats;
const sequences = (timeseriesFile.sequence_logprob ?? []).filter(({ max_length }) => max_length === MOST_SYMBOLS);

describe.each(sequences)("the log probability of symbols $tokens", (vector) => {
  const { tokens, length, logits } = vector;
  const product = async () => {
    const tokensOf = packProgram(tokens.slice(0, length));
    const strings = { tokens: tokensOf, expressions: [readExpression(tokensOf)], groups: new Int32Array(1) };
    const network = new ExpressionNetwork(giving(logits, 11), false, DOUBLE);
    return (await network.logProb(strings, null, false)).logProb[0]!;
  };

  it("drops the coin at t = T", async () => {
    if (vector.logp_bernoulli_eos_forced_last === undefined) return;
    expect(await product()).toBeCloseTo(vector.logp_bernoulli_eos_forced_last, 8);
  });

  it("differs from the reference, which counts that coin, by the coin alone", async () => {
    if (vector.logp_bernoulli_eos === undefined) return;
    const coin = length === MOST_SYMBOLS ? -softplus(-logits[length - 1]![11]!) : 0;
    expect((await product()) + coin).toBeCloseTo(vector.logp_bernoulli_eos, 8);
  });

  it("differs from the paper's softmax of twelve classes, in which the end comes in place of a symbol", () => {
    if (vector.logp_softmax_eos === undefined) return;
    const steps = length === MOST_SYMBOLS ? length : length + 1;
    let sum = 0;
    for (let t = 0; t < steps; t++) {
      const row = logits[t]!;
      sum += row[t < length ? tokens[t]! : 11]! - logSumExp(row);
    }
    expect(sum).toBeCloseTo(vector.logp_softmax_eos, 8);
  });
});

describe.each(timeseriesFile.params_logprob ?? [])("the log density of the numbers of $expression", (vector) => {
  const density = async (allSlots: boolean) => {
    const read = parseProgram(vector.expression);
    if (!read.ok) throw new RangeError(read.message);
    const values = new Float64Array(CONTINUOUS_LENGTH);
    values.set(vector.z.flat());
    const rows = vector.mean.map((mean, step) => [...mean, ...vector.log_std[step]!]);
    const network = new ParameterNetwork(giving(rows, 16), allSlots, DOUBLE);
    const programs = { expressions: [readExpression(read.program)], groups: new Int32Array(1), values };
    return (await network.logProb(programs, new Float32Array(0), false)).logProb[0]!;
  };

  it("counts the slots in use", async () => {
    if (vector.logp_used_slots_only === undefined) return;
    expect(await density(false)).toBeCloseTo(vector.logp_used_slots_only, 8);
  });

  it("counts all slots in the reference's mode", async () => {
    if (vector.logp_all_slots === undefined) return;
    expect(await density(true)).toBeCloseTo(vector.logp_all_slots, 8);
  });
});

it("reads a file of the format, whatever sections it has", () => {
  expect(timeseriesFile.format ?? "hmws-timeseries-1").toBe("hmws-timeseries-1");
});
