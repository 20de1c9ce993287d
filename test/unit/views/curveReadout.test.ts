import { describe, expect, it } from "vitest";
import { valueDomain } from "../../../src/views/charts/curveLayout";
import { curveSentence, curveTable, lastValues, nearestIndex, readAt } from "../../../src/views/charts/curveReadout";
import type { LearningCurveProps } from "../../../src/views/charts/curveTypes";
import { shownRows, tableCsv } from "../../../src/views/frame/figureTable";

const props: LearningCurveProps = {
  name: "elbo",
  title: "Bound",
  unit: "nats per picture",
  series: [
    { id: "elbo", label: "training", slot: 1, x: [0, 10, 20], y: [-640, -300, -105.1] },
    { id: "logPx", label: "held out", slot: 2, x: [10], y: [Number.NaN], hidden: true },
  ],
  references: [{ label: "exact", value: -90 }],
  xAxis: { label: "step", domain: [0, 100] },
};

describe("words and numbers of a learning curve", () => {
  it.each([
    [-5, 0],
    [4.9, 0],
    [5.1, 1],
    [14, 1],
    [99, 2],
  ])("reads the point nearest to %f", (x, index) => {
    expect(nearestIndex([0, 10, 20], x)).toBe(index);
  });

  it("reads nothing from an empty series", () => {
    expect(nearestIndex([], 3)).toBe(-1);
    expect(readAt([{ id: "a", label: "a", slot: 1, x: [], y: [] }], 3)).toEqual([]);
  });

  it("tells first and last value, the axis and the reference", () => {
    expect(curveSentence(props)).toBe(
      "Bound, nats per picture. training rose from \u2212640.0 at step 0 to \u2212105.1 at step 20. Reference: exact, \u221290.00.",
    );
  });

  it("says so when there are no values", () => {
    expect(curveSentence({ ...props, series: [], references: [] })).toContain("No values yet.");
  });

  it("gives last values of visible series only", () => {
    expect(lastValues(props.series)).toEqual({ elbo: -105.1 });
  });

  it("exports every point and shows at most two hundred rows", () => {
    const x = Array.from({ length: 1000 }, (_, i) => i);
    const table = curveTable({ ...props, series: [{ id: "a", label: "a", slot: 1, x, y: x }] });
    expect(tableCsv(table, ["seed 1"]).split("\n")).toHaveLength(1 + 1 + 1000 + 1);
    expect(tableCsv(table, ["seed 1"]).startsWith("# seed 1\nstep,a\n0,0\n")).toBe(true);
    const { rows, every } = shownRows(table);
    expect(every).toBe(5);
    expect(rows.length).toBeLessThanOrEqual(201);
    expect(rows[rows.length - 1]).toEqual([999, 999]);
  });

  it("keeps shares inside 0 to 1 and leaves values that a log axis cannot show out", () => {
    const share = { ...props, references: [], series: [{ id: "a", label: "a", slot: 1, x: [0, 1], y: [0.97, 1] }] };
    expect(valueDomain(share, false)[1]).toBe(1);
    const error = { ...props, references: [], series: [{ id: "a", label: "a", slot: 1, x: [0, 1], y: [0, 0.1] }] };
    expect(valueDomain(error, true)[0]).toBeGreaterThan(0);
  });
});
