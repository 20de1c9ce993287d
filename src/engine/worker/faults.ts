// Faults that tests inject. They make the real thing happen (a lost device, a poisoned parameter), never a pretended one.

import { LabError } from "../errors";
import type { RunCore } from "../run/core";
import type { Current } from "./current";
import type { Fault } from "./protocol";

/** Makes a fault happen to a run. The state before a poisoning is kept, as if an automatic checkpoint had just been taken. */
export async function injectFault(fault: Exclude<Fault, "crash">, { run, keeper }: Current): Promise<void> {
  if (fault === "device-loss") return loseGraphicsDevice(run.core);
  if (fault === "out-of-memory") return askForTooMuch(run.core);
  if (fault === "unexplained") return explainNothing(run.core);
  await run.whenSafe(async () => {
    await keeper.keep(run.core);
    await poisonTheta(run.core);
  });
}

/** Writes NaN into theta's first parameters through the real block, so that the real guard meets it in the next step. */
async function poisonTheta(core: RunCore): Promise<void> {
  const block = core.parts.instance.model.blocks.find((candidate) => candidate.group === "theta");
  if (!block) throw new LabError("unexpected", { message: "the model has no theta block", help: "Report this." });
  const state = await block.read();
  await block.write({ ...state, values: state.values.slice().fill(Number.NaN) });
}

/** The next scoring asks the machine for more memory than any has, and gets the real refusal. */
function askForTooMuch(core: RunCore): void {
  core.parts.instance.model.score = () => {
    const refused = new Float64Array(Number.MAX_SAFE_INTEGER);
    throw new LabError("unexpected", { message: `got ${refused.length} numbers`, help: "Report this." });
  };
}

/** From the next step on no program can produce any observation. */
function explainNothing(core: RunCore): void {
  const { model } = core.parts.instance;
  const score = model.score.bind(model);
  model.score = async (batch, programs) => {
    const scores = await score(batch, programs);
    scores.logLikelihood.fill(-Infinity);
    return scores;
  };
}

/** Really loses the graphics device of a webgpu run. @throws LabError("backend") on other backends */
async function loseGraphicsDevice(core: RunCore): Promise<void> {
  const { name } = core.parts.backend;
  if (name !== "webgpu") {
    const message = `the run uses ${name}: there is no graphics device to lose.`;
    throw new LabError("backend", { message, help: "Start the run on webgpu." }, { backend: name });
  }
  const { loseDevice } = await import("../kernels/tfjsWebgpu");
  await loseDevice();
}

/** True if every parameter of the run is a finite number. */
export async function hasFiniteParameters(core: RunCore): Promise<boolean> {
  for (const block of core.parts.instance.model.blocks) {
    const { values } = await block.read();
    for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  }
  return true;
}
