// Lessons are checked data: every target that a step names exists, and a missing one is named with its step (UX-78).

import { describe, expect, it } from "vitest";
import { LESSONS, loadLesson } from "../../../src/app/learn/catalogue";
import { lessonProblems } from "../../../src/app/learn/checkLesson";
import type { Lesson } from "../../../src/app/learn/lessonSchema";
import { lessonTargets } from "../../../src/app/learn/lessonTargets";
import { piecesOf, plainText } from "../../../src/app/learn/lessonText";
import { revealText } from "../../../src/app/learn/Predict";
import type { LabRun } from "../../../src/app/stores/runStore";

const targets = lessonTargets();

async function lessonOf(id: string): Promise<Lesson> {
  const lesson = await loadLesson(id);
  if (!lesson) throw new Error(`no lesson ${id}`);
  return lesson;
}

describe.each(LESSONS)("lesson $id", ({ id, title, minutes }) => {
  it("names nothing that does not exist", async () => {
    expect(lessonProblems(await lessonOf(id), targets)).toEqual([]);
  });

  it("is called and timed in the list as in its text", async () => {
    const lesson = await lessonOf(id);
    expect(lesson.title).toBe(title);
    const total = lesson.steps.reduce((sum, step) => sum + step.minutes, 0);
    expect(Math.abs(total - minutes)).toBeLessThanOrEqual(1.5);
  });
});

describe("a broken reference", () => {
  const without = async (change: Partial<typeof targets>) =>
    lessonProblems(await lessonOf("3"), { ...targets, ...change }).join("\n");

  it("is named with its step when a part is removed", async () => {
    const parts = new Set([...targets.parts].filter((part) => part !== "recognition"));
    expect(await without({ parts })).toContain('lesson 3, step 3 "Propose": no part "recognition"');
  });

  it("is named when a glossary entry, a formula or a curve is removed", async () => {
    const terms = new Set([...targets.terms].filter((term) => term !== "replay"));
    expect(await without({ terms })).toContain('lesson 3, step 1 "One step, three phases": no glossary entry "replay"');
    const formulas = new Set([...targets.formulas].filter((formula) => formula !== "keepBest"));
    expect(await without({ formulas })).toContain('step 5 "What the memory did": no formula "keepBest"');
    expect(await without({ curvesOf: () => [] })).toContain('step 9 "The same, at full speed": no curve "phi"');
  });

  it("is named when a preset, an option or a domain is removed", async () => {
    const [automata, ...others] = targets.domains;
    if (!automata) throw new Error("no domains");
    const noPreset = [{ ...automata, presets: automata.presets.filter((preset) => preset.id !== "live") }, ...others];
    expect(await without({ domains: noPreset })).toMatch(/lesson 3, step 1 .*preset is "live"/);
    const { dataSeed: _, ...options } = automata.options;
    expect(await without({ domains: [{ ...automata, options }, ...others] })).toMatch(/lesson 3, step 1 .*dataSeed/);
    expect(await without({ domains: others })).toContain('no domain "automata"');
  });

  it("is named when the shape is wrong", async () => {
    const lesson = await lessonOf("3");
    const broken = {
      ...lesson,
      steps: lesson.steps.map((step, index) => (index === 1 ? { ...step, panel: 1 } : step)),
    };
    expect(lessonProblems(broken, targets).join("\n")).toContain("steps.1");
    expect(lessonProblems({ ...lesson, steps: lesson.steps.slice(0, 3) }, targets)).toHaveLength(1);
  });

  it("is named when a lesson loses its prediction or its exploration", async () => {
    const lesson = await lessonOf("3");
    const steps = lesson.steps.map(({ predict: _, explore: __, ...step }) => step);
    const problems = lessonProblems({ ...lesson, steps }, targets).join("\n");
    expect(problems).toContain("lesson 3: has no prediction");
    expect(problems).toContain("lesson 3: has no exploration");
  });
});

describe("lesson text", () => {
  it("keeps numbers in one line: neither thousands nor a percentage break at their space", () => {
    const [piece] = piecesOf("about 99 %: of 1 000 scored, 10 000 200 in 5 steps of 3000 or 12 0000");
    expect(piece).toEqual({
      kind: "text",
      text: "about 99\u00a0%: of 1\u00a0000 scored, 10\u00a0000\u00a0200 in 5 steps of 3000 or 12 0000",
    });
  });

  it("reads words that point at parts, terms, links, formulas and stress", () => {
    expect(piecesOf("The [memory](part:memory) and {joint} of *x*, see [help](#/help).")).toEqual([
      { kind: "text", text: "The " },
      { kind: "part", text: "memory", to: "memory" },
      { kind: "text", text: " and " },
      { kind: "formula", id: "joint" },
      { kind: "text", text: " of " },
      { kind: "stress", text: "x" },
      { kind: "text", text: ", see " },
      { kind: "link", text: "help", to: "#/help" },
      { kind: "text", text: "." },
    ]);
  });

  it("loses nothing but marks on paper", () => {
    expect(plainText("A [replay](term:replay) of *z*.")).toBe("A replay of z.");
  });
});

describe("a reveal", () => {
  it("puts the run's own numbers into its sentence", async () => {
    const predict = (await lessonOf("3")).steps[3]?.predict;
    if (!predict) throw new Error("step 4 asks nothing");
    const fates = ["newBest", "accepted", "tooLow", "tooLow", "duplicate"];
    // The cast: a reveal reads nothing of a run but its report and its series.
    const run = { stageReport: { proposals: fates.map((fate) => ({ fate })) } } as unknown as LabRun;
    expect(revealText(predict, [run])).toContain(
      "2 of the five were accepted, 1 of them as the new best; 2 scored too low",
    );
  });
});
