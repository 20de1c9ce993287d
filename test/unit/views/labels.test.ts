import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endLabels, layoutCurve, textWidth } from "../../../src/views/charts/curveLayout";
import type { LearningCurveProps } from "../../../src/views/charts/curveTypes";
import { placeLabels } from "../../../src/views/charts/labelPlacement";
import { placeReferences, referenceText } from "../../../src/views/charts/referencePlacement";

const curve = (last: number, id: string) => ({ id, label: id, slot: 1, x: [0, 50, 100], y: [0, last / 2, last] });

const chart = (part: Partial<LearningCurveProps>): LearningCurveProps => ({
  name: "elbo",
  title: "Bound",
  unit: "nats",
  series: [],
  xAxis: { label: "step", domain: [0, 1000] },
  ...part,
});

describe("labels at curve ends", () => {
  it("stand where they want while nothing is near", () => {
    const places = placeLabels(
      [
        { id: "a", y: 20 },
        { id: "b", y: 60 },
      ],
      13,
      0,
      100,
    );
    expect(Object.fromEntries(places)).toEqual({ a: 20, b: 60 });
  });

  it("never overlap, stay inside the plot and keep their order", () => {
    const wishes = fc.array(fc.double({ min: -50, max: 150, noNaN: true }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(wishes, (ys) => {
        const places = placeLabels(
          ys.map((y, i) => ({ id: String(i), y })),
          13,
          0,
          100,
        );
        const placed = ys.map((y, i) => ({ y, at: places.get(String(i)) ?? Number.NaN })).sort((a, b) => a.at - b.at);
        for (const [i, one] of placed.entries()) {
          expect(one.at).toBeGreaterThanOrEqual(-1e-9);
          expect(one.at).toBeLessThanOrEqual(100 + 1e-9);
          const before = placed[i - 1];
          if (!before) continue;
          expect(one.at - before.at).toBeGreaterThanOrEqual(13 - 1e-9);
          expect(before.y).toBeLessThanOrEqual(one.y);
        }
      }),
    );
  });

  it("share one left edge right of the longest curve", () => {
    const props = chart({ series: [curve(5, "a"), { ...curve(6, "b"), x: [0, 20, 60] }] });
    const labels = endLabels(props.series, layoutCurve(props, 340, 122));
    expect(new Set(labels.map((label) => label.x)).size).toBe(1);
    expect(labels.map((label) => label.text)).toEqual(["a 5.00", "b 6.00"]);
  });

  it("move left of the end when the curve reaches the edge, the lower of two below its line", () => {
    const props = chart({ series: [curve(6, "a"), curve(5.5, "b")], xAxis: { label: "step", domain: [0, 100] } });
    const layout = layoutCurve(props, 340, 122);
    const [a, b] = endLabels(props.series, layout);
    expect(a?.anchor).toBe("end");
    expect(b?.y).toBeGreaterThan(layout.toY(5.5));
  });

  it("stand below the end of a curve that comes down to the edge, above one that goes up", () => {
    const series = (y: number[]) => [{ ...curve(5, "a"), x: [0, 50, 100], y }];
    const ends = ([...y]: number[]) => {
      const props = chart({ series: series(y), xAxis: { label: "step", domain: [0, 100] }, yDomain: [0, 10] });
      const layout = layoutCurve(props, 340, 122);
      return { label: endLabels(props.series, layout)[0]?.y ?? Number.NaN, end: layout.toY(y[2] ?? 0) };
    };
    const [falls, climbs] = [ends([9, 7, 4]), ends([1, 3, 6])];
    expect(falls.label).toBeGreaterThan(falls.end);
    expect(climbs.label).toBeLessThan(climbs.end);
  });
});

describe("names of reference lines", () => {
  it("end with the value unless they carry one", () => {
    expect(referenceText({ label: "true", value: 0.02 })).toBe("true 0.02");
    expect(referenceText({ label: "best any 5 can do", value: 0.0671 })).toBe("best any 5 can do 0.0671");
    expect(referenceText({ label: "true 0.02", value: 0.02 })).toBe("true 0.02");
  });

  it("leave the right end to a curve's label that is already there", () => {
    const props = chart({ series: [curve(5, "a")], xAxis: { label: "step", domain: [0, 100] }, yDomain: [0, 6] });
    const layout = layoutCurve(props, 340, 122);
    const reference = { label: "true model", value: 4.4 };
    const ends = endLabels(props.series, layout);
    const [place] = placeReferences([reference], props.series, ends, layout);
    expect(place?.anchor).toBe("start");
  });

  it("do not cover each other for two values close together", () => {
    const layout = layoutCurve(chart({}), 340, 60);
    const references = [
      { label: "true", value: 0.5 },
      { label: "majority rules", value: 0.51 },
    ];
    const [first, second] = placeReferences(references, [], [], layout);
    const firstLeft = (first?.x ?? 0) - textWidth(first?.text ?? "");
    expect(first?.anchor).toBe("end");
    const isBeside = (second?.x ?? 0) + textWidth(second?.text ?? "") <= firstLeft;
    expect(isBeside || Math.abs((first?.y ?? 0) - (second?.y ?? 0)) >= 11).toBe(true);
  });
});
