// Sets what stands beside the text. Entering a step puts the bench into the step's scene from nothing, whatever was
// there before, so forwards, backwards and jumps end in the same state; leaving takes everything away again.

import { domains } from "../../domains/list";
import type { DomainSpec } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";
import { closeLab, openLab, type Prepared, play, step as stepRun } from "../lab/workbench";
import { lightPart } from "../parts/parts";
import { readLabLink } from "../router/labLink";
import { variantOptions } from "../router/variant";
import { useLab } from "../stores/labStore";
import { useRuns } from "../stores/runStore";
import { useLearn } from "./learnStore";
import type { LessonScene, Prediction } from "./lessonSchema";
import { type Preparation, prepareRun } from "./prepareRun";

/** Preparing for longer than this is shown with its progress, ms. */
const QUIET_MS = 1000;

let turn = 0;
let preparations: readonly Preparation[] = [];

/** The domain of a scene; a checked lesson names one that exists. */
export function domainOf(scene: LessonScene): DomainSpec | undefined {
  return domains.find((domain) => domain.id === scene.domain);
}

/** Puts the bench into the scene. A scene that is entered meanwhile wins. */
export async function enterScene(scene: LessonScene): Promise<void> {
  const mine = begin();
  const spec = domainOf(scene);
  if (!spec) return;
  const link = readLabLink(spec, scene.query);
  try {
    const all = [link.options, ...link.variants.map((variant) => variantOptions(link.options, variant))];
    const prepared = scene.at > 0 ? await prepareAll(spec, all, scene.at, mine) : [];
    if (mine !== turn) return;
    await openLab(spec, link, prepared);
    if (mine !== turn) return;
    const viewed = useRuns.getState().runs[scene.view ?? 0];
    if (viewed) useRuns.setState({ viewed: viewed.runId });
    if (scene.stage) await stepTo(scene.stage, mine);
    if (scene.stage) await untilShown(scene.stage, scene.at);
    if (mine === turn) useLearn.setState({ scene: "ready", progress: null });
  } catch (error) {
    console.info("Scene:", error);
    if (mine !== turn) return;
    // The other runs of a scene that cannot be shown are not trained to their end.
    for (const preparation of preparations) preparation.cancel();
    useLearn.setState({ scene: "failed", progress: null });
  }
}

/** Frees the workers and removes marks. `keepRun`: the workbench takes the run over. */
export function leaveScene(keepRun: boolean): void {
  begin();
  if (keepRun) return;
  closeLab();
  useLab.setState({ spec: null });
}

/** What a prediction's "Show me" does with the run. */
export async function reveal(show: Prediction["show"]): Promise<void> {
  const mine = turn;
  if (show.kind === "stage") await stepTo(show.name, mine);
  else await runToEnd(mine);
  if (mine === turn) useLearn.setState({ isRevealed: true });
}

function begin(): number {
  turn += 1;
  for (const preparation of preparations) preparation.cancel();
  preparations = [];
  lightPart(null);
  useLearn.setState({ scene: "preparing", progress: null, isRevealed: false, isDone: false });
  return turn;
}

async function prepareAll(
  spec: DomainSpec,
  all: readonly OptionValues[],
  at: number,
  mine: number,
): Promise<readonly Prepared[]> {
  closeLab();
  const steps = all.map(() => 0);
  const since = performance.now();
  const show = () => {
    if (mine !== turn || performance.now() - since < QUIET_MS) return;
    useLearn.setState({ progress: { done: Math.min(...steps), of: at } });
  };
  preparations = all.map((options, index) =>
    prepareRun(spec, options, at, (step) => {
      steps[index] = step;
      show();
    }),
  );
  return Promise.all(preparations.map((preparation) => preparation.done));
}

/** Stage by stage until the run is held at `stage`. */
async function stepTo(stage: string, mine: number): Promise<void> {
  for (let tries = 0; tries < 10 && mine === turn; tries += 1) {
    if (useRuns.getState().runs[0]?.stageReport?.stage === stage) return;
    await stepRun("stage");
  }
}

/** Waits for the snapshot of a held stage: it follows the stage's report. The last stage completes the step. */
function untilShown(stage: string, at: number): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      const run = useRuns.getState().runs[0];
      if (run && run.status !== "failed" && run.stage !== stage && run.step <= at) return;
      stop();
      clearTimeout(late);
      resolve();
    };
    const stop = useRuns.subscribe(check);
    const late = setTimeout(() => {
      stop();
      resolve();
    }, QUIET_MS);
    check();
  });
}

/** Plays all runs until each has ended by itself. */
async function runToEnd(mine: number): Promise<void> {
  await play();
  await new Promise<void>((resolve) => {
    const check = () => {
      const { runs } = useRuns.getState();
      const isOver = runs.every((run) => ENDED.has(run.status));
      if (!isOver && mine === turn) return;
      stop();
      resolve();
    };
    const stop = useRuns.subscribe(check);
    check();
  });
}

const ENDED: ReadonlySet<string> = new Set(["converged", "stopped", "failed"]);
