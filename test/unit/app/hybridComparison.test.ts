// What runs of hybrid programs measure, where a comparison decides which may share an axis (UX-105).

import { describe, expect, it } from "vitest";
import { quantityOf } from "../../../src/app/compare/comparability";

describe("quantities of hybrid runs", () => {
  it("count what a hybrid run remembers and draws by the rule of hybrid programs", () => {
    const hybrid = { particles: 5, memory: 0, proposals: 0, lambda: 0.5 };
    expect(quantityOf("elbo", { ...hybrid, algorithm: "hmws" }).words).toBe("memory bound, M = 5");
    expect(quantityOf("elbo", { ...hybrid, algorithm: "rws-plus" }).words).toBe("K-sample bound, K = 50");
    expect(quantityOf("ess", { ...hybrid, algorithm: "hmws-minus" }).words).toBe("of the memory, M = 5, K = 5");
    expect(quantityOf("phiLoss", { ...hybrid, algorithm: "hmws" }).words).toBe("HMWS, λ = 0.5");
  });
});
