// The workbench's actions: what buttons, keys and links do. Stores hold the state, drivers hold the workers.

import type { DomainSpec, UserData } from "../../engine/domain";
import type { OptionValue, OptionValues } from "../../engine/options";
import { type LabLink, MAX_RUNS } from "../router/labLink";
import { type RunVariant, runName, variantOptions } from "../router/variant";
import { RunDriver } from "../runs/runDriver";
import { canAdvance } from "../runs/runStatus";
import { claimTraining, releaseTraining } from "../runs/trainingTab";
import type { SavedRun } from "../saved/savedRun";
import { continueRecord, expectLast, noteCheckpoint, noteLeaving } from "../saved/saver";
import { addVariant, dropVariant, setOptionValue, takeLink, useLab, waitingOptions } from "../stores/labStore";
import { useLayout } from "../stores/layoutStore";
import { clearNotice, say } from "../stores/noticeStore";
import { addRun, clearRuns, dropRun, patchRun, queuePatch, runById, useRuns } from "../stores/runStore";
import { newTrainingClient } from "../trainingWorker";
import { showSource } from "./posterior/posteriorStore";
import { sayDevice, sayReason } from "./runNotices";
import { stopSlowMotion, syncSlowMotion } from "./slowMotion";
import { followStage, withStages } from "./stepping/followStage";
import { dropGhosts, keepGhost } from "./stepping/ghosts";
import { sayPhase } from "./stepping/sayPhase";
import { closeStages, openStages, useStepping } from "./stepping/steppingStore";

const drivers = new Map<string, RunDriver>();
let numStarted = 0;
/** Grows whenever the bench is cleared: starts that were under way then are given up. */
let generation = 0;

// Whatever screen the bench is on, and however playing ends: other tabs are free to begin.
useRuns.subscribe((now, before) => {
  if (before.playing && !now.playing) releaseTraining();
});

/** A run's state that was prepared elsewhere: bytes of a checkpoint, its step, and the saved run that it goes on with. */
export type Prepared = { readonly bytes: Uint8Array; readonly step: number; readonly record?: SavedRun };

/**
 * Shows what a link says: new runs at step 0, or where `prepared` has a checkpoint for them; the link's `play` starts
 * them.
 */
export async function openLab(
  spec: DomainSpec,
  link: LabLink,
  prepared: readonly (Prepared | null)[] = [],
): Promise<void> {
  closeLab();
  clearNotice();
  dropGhosts();
  showSource("memory");
  takeLink(spec, link);
  useLayout.setState({
    closed: link.closed,
    opened: link.opened ?? [],
    axis: link.axis,
    hidden: link.hidden,
    note: link.note,
  });
  useRuns.setState({ selected: link.observation });
  const mine = generation;
  await startRuns(prepared);
  if (link.play && mine === generation) await play();
}

/** Ends all runs and frees their workers. */
export function closeLab(): void {
  generation += 1;
  stopSlowMotion();
  closeStages();
  noteLeaving();
  for (const driver of drivers.values()) expectLast(driver.leave());
  drivers.clear();
  clearRuns();
}

/** All runs of the bench again from the same start: same seed, same order of the data. */
export async function reset(): Promise<void> {
  const { selected, slow } = useRuns.getState();
  keepGhost();
  closeLab();
  useRuns.setState({ selected, slow });
  await startRuns();
  say("Back at the start, with the same seed.", true);
}

/** Plays every run that can go on. Options that wait are taken over first where nothing has been trained yet. */
export async function play(): Promise<void> {
  if (useRuns.getState().playing) return;
  await takeWaitingAtStart();
  useRuns.setState({ playing: true });
  closeStages();
  if (!(await claimTraining(() => void pause()))) return useRuns.setState({ playing: false });
  if (!useRuns.getState().playing) return;
  if (useRuns.getState().slow) return syncSlowMotion(activeDrivers);
  await Promise.all(activeDrivers().map((driver) => driver.play()));
  notePlaying();
}

export async function pause(): Promise<void> {
  useRuns.setState({ playing: false });
  stopSlowMotion();
  await Promise.all([...drivers.values()].map((driver) => driver.pause()));
}

