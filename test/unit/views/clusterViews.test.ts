import { describe, expect, it } from "vitest";
import { ellipseOf, plotBox, tickStep } from "../../../src/views/domains/clusters/plotGeometry";
import { largestDifference, sequentialColour } from "../../../src/views/domains/clusters/SameCluster";

describe("geometry of the scatter plot", () => {
  it("uses one scale for both axes and keeps all points inside", () => {
    const points = [-2, 1, 3, 0.5, 0, -1];
    const box = plotBox(points, 700, 380, 0.4);
    expect(box.toX(1) - box.toX(0)).toBeCloseTo(box.toY(0) - box.toY(1), 9);
    for (let i = 0; i < points.length; i += 2) {
      expect(box.toX(points[i] ?? 0)).toBeGreaterThan(30);
      expect(box.toX(points[i] ?? 0)).toBeLessThan(686);
      expect(box.toY(points[i + 1] ?? 0)).toBeGreaterThan(8);
      expect(box.toY(points[i + 1] ?? 0)).toBeLessThan(358);
    }
  });

  it("turns a covariance into half axes and an angle", () => {
    const lying = ellipseOf([0.09, 0, 0, 0.01]);
    expect(lying.degrees).toBe(0);
    expect(lying.rx).toBeCloseTo(0.3, 9);
    expect(lying.ry).toBeCloseTo(0.1, 9);
    const turned = ellipseOf([0.05, 0.04, 0.04, 0.05]);
    expect(turned.degrees).toBeCloseTo(45, 9);
    expect(turned.rx).toBeCloseTo(0.3, 9);
    expect(turned.ry).toBeCloseTo(0.1, 9);
    const isotropic = ellipseOf([0.03, 0, 0, 0.03]);
    expect(isotropic.rx).toBe(isotropic.ry);
  });

  it("chooses ticks of 1, 2 or 5", () => {
    expect([tickStep(0.3), tickStep(1), tickStep(1.2), tickStep(0.06)]).toEqual([0.5, 1, 2, 0.1]);
  });
});

describe("same-cluster matrices", () => {
  it("find the pair that differs most", () => {
    const a = new Float64Array(49);
    const b = new Float64Array(49);
    b[2 * 7 + 5] = 0.4;
    b[5 * 7 + 2] = 0.4;
    expect(largestDifference(a, b)).toEqual({ value: 0.4, i: 2, j: 5 });
  });

  it("walk through the sequential scale without going back", () => {
    const steps = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1].map(sequentialColour);
    expect(steps[0]).toBe("var(--seq-0)");
    expect(steps[6]).toBe("var(--seq-5)");
    expect([...steps].sort()).toEqual(steps);
  });
});
