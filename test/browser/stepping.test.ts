// Stepping by stage and phase: an observation of the batch is on show, captions are linked text with equations, the
// timeline goes back to recorded stages and forward by computing (UX-50, UX-52, UX-54, UX-55, UX-58, UX-59, UX-151).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
});
afterAll(() => browser.close());

const dock = () => lab.page.getByRole("region", { name: "Stages of the step" });
const panel = () => lab.page.locator(".wsl-stage");
const caption = () => dock().getByRole("status");
const dots = () => lab.page.getByRole("list", { name: "Stages of the step" }).getByRole("button");

/** Computes the next stage and waits until its panel is there. */
async function nextStage(name: string): Promise<void> {
  await lab.button("Next stage").click();
  await stageIs(name);
}

async function stageIs(name: string): Promise<void> {
  await lab.page.locator(`.wsl-stage[data-stage="${name}"]`).waitFor();
}

describe("stepping", () => {
  it("moves the selection to a picture of the batch and shows what the held step did", async () => {
    await lab.open("automata?seed=1&sleep=mix&obs=1");
    await lab.untilStart();
    await lab.stepPhase();
    await lab.untilPhase("wake");
    await stageIs("remember");
    expect(await lab.step()).toBe(0);
    const said = /Showing (picture \d+): it is in this step's batch\./.exec(await lab.announcements());
    expect(said).not.toBeNull();
    const picture = said?.[1] ?? "";
    expect(await panel().innerText()).toContain(`${picture}, step 1, stage 4 of 9`);
    await lab.page
      .getByRole("grid", { name: `Memory of ${picture}` })
      .locator("tr[data-program]")
      .first()
      .waitFor();
    const program = await lab.page
      .locator('[data-table="memory"] tr[data-program]')
      .first()
      .getAttribute("data-program");
    const tile = lab.picture("images").locator(`[data-row="${Number(picture.split(" ")[1]) - 1}"]`);
    expect(await tile.innerText()).toContain(program ?? "no program");
    expect(await lab.picture("extrapolation").innerText()).toContain(program ?? "no program");
  });

  it("respects a choice within the batch", async () => {
    const titles = await lab.picture("images").locator("[data-row]:has(svg)").all();
    const rows = await Promise.all(titles.map((tile) => tile.getAttribute("data-row")));
    const now = lab.url.hash;
    const other = rows.find((row) => !now.includes(`obs=${Number(row) + 1}`));
    expect(other).toBeDefined();
    await lab.picture("images").locator(`[data-row="${other}"]`).click();
    await lab.page.locator(".wsl-stage-place", { hasText: `picture ${Number(other) + 1}, step 1` }).waitFor();
    await nextStage("recall");
    expect(await panel().innerText()).toContain(`picture ${Number(other) + 1}, step 1, stage 5 of 9`);
  });

  it("advances one stage, with phase and step as they are", async () => {
    await nextStage("learnTheta");
    expect([await lab.phase(), await lab.step()]).toEqual(["replay", 0]);
    expect(await panel().locator('[data-learns="theta"]').innerText()).toContain("learns");
    expect(await panel().locator("[data-direction=up]").count()).toBe(1);
    await nextStage("learnPhi");
    await nextStage("dream");
    expect([await lab.phase(), await lab.step()]).toEqual(["fantasy", 0]);
    expect(
      await panel()
        .getByRole("img", { name: /dream of rule/ })
        .count(),
    ).toBe(1);
    await nextStage("learnFromDream");
    await lab.untilStep(1);
    expect(await lab.step()).toBe(1);
  });

  it("goes back to a recorded stage and forward again", async () => {
    expect(await dots().count()).toBe(9);
    await dots().nth(2).click();
    await stageIs("score");
    expect(await panel().getByText("recorded", { exact: true }).count()).toBe(1);
    expect(await caption().innerText()).toBe("Score each by how likely it is and how well it explains.");
    expect(await lab.step()).toBe(1);
    await lab.page.keyboard.press("ArrowLeft");
    await stageIs("propose");
    await lab.page.keyboard.press("End");
    await stageIs("learnFromDream");
    expect(await panel().getByText("recorded", { exact: true }).count()).toBe(0);
  });

  it("computes up to the stage that is pressed", async () => {
    await nextStage("look");
    await dots().nth(3).click();
    await stageIs("remember");
    expect(await panel().innerText()).toContain("step 2, stage 4 of 9");
    expect(await lab.step()).toBe(1);
  });

  it("says each stage in a status, with an equation that has words and explains its symbols", async () => {
    expect(await caption().innerText()).toBe("Keep the M best different programs.");
    const equation = dock().getByRole("math", { name: "M i becomes the best M of M i together with z 1 to z R" });
    expect(await equation.locator("math").count()).toBe(1);
    await equation.focus();
    const tip = lab.page.getByRole("tooltip");
    await tip.waitFor();
    expect(await tip.innerText()).toContain("the memory of the observation on show");
    await lab.page.keyboard.press("Escape");
    await tip.waitFor({ state: "detached" });
  });

  it("lights the part that a word points to", async () => {
    const word = dock().getByRole("button", { name: "M best different programs" });
    const lit = () => lab.page.locator('[data-table="memory"][data-lit]').count();
    expect(await lit()).toBe(0);
    await word.focus();
    expect(await lit()).toBe(1);
    const [colour, line] = await word.evaluate((element) => {
      const style = getComputedStyle(element);
      return [style.color, style.textDecorationLine];
    });
    expect(line).toBe("underline");
    expect(colour).toBe(
      await panel()
        .locator(".wsl-stage-memory")
        .evaluate((element) => getComputedStyle(element).color),
    );
    await lab.button("Step").focus();
    expect(await lit()).toBe(0);
  });

  it("draws the algorithm with the edges of the stage, and explains the step in words", async () => {
    await lab.button("Diagram").click();
    const active = () =>
      lab.page
        .locator(".algorithm-diagram path[data-active]")
        .evaluateAll((paths) => paths.map((path) => path.getAttribute("data-edge")));
    expect(await active()).toEqual(["z-memory"]);
    await nextStage("recall");
    expect(await active()).toEqual(["memory-z"]);
    await lab.button("Diagram").click();
    expect(await lab.page.locator(".algorithm-diagram").count()).toBe(0);
    await lab.button("Explain this step").click();
    const text = await lab.page.locator(".step-explained").innerText();
    expect(text).toMatch(/^Step 2 works on 20 observations, picture \d+ among them\./);
    expect(text).toMatch(/The best rule is rule \d+ with weight/);
    expect(text).toMatch(/The bound of picture \d+ (rose by|stays at) /);
  });

  it.each([
    [
      "mws&sleep=mix",
      ["look", "propose", "score", "remember", "recall", "learnTheta", "learnPhi", "dream", "learnFromDream"],
    ],
    ["rws&phi=both", ["look", "propose", "score", "learnTheta", "learnPhi", "dream", "learnFromDream"]],
    ["vimco", ["look", "propose", "score", "learnTheta", "learnPhi"]],
    ["reinforce", ["look", "propose", "score", "learnTheta", "learnPhi"]],
  ])("has the stages of %s, each with an equation and words that light something", async (algorithm, stages) => {
    await lab.open(`clusters?algorithm=${algorithm}`);
    await lab.untilStart();
    await lab.stepPhase();
    await stageIs(algorithm.startsWith("mws") ? "remember" : "learnPhi");
    if (stages.length === 5) await lab.untilStep(1);
    expect(await dots().evaluateAll((all) => all.map((dot) => dot.getAttribute("data-dot")))).toEqual(stages);
    for (const [index, stage] of stages.entries()) {
      await dots().nth(index).click();
      await stageIs(stage);
      expect(await dock().getByRole("math").count(), stage).toBe(1);
      for (const word of await dock().locator(".part-word").all()) {
        await word.focus();
        expect(await lab.page.locator("[data-lit]").count(), await word.innerText()).toBeGreaterThan(0);
      }
    }
    await dots().nth(2).click();
    await stageIs("score");
    expect(await panel().locator(".wsl-stage-row").count()).toBeGreaterThan(1);
    expect(lab.errors).toEqual([]);
  });
});