/** One stage, phase or whole step of every run, then still. */
export async function step(until: "stage" | "phase" | "step"): Promise<void> {
  if (useRuns.getState().playing) await pause();
  await takeWaitingAtStart();
  if (until !== "step") openStages();
  await Promise.all(activeDrivers().map((driver) => driver.advance(until)));
  if (until === "phase") sayPhase();
}

/** Ends the runs where they stand; Reset begins again. */
export async function stop(): Promise<void> {
  useRuns.setState({ playing: false });
  stopSlowMotion();
  await Promise.all([...drivers.values()].map((driver) => driver.command((client) => client.stop())));
}

/** Slow motion on or off; the same run goes on at the other pace. */
export async function toggleSlow(): Promise<void> {
  const { slow, playing } = useRuns.getState();
  useRuns.setState({ slow: !slow });
  if (!playing) return;
  stopSlowMotion();
  await Promise.all([...drivers.values()].map((driver) => driver.pause()));
  // Pressed again meanwhile, or paused: the later wish counts.
  if (!useRuns.getState().playing || useRuns.getState().slow === slow) return;
  if (!slow) return syncSlowMotion(activeDrivers);
  await Promise.all(activeDrivers().map((driver) => driver.play()));
}

/** Live options take effect at the next step of every run; others wait for Reset. */
export async function setOption(name: string, value: OptionValue): Promise<void> {
  const { table } = useLab.getState();
  setOptionValue(name, value);
  if (table[name]?.applies !== "live") return;
  const targets = [...drivers.values()].filter((driver) => runById(driver.runId)?.options[name] !== undefined);
  await Promise.all(targets.map((driver) => driver.setOption(name, value)));
}

/** A seed that differs from the present one; counts after Reset, which happens at once. */
export async function newSeed(): Promise<void> {
  const drawn = crypto.getRandomValues(new Uint16Array(1))[0] ?? 0;
  const { options } = useLab.getState();
  const seed = drawn === options["seed"] ? drawn + 1 : drawn;
  setOptionValue("seed", seed);
  await reset();
  say(`New seed ${seed}.`, true);
}

export async function addRunBeside(variant: RunVariant): Promise<void> {
  if (useRuns.getState().runs.length >= MAX_RUNS) return;
  addVariant(variant);
  const { options } = useLab.getState();
  const driver = await startRun(variantOptions(useRuns.getState().runs[0]?.options ?? options, variant));
  const { playing, slow } = useRuns.getState();
  if (driver && playing && !slow) await driver.play();
}

/** Takes a run beside the first one off the bench. */
export function removeRun(runId: string): void {
  const index = useRuns.getState().runs.findIndex((run) => run.runId === runId);
  if (index < 1) return;
  noteLeaving(runId);
  expectLast(drivers.get(runId)?.leave());
  drivers.delete(runId);
  dropRun(runId);
  dropVariant(index - 1);
}

/** The person's choice of an observation. */
export async function selectObservation(observation: number): Promise<void> {
  useStepping.setState({ note: "" });
  await showObservation(observation);
}

async function showObservation(observation: number): Promise<void> {
  useRuns.setState({ selected: observation, selectedProgram: null });
  await Promise.all([...drivers.values()].map((driver) => driver.select(observation)));
}

/** Trains with the person's own data as one more observation, which is then on show. */
export async function takeUserData(userData: UserData, options: OptionValues): Promise<void> {
  useLab.setState({ userData, options: { ...useLab.getState().options, ...options } });
  await reset();
  const row = useRuns.getState().runs[0]?.description?.facts.userRow ?? -1;
  if (row >= 0) await selectObservation(row);
  say(`Training with ${userData.name}.`, true);
  await play();
}

