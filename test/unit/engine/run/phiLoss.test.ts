import { describe, expect, it } from "vitest";
import { emptyPrograms, type Term } from "../../../../src/engine/model";
import { phiLoss } from "../../../../src/engine/run/phiLoss";

const term = (target: "theta" | "phi", coefficient: number[]): Term => ({
  target,
  batch: { observations: { count: 1 }, ids: Int32Array.of(0) },
  programs: emptyPrograms(coefficient.length, 1, 1),
  coefficient: Float64Array.from(coefficient),
});

describe("phiLoss", () => {
  it("is minus the weighted log q of phi's terms, theta's left out", () => {
    expect(phiLoss([term("theta", [1]), term("phi", [0.5]), term("phi", [0.5])], [-100, -2, -3])).toBe(5);
  });

  it("is not a number where phi follows a signed surrogate", () => {
    expect(phiLoss([term("theta", [1]), term("phi", [0.7, -0.2])], [-100, -2])).toBeNaN();
  });
});
