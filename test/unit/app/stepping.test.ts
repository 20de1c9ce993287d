// The page's side of stepping: captions as data for every algorithm, the log of stages, the diagram, the step in words.

import { describe, expect, it } from "vitest";
import formulas from "../../../src/app/formulas/formulas.json";
import { captionPieces, markupOf } from "../../../src/app/lab/stepping/captions";
import { ACTIVE_EDGES, EDGES, edgesOf, NODES } from "../../../src/app/lab/stepping/diagram";
import { explainStep } from "../../../src/app/lab/stepping/explainStep";
import { isSameTask } from "../../../src/app/lab/stepping/ghosts";
import { groupStages, nextStage, recordOf, withReport } from "../../../src/app/lab/stepping/stageLog";
import { PARTS } from "../../../src/app/parts/parts";
import type { StageInfo, StageName } from "../../../src/engine/algorithms/algorithm";
import { algorithms, hybridAlgorithms } from "../../../src/engine/algorithms/list";
import { defaultsOf } from "../../../src/engine/options";
import { createRun } from "../../../src/engine/run/createRun";
import { COMMON_OPTIONS, type CommonOptions, runOptionTable } from "../../../src/engine/run/options";
import type { StageReport } from "../../../src/engine/run/records";
import { tiny } from "../../helpers/tinyDomain";

const defaults = defaultsOf(COMMON_OPTIONS);
/** Every list of stages that some options give, with those options; lambda is an option of hybrid domains alone. */
const LISTS = [...new Set([...algorithms, ...hybridAlgorithms])].flatMap((algorithm) =>
  ["replay", "fantasy", "mix"].flatMap((sleep) =>
    ["wake", "sleep", "both"].flatMap((phi) =>
      ["sampled", "weighted"].map((replayBy) => {
        const hybrid = algorithm.programs === "hybrid" ? { lambda: 0.5 } : {};
        const options = { ...defaults, ...hybrid, algorithm: algorithm.id, sleep, phi, replayBy };
        // The cast: the table's defaults with four valid choices are a run's options.
        return { id: algorithm.id, options, stages: algorithm.stages(options as unknown as CommonOptions) };
      }),
    ),
  ),
);

describe("captions", () => {
  it("have an equation and linked words that exist, for every stage of every algorithm", () => {
    for (const { id, options, stages } of LISTS) {
      for (const stage of stages) {
        const markup = markupOf(options, stage.name);
        expect(markup, `${id} ${stage.name}`).not.toBeNull();
        expect(formulas.formulas).toHaveProperty(markup!.formula);
        expect(Object.keys(markup!.links).length).toBeGreaterThan(0);
        for (const [word, part] of Object.entries(markup!.links)) {
          expect(stage.caption, `${id} ${stage.name}`).toContain(word);
          expect(PARTS).toHaveProperty(part);
        }
        const pieces = captionPieces(stage.caption, markup!.links);
        expect(pieces.map((piece) => piece.text).join("")).toBe(stage.caption);
        expect(pieces.filter((piece) => piece.part !== null)).toHaveLength(Object.keys(markup!.links).length);
      }
    }
  });

  it("are the nine of the experience specification for memoised wake-sleep", () => {
    const nine = LISTS.find(({ id, options }) => id === "mws" && options.sleep === "mix")!;
    expect(nine.stages.map((stage) => [stage.phase, stage.caption])).toEqual([
      ["wake", "Take an observation."],
      ["wake", "The recognition model proposes K programs."],
      ["wake", "Score each by how likely it is and how well it explains."],
      ["wake", "Keep the M best different programs."],
      ["replay", "Pick a remembered program, in proportion to its weight."],
      ["replay", "Make the generative model find it more likely (θ)."],
      ["replay", "Make the recognition model propose it more readily (φ)."],
      ["fantasy", "Dream a new program and its data."],
      ["fantasy", "Learn to recognise the dream (φ)."],
    ]);
    expect(groupStages(nine.stages).map((group) => [group.phase, group.stages.length])).toEqual([
      ["wake", 4],
      ["replay", 3],
      ["fantasy", 2],
    ]);
  });

  it("speak of no memory where there is none", () => {
    for (const { id, stages } of LISTS.filter((list) => !/^h?mws/.test(list.id))) {
      for (const stage of stages) expect(stage.caption, id).not.toMatch(/memory|remember/i);
    }
  });
});

