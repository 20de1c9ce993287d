// What the stage panel shows where there is not room for all.

import { expect, it } from "vitest";
import type { StageProposal } from "../../../src/engine/run/records";
import { coefficientText } from "../../../src/views/stages/LearnColumn";
import { shownProposals } from "../../../src/views/stages/ProposalColumn";

const proposal = (printed: string, more: Partial<StageProposal>): StageProposal => ({
  program: [],
  printed,
  logQ: -1,
  logPrior: -1,
  logLikelihood: -1,
  fate: null,
  weight: null,
  ...more,
});

it("keeps the order of the draws while all have room, else shows what entered or weighs most", () => {
  const fates = [
    proposal("a", { fate: "tooLow" }),
    proposal("b", { fate: "duplicate" }),
    proposal("c", { fate: "newBest" }),
  ];
  expect(shownProposals(fates, 3).map((one) => one.printed)).toEqual(["a", "b", "c"]);
  expect(shownProposals(fates, 2).map((one) => one.printed)).toEqual(["c", "a"]);
  const weights = [0.1, 0.7, 0.2].map((weight) => proposal(String(weight), { weight }));
  expect(shownProposals(weights, 2).map((one) => one.printed)).toEqual(["0.7", "0.2"]);
});

it("writes shares with their sign and never as zero", () => {
  expect([1, 0.5, -0.2, 0.001, -0.001].map(coefficientText)).toEqual([
    "+1.00",
    "+0.50",
    "\u22120.20",
    "< 0.01",
    "> \u22120.01",
  ]);
});
