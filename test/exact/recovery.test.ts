// A device that is lost at any call whatever: the run that is rebuilt from the kept state ends with the numbers of an
// undisturbed run. Every call of the model and of its blocks is one place where the loss can strike.

import { describe, expect, it } from "vitest";
import type { DomainInstance, DomainSpec } from "../../src/engine/domain";
import { LabError } from "../../src/engine/errors";
import type { ParameterBlock } from "../../src/engine/optim/parameterBlock";
import { createRun } from "../../src/engine/run/createRun";
import { captureState, type RunState } from "../../src/engine/run/state";
import { type Current, currentOf } from "../../src/engine/worker/current";
import { Recovery } from "../../src/engine/worker/recovery";
import { buildTiny, tiny } from "../helpers/tinyDomain";

const readAsset = async () => new Uint8Array();
const lost = () => new LabError("device-lost", { message: "graphics device lost: destroyed", help: "Try again." });

/**
 * How a dying device answers. "before": the call is not carried out and fails. "after": it is carried out, and its
 * answer is lost. "silent": commands that return nothing are swallowed from then on, and the next answer fails.
 */
type Death = "before" | "after" | "silent";

class Device {
  calls = 0;
  constructor(
    private readonly death: Death,
    private readonly lostAt: number,
  ) {}

  private get isLost(): boolean {
    return this.calls >= this.lostAt;
  }

  /** A command without an answer. */
  command(run: () => void): void {
    const wasLost = this.isLost;
    this.calls++;
    if (!this.isLost || (this.death === "after" && !wasLost)) run();
    if (this.isLost && this.death !== "silent") throw lost();
  }

  async ask<T>(run: () => Promise<T>): Promise<T> {
    const wasLost = this.isLost;
    this.calls++;
    if (!this.isLost) return run();
    if (this.death === "after" && !wasLost) await run();
    throw lost();
  }
}

const onDevice = (block: ParameterBlock, device: Device): ParameterBlock => ({
  name: block.name,
  group: block.group,
  size: block.size,
  zeroGradient: () => device.command(() => block.zeroGradient()),
  scaleGradient: (factor) => device.command(() => block.scaleGradient(factor)),
  adam: (rate, time) => device.command(() => block.adam(rate, time)),
  gradientSquared: () => device.ask(() => block.gradientSquared()),
  read: () => device.ask(() => block.read()),
  write: (state) => device.ask(() => block.write(state)),
});

/** The tiny domain with its recognition model on devices: the first as given, those after it sound. */
function domainOn(first: Device): DomainSpec {
  let next: Device | null = first;
  const build = (request: Parameters<typeof buildTiny>[0]): DomainInstance => {
    const instance = buildTiny(request);
    const device = next ?? new Device("before", Infinity);
    next = null;
    const { model } = instance;
    const changed = {
      ...model,
      blocks: model.blocks.map((block) => (block.group === "phi" ? onDevice(block, device) : block)),
      propose: (...given: Parameters<typeof model.propose>) => device.ask(() => model.propose(...given)),
      logQ: (...given: Parameters<typeof model.logQ>) => device.ask(() => model.logQ(...given)),
      accumulate: (...given: Parameters<typeof model.accumulate>) => device.ask(() => model.accumulate(...given)),
    };
    return { ...instance, model: changed };
  };
  return { ...tiny, load: async () => ({ build: async (request) => build(request) }) };
}

type Outcome = { readonly state: RunState; readonly recoveries: number };

/** Nine steps, every second one evaluated and then kept; recovers as the worker's session does. */
async function train(device: Device, algorithm: string): Promise<Outcome> {
  const options = { algorithm, iterations: 9, evaluateEvery: 2, backend: "cpu", sleep: "mix" };
  const recovery = new Recovery(readAsset);
  let recoveries = 0;
  let current: Current | null = null;
  const onSlice = async () => {
    if (current) await current.keeper.keep(current.run.core);
  };
  const listener = { onStage: () => undefined, onSlice };
  const context = { listener, autosave: () => undefined, pausing: () => undefined };
  const request = { spec: domainOn(device), options, userData: null, checkpoint: null, readAsset };
  current = await currentOf((await createRun(request, listener)).run, context.autosave);
  for (;;) {
    try {
      await current.run.advance("free");
      await current.keeper.keep(current.run.core);
      return { state: await captureState(current.run.core), recoveries };
    } catch (thrown) {
      const outcome = await recovery.recover(thrown, current, context);
      if (outcome.kind === "failed") throw outcome.error;
      recoveries++;
      current = outcome.current;
    }
  }
}

/** A state without times. */
const numbers = ({ state }: Outcome) => ({
  ...state,
  wallMs: 0,
  history: state.history.map((record) => ({ ...record, wallMs: 0 })),
});

describe.each(["mws", "rws"])("a device lost at any call of %s", (algorithm) => {
  it.each(["before", "after", "silent"] as const)("does not change a number (%s)", async (death) => {
    const sound = new Device(death, Infinity);
    const undisturbed = numbers(await train(sound, algorithm));
    expect(sound.calls).toBeGreaterThan(50);
    // The first call is the state kept at the start: a device that is lost before it has never been there.
    for (let at = 2; at <= sound.calls; at++) {
      const disturbed = await train(new Device(death, at), algorithm);
      expect(disturbed.recoveries, `lost at call ${at}`).toBe(1);
      expect(numbers(disturbed), `lost at call ${at}`).toEqual(undisturbed);
    }
  });
});

describe("a step whose parameters cannot all be written", () => {
  it("leaves theta and memory as they were", async () => {
    const device = new Device("before", Infinity);
    const options = { algorithm: "mws", backend: "cpu" };
    const request = { spec: domainOn(device), options, userData: null, checkpoint: null, readAsset };
    const { core } = (await createRun(request)).run;
    const on = () => undefined;
    for (let step = 0; step < 3; step++) await core.advance(on);
    const before = await captureState(core);
    const phi = core.parts.instance.model.blocks.find((block) => block.group === "phi");
    const adam = phi?.adam;
    Object.assign(phi ?? {}, {
      adam: () => {
        throw lost();
      },
    });
    await expect(core.advance(on)).rejects.toMatchObject({ code: "device-lost" });
    expect({ ...(await captureState(core)), wallMs: 0 }).toEqual({ ...before, wallMs: 0 });
    Object.assign(phi ?? {}, { adam });
    await core.advance(on);
    expect(core.step).toBe(4);
  });
});