describe("diagram", () => {
  it("has the expected active edges at every stage", () => {
    expect(ACTIVE_EDGES).toEqual({
      look: ["x-phi"],
      propose: ["phi-z"],
      score: ["theta-z"],
      remember: ["z-memory"],
      recall: ["memory-z"],
      learnTheta: ["z-theta"],
      learnPhi: ["z-phi"],
      dream: ["theta-dream"],
      learnFromDream: ["dream-phi"],
    });
    for (const { from, to } of Object.values(EDGES)) {
      expect(NODES).toHaveProperty(from);
      expect(NODES).toHaveProperty(to);
    }
  });

  it("leaves the memory out for algorithms without one", () => {
    const vimco = LISTS.find(({ id }) => id === "vimco")!;
    const edges = edgesOf(vimco.stages.map((stage) => stage.name));
    expect(edges).toEqual(["x-phi", "phi-z", "theta-z", "z-theta", "z-phi"]);
  });
});

const reportAt = (step: number, stage: StageName) => ({ step, stage }) as unknown as StageReport;
const stagesNamed = (...names: StageName[]) => names.map((name) => ({ name, phase: "wake" })) as unknown as StageInfo[];

describe("the log of stages", () => {
  it("grows within a step and begins anew with the next", () => {
    let log = withReport([], reportAt(1, "look"));
    log = withReport(log, reportAt(1, "propose"));
    expect(log.map((report) => report.stage)).toEqual(["look", "propose"]);
    const again = reportAt(1, "look");
    log = withReport(log, again);
    expect(log.map((report) => report.stage)).toEqual(["look", "propose"]);
    expect(recordOf(log, "look")).toBe(again);
    expect(recordOf(log, "score")).toBeNull();
    expect(withReport(log, reportAt(2, "look")).map((report) => report.step)).toEqual([2]);
  });

  it("knows what comes next", () => {
    const stages = stagesNamed("look", "propose", "score");
    expect(nextStage(stages, null)?.name).toBe("look");
    expect(nextStage(stages, "look")?.name).toBe("propose");
    expect(nextStage(stages, "score")?.name).toBe("look");
    expect(nextStage([], "score")).toBeNull();
  });
});

async function logOf(options: Record<string, string | number>): Promise<StageReport[]> {
  const reports: StageReport[] = [];
  const request = { spec: tiny, options: { backend: "cpu", ...options }, userData: null, checkpoint: null };
  const { run } = await createRun(
    { ...request, readAsset: async () => new Uint8Array() },
    { onStage: (report) => reports.push(report), onSlice: () => undefined },
  );
  for (const _ of run.core.parts.algorithm.stages(run.core.options)) await run.advance("stage");
  return reports;
}

describe("the step in words", () => {
  const names = { observation: "symbol 3", program: { one: "program", many: "programs" } };

  it("names observation, best program and change of the bound", async () => {
    const log = await logOf({ sleep: "mix" });
    const text = explainStep(log, names);
    const after = log.find((report) => report.stage === "remember")!;
    const best = after.memory!.members.reduce((top, one) => (one.weight! > top.weight! ? one : top));
    expect(text).toContain("Step 1 works on");
    expect(text).toContain("symbol 3");
    expect(text).toContain(`is ${best.printed} with weight`);
    expect(text).toMatch(/The bound of symbol 3 (rose by|stays at) /);
    expect(text).toContain("learned to recognise the dream of");
    expect(explainStep(log.slice(0, 2), names)).not.toContain("bound");
    expect(explainStep([], names)).toBe("No stage has been computed yet.");
  });

  it("speaks of samples where there is no memory", async () => {
    const text = explainStep(await logOf({ algorithm: "rws", particles: 4 }), names);
    expect(text).toContain("The bound of symbol 3 with K = 4 samples is");
    expect(text).not.toContain("memory");
  });
});

describe("a ghost", () => {
  const table = runOptionTable({ images: COMMON_OPTIONS.seed }, {});
  const before = { ...defaults, images: 100, seed: 1 };

  it("is kept for another algorithm and K on the same data and seed only", () => {
    expect(isSameTask(table, before, { ...before, algorithm: "rws", particles: 3 })).toBe(true);
    expect(isSameTask(table, before, { ...before, seed: 2 })).toBe(false);
    expect(isSameTask(table, before, { ...before, images: 50 })).toBe(false);
    expect(isSameTask(table, before, { ...before, batch: 3 })).toBe(false);
  });
});
