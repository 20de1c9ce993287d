// Try your own series: drawn curves, what the weights mean for a series, what tells two expressions apart.

import { beforeAll, describe, expect, it } from "vitest";
import type { OwnScale, SeriesFit } from "../../../src/domains/timeseries";
import { timeseries } from "../../../src/domains/timeseries";
import { NUM_POINTS } from "../../../src/domains/timeseries/program";
import {
  curvePoints,
  EMPTY_CURVE,
  REACH,
  withLift,
  withStroke,
} from "../../../src/views/domains/timeseries/upload/drawnCurve";
import {
  ownToolsOf,
  prepareSeries,
  readInput,
  readSeriesText,
  sourceOf,
  withColumn,
} from "../../../src/views/domains/timeseries/upload/trySeries";
import {
  expressionDifference,
  NOISE_LOG_LIKELIHOOD,
  seriesVerdict,
} from "../../../src/views/domains/timeseries/upload/tryWords";
import type { AnswerProps, ReportItem } from "../../../src/views/try/tryOwn";

beforeAll(() => timeseries.loadReaders?.());

const program = (text: string): number[] => {
  const read = timeseries.program.parse(text, {});
  if (!read.ok) throw new Error(read.message);
  return Array.from(read.program);
};

/** An answer whose programs have these likelihoods (penalty included) and weights. */
function answer(found: readonly (readonly [text: string, logLikelihood: number, weight: number])[]): AnswerProps {
  const programs = found.map(([text, logLikelihood, weight]) => ({ program: program(text), logLikelihood, weight }));
  // Only what the words read.
  return { spec: timeseries, options: {}, theta: {}, item: { programs, draws: 10 } as unknown as ReportItem };
}

describe("drawn curves", () => {
  it("have straight strokes, from either side, within reach", () => {
    const right = withStroke(EMPTY_CURVE, [10, 0], [20, 1]);
    expect(curvePoints(right).times).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]);
    expect(right[15]).toBeCloseTo(0.5, 9);
    expect(withStroke(EMPTY_CURVE, [20, 1], [10, 0])).toEqual(right);
    expect(withStroke(EMPTY_CURVE, [0, 99], [5, 99])[3]).toBe(REACH);
  });

  it("are lifted by keys, with straight lines to what stands four places away", () => {
    let curve = withLift(EMPTY_CURVE, 0, 0.5);
    expect(curvePoints(curve)).toEqual({ times: [1], values: [0.5] });
    curve = withLift(curve, 4, 0.5); // from the nearest value, 0.5
    expect(curve.slice(0, 5)).toEqual([0.5, 0.63, 0.75, 0.88, 1]);
  });
});

describe("the verdict", () => {
  it("is none where nothing beats noise by ten nats, before the penalty for length", () => {
    const noise = seriesVerdict(
      answer([
        ["WN", NOISE_LOG_LIKELIHOOD - 10, 0.9],
        ["SE + WN", NOISE_LOG_LIKELIHOOD - 30 + 9, 0.1],
      ]),
    );
    expect(noise).toMatchObject({ kind: "none", head: "No structure stands out." });
    expect(noise.text).toContain("only 9.0 nats likelier");
    const some = seriesVerdict(
      answer([
        ["WN", NOISE_LOG_LIKELIHOOD - 10, 0.9],
        ["SE + WN", NOISE_LOG_LIKELIHOOD - 30 + 11, 0.1],
      ]),
    );
    expect(some.kind).toBe("clear");
    expect(
      seriesVerdict(
        answer([
          ["SE", 0, 0.4],
          ["PER1", 0, 0.35],
        ]),
      ).kind,
    ).toBe("several");
    expect(seriesVerdict(answer([])).kind).toBe("none");
  });

  it("takes noise as the exact likelihood of standardised values under their own variance", () => {
    const own = ownToolsOf(timeseries);
    const [, , , noise] = own.examples();
    const prepared = prepareSeries(
      [{ ...readSeriesText(noise!.text, timeseries, noise!.name).items[0]!, id: 1 }],
      timeseries,
      {},
    );
    if (!prepared.ok) throw new Error(prepared.message);
    const { values } = prepared.seen[0] as { values: number[] };
    const exact = values.reduce((sum, value) => sum - 0.5 * (value * value + Math.log(2 * Math.PI)), 0);
    expect(NOISE_LOG_LIKELIHOOD).toBeCloseTo(exact, 3);
  });

  it("tells expressions apart by their length, or as the same kernel", () => {
    const both = answer([["SE", 0, 0.5]]);
    expect(expressionDifference(both, program("SE"), program("SE + C"))).toBe(
      "It has 2 symbols more, of which the penalty for length makes 20 nats against it.",
    );
    expect(expressionDifference(both, program("SE + C"), program("C + SE"))).toBe(
      "Both are the same kernel, written in two ways.",
    );
    expect(expressionDifference(both, program("SE"), program("WN"))).toBe("");
  });
});

describe("columns of a text", () => {
  const wave = (i: number) => Math.sin(i / 3).toFixed(3);
  const text = ["a,b,c", ...Array.from({ length: 40 }, (_, i) => `${wave(i)},${wave(i + 2)},${wave(i + 4)}`)].join(
    "\n",
  );

  it("are taken and left out in the order of the file, one at least", () => {
    const tools = ownToolsOf(timeseries);
    const items = readSeriesText(text, timeseries).items.map((item, i) => ({ ...item, id: i + 1 }));
    const source = sourceOf(items[0]!);
    if (source.kind !== "column") throw new Error("no column");
    expect(readInput(tools, source.input)).toBe(readInput(tools, source.input));
    const without = withColumn(tools, items, source.input, 2);
    expect(without.map(({ name }) => name)).toEqual(["a", "c"]);
    expect(withColumn(tools, without, source.input, 2).map(({ name }) => name)).toEqual(["a", "b", "c"]);
    const one = withColumn(tools, without, source.input, 1);
    expect(withColumn(tools, one, source.input, 3)).toBe(one);
  });
});

describe("a judged forecast", () => {
  it("counts what lies in the band and compares the error with that of the mean", () => {
    const scale = { future: [0, 1, 2], deviation: 10, mean: 100 } as unknown as OwnScale; // what is read of it
    const fit = {
      mean: Float32Array.from([0, 1, 0]),
      deviation: new Float32Array(NUM_POINTS).fill(0.5),
    } as unknown as SeriesFit;
    const score = ownToolsOf(timeseries).forecastScore(fit, scale)!;
    expect(score).toMatchObject({ known: 3, inside: 2 });
    expect(score.error).toBeCloseTo(10 * Math.sqrt(4 / 3), 9);
    expect(score.errorOfMean).toBeCloseTo(10 * Math.sqrt(5 / 3), 9);
    expect(ownToolsOf(timeseries).scoreWords(score)).toBe(
      "2 of the 3 points kept back lie in the band; the error is 11.5 (root mean square), that of always saying the mean 12.9.",
    );
  });
});