/** Opens the last checkpoint of a failed run, with options changed; goes on training if asked. */
export async function goBack(runId: string, changes: OptionValues = {}, thenPlay = false): Promise<void> {
  const driver = drivers.get(runId);
  if (!driver) return;
  for (const [name, value] of Object.entries(changes)) setOptionValue(name, value);
  if (!(await driver.goBack(changes))) return;
  const run = runById(runId);
  say(`Back at step ${run?.step ?? 0}.`, true);
  if (!thenPlay) return;
  const { playing, slow } = useRuns.getState();
  if (!playing) await play();
  else if (!slow) await driver.play();
}

/** Starts a failed run from step 0 with options changed. */
export async function startOver(changes: OptionValues): Promise<void> {
  for (const [name, value] of Object.entries(changes)) setOptionValue(name, value);
  await reset();
}

/** The engine's longest slice, ms, for every run. */
export function pace(sliceMs: number): void {
  for (const driver of drivers.values()) void driver.command((client) => client.pace(sliceMs));
}

/** The driver of a run on the bench, counted from 0; for the tests' hook. */
export function driverAt(runIndex: number): RunDriver | undefined {
  return [...drivers.values()][runIndex];
}

/** The checkpoint file of a run as it stands, or null if its worker cannot give one. */
export async function checkpointOf(runId: string): Promise<Uint8Array | null> {
  let bytes: Uint8Array | null = null;
  await drivers.get(runId)?.command(async (client) => {
    bytes = await client.checkpoint();
  });
  return bytes;
}

/** Called when runs end by themselves: Play becomes possible again. */
export function notePlaying(): void {
  const { playing, slow, runs } = useRuns.getState();
  const isBusy = runs.some((run) => run.status === "running" || run.status === "loading");
  if (playing && !isBusy && !slow && ![...drivers.values()].some((driver) => driver.isPlaying || driver.willPlay)) {
    useRuns.setState({ playing: false });
  }
}

async function startRuns(prepared: readonly (Prepared | null)[] = []): Promise<void> {
  const { options, variants } = useLab.getState();
  const mine = generation;
  await afterPaint();
  if (mine !== generation) return;
  const all = [options, ...variants.map((variant) => variantOptions(options, variant))];
  await Promise.all(all.map((runOptions, index) => startRun(runOptions, prepared[index] ?? null)));
}

async function startRun(options: OptionValues, prepared: Prepared | null = null): Promise<RunDriver | null> {
  const { spec, userData } = useLab.getState();
  if (!spec) return null;
  numStarted += 1;
  const runId = `run-${numStarted}`;
  const begin = { domain: spec.id, options, userData, selected: useRuns.getState().selected };
  const driver = new RunDriver(runId, begin, {
    newClient: newTrainingClient,
    onPatch: (id, given, urgent) => {
      const patch = withStages(id, given);
      if (urgent) patchRun(id, patch);
      else queuePatch(id, patch);
      if (patch.status) notePlaying();
      if (patch.stageReport) followStage(id, patch.stageReport, showObservation);
      if (patch.reason) sayReason(id, patch.reason.sentence);
    },
    // Rare, and news: a device reset, a restarted worker. The next sentence must not swallow it.
    onNotice: (sentence) => say(sentence, true),
    onCheckpoint: noteCheckpoint,
  });
  drivers.set(runId, driver);
  if (prepared?.record) continueRecord(runId, prepared.record);
  addRun(runId, options, driver.series);
  const started = prepared ? driver.startAt(prepared.bytes, prepared.step) : driver.start();
  if (!(await started)) return null;
  // A prepared run names the backend that it was prepared on: nothing to say.
  if (!prepared) sayDevice(runId, spec);
  return driver;
}

async function takeWaitingAtStart(): Promise<void> {
  const { table, options } = useLab.getState();
  const [first] = useRuns.getState().runs;
  if (!first || first.step > 0 || waitingOptions(table, options, first.options).length === 0) return;
  await reset();
  say(`Started with the changed options: ${runName(options)}.`, true);
}

function activeDrivers(): readonly RunDriver[] {
  return [...drivers.values()].filter((driver) => {
    const run = runById(driver.runId);
    return run !== undefined && canAdvance(run);
  });
}

/** The workbench is painted before the engine is fetched; a hidden tab does not wait for frames. */
function afterPaint(): Promise<void> {
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
}
