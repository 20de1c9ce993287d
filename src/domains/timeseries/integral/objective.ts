// log p(z_c | z_d) + log p(x | z) of many candidates at once with its gradient in the raw numbers, for climbing. The prior
// is held as the bells that its network gives each number at the point of the last look.

import { type Batch, emptyPrograms } from "../../../engine/model";
import type { GenerativeModel } from "../generative";
import type { Expression } from "../grammar/expression";
import { type SeriesSet, seriesOf } from "../observations";
import { toParameters, toRawGradient } from "../parameters";
import { CONTINUOUS_LENGTH, END, MOST_SYMBOLS } from "../program";

/** A point of a climb. */
export type Point = {
  readonly expression: Expression;
  /** Place of its series in the batch. */
  readonly row: number;
  /** [CONTINUOUS_LENGTH] */
  readonly raw: Float64Array;
};

/** [N, CONTINUOUS_LENGTH] each; deviation 0 where a number is not read. */
export type Bells = { readonly mean: Float64Array; readonly deviation: Float64Array };

export type Heights = { readonly value: Float64Array; readonly gradient: Float64Array };

export class Objective {
  private readonly series: Float32Array;

  constructor(
    private readonly generative: GenerativeModel,
    batch: Batch<SeriesSet>,
  ) {
    this.series = seriesOf(batch);
  }

  /** What p(z_c | z_d) says of each number, those before it as they are. */
  bells(points: readonly Point[]): Promise<Bells> {
    const programs = { ...emptyPrograms(1, points.length, MOST_SYMBOLS), continuous: rawOf(points) };
    programs.values.fill(END);
    for (const [n, { expression }] of points.entries()) programs.values.set(expression.symbols, n * MOST_SYMBOLS);
    return this.generative.moments(programs);
  }

  /** [N] log p(x | z), nats, without the length penalty. */
  logLikelihood(points: readonly Point[]): Promise<Float64Array> {
    return this.generative.process.logLikelihood(this.series, this.lanesOf(points, rawOf(points)));
  }

  /** Value and gradient in the raw numbers. @param bells row n is that of point n */
  async heights(points: readonly Point[], bells: Bells): Promise<Heights> {
    const raw = rawOf(points);
    const expressions = points.map(({ expression }) => expression);
    const density = await this.generative.process.gradient(this.series, this.lanesOf(points, raw));
    const gradient = toRawGradient(density.gradient, raw, expressions, this.generative.scheme);
    const value = density.logLikelihood.slice();
    for (let i = 0; i < raw.length; i++) {
      const deviation = bells.deviation[i]!;
      if (deviation === 0) continue;
      const n = Math.floor(i / CONTINUOUS_LENGTH);
      const away = (raw[i]! - bells.mean[i]!) / deviation;
      value[n] = value[n]! - 0.5 * away * away - Math.log(deviation);
      gradient[i] = gradient[i]! - away / deviation;
    }
    return { value, gradient };
  }

  private lanesOf(points: readonly Point[], raw: Float64Array) {
    const expressions = points.map(({ expression }) => expression);
    const { mostOps } = this.generative.process.spec;
    const ops = new Uint8Array(points.length * mostOps);
    for (const [n, expression] of expressions.entries()) ops.set(expression.ops, n * mostOps);
    const parameters = toParameters(raw, expressions, this.generative.scheme);
    return { ops, parameters, rows: Int32Array.from(points, ({ row }) => row) };
  }
}

function rawOf(points: readonly Point[]): Float64Array {
  const raw = new Float64Array(points.length * CONTINUOUS_LENGTH);
  for (const [n, point] of points.entries()) raw.set(point.raw, n * CONTINUOUS_LENGTH);
  return raw;
}
