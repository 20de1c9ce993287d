// The comparison's actions: open a plan, let its runs take turns, pause, remove or rerun one, keep what they found.

import type { Fault } from "../../engine/worker/protocol";
import { comparedTableOf } from "../router/labLink";
import { writeHash } from "../router/route";
import { RunDriver } from "../runs/runDriver";
import { say } from "../stores/noticeStore";
import { newTrainingClient } from "../trainingWorker";
import {
  type ComparePatch,
  type CompareRun,
  clearPending,
  compareRun,
  EMPTY_COMPARE,
  freshRun,
  patchCompareRun,
  queueComparePatch,
  replaceRun,
  useCompare,
} from "./compareStore";
import { keepPace, paceKey } from "./estimate";
import { groupName, runsOfPlan } from "./grid";
import { type CompareLink, type ComparePlan, domainNamed, writePlan } from "./plan";
import type { CompareView } from "./planView";
import { nextRuns, seatsOn } from "./queue";
import { keptRun, restoreRuns } from "./restore";
import { keepComparison, readComparison } from "./savedComparison";
import { savedRunsOf } from "./savedRuns";

const drivers = new Map<string, RunDriver>();
/** Runs that hold a seat: loading or training. */
const busy = new Set<string>();
const startedAt = new Map<string, number>();
/** Grows with every comparison: what was under way for an earlier one is given up. */
let generation = 0;

/** Shows a link's comparison with what this device kept of it. Nothing starts before it is asked for. */
export async function openComparison(link: CompareLink): Promise<void> {
  closeComparison();
  const { plan, view, faults } = link;
  const spec = plan ? domainNamed(plan.domain) : undefined;
  if (!plan || !spec) {
    useCompare.setState({ problems: link.problems, faults });
    return;
  }
  const mine = generation;
  const { runs: planned, tooMany } = runsOfPlan(spec, plan);
  const problems = tooMany > 0 ? [...link.problems, tooManySentence(planned.length, tooMany)] : link.problems;
  const runs = planned.map((run) => freshRun(run.place, run.groupId, run.slot, run.options));
  useCompare.setState({ spec, plan, view, faults, problems, runs });
  const [kept, saved] = await Promise.all([readComparison(writePlan(plan)), savedRunsOf(plan, runs)]);
  if (mine !== generation) return;
  const restored = restoreRuns(useCompare.getState().runs, kept);
  useCompare.setState({ runs: [...restored, ...saved.runs], problems: [...problems, ...saved.problems] });
  if (link.start) startAll();
}

/** Ends all runs and frees their workers. */
export function closeComparison(): void {
  generation += 1;
  for (const driver of drivers.values()) driver.dispose();
  drivers.clear();
  busy.clear();
  startedAt.clear();
  clearPending();
  useCompare.setState(EMPTY_COMPARE);
}

/** Every run that is not finished takes its turn. */
export function startAll(): void {
  for (const run of useCompare.getState().runs) if (canRun(run)) patchCompareRun(run.runId, { wants: true });
  schedule();
}

/** All runs stand still where they are. */
export async function pauseAll(): Promise<void> {
  const going = useCompare.getState().runs.filter((run) => run.wants);
  for (const run of going) patchCompareRun(run.runId, { wants: false });
  await Promise.all(going.map((run) => hold(run.runId)));
  schedule();
}

/** One run stands still; its seat goes to the next. */
export async function pauseRun(runId: string): Promise<void> {
  patchCompareRun(runId, { wants: false });
  await hold(runId);
  schedule();
}

/** One run waits for its turn again. */
export function resumeRun(runId: string): void {
  patchCompareRun(runId, { wants: true });
  schedule();
}

/** One run from its start, also a finished or failed one. */
export function rerun(runId: string): void {
  const run = compareRun(runId);
  if (!run) return;
  release(runId);
  replaceRun({ ...freshRun(run.place, run.groupId, run.slot, run.options), wants: true });
  schedule();
}

/** Takes one run out of the plan; the colours of the others stay. */
export function removeRun(runId: string): void {
  const { plan, runs, faults, view } = useCompare.getState();
  const run = compareRun(runId);
  if (!plan || !run) return;
  release(runId);
  const without = [...plan.without, run.place].sort((a, b) => a - b);
  const isSaved = run.runId.startsWith("saved-");
  const next: ComparePlan = isSaved
    ? { ...plan, saved: plan.saved.filter((id) => `saved-${id}` !== run.runId) }
    : { ...plan, without };
  useCompare.setState({ plan: next, runs: runs.filter((each) => each.runId !== runId) });
  writeHash(writePlan(next, view, faults), "replace");
  void keepResults();
  schedule();
}

/** Changes how the comparison is looked at; the link follows. */
export function setView(change: Partial<CompareView>): void {
  const { plan, view, faults } = useCompare.getState();
  const next = { ...view, ...change };
  useCompare.setState({ view: next });
  if (plan) writeHash(writePlan(plan, next, faults), "replace");
}

/** The engine's longest slice, ms, for every run. */
export function paceRuns(sliceMs: number): void {
  for (const driver of drivers.values()) void driver.command((client) => client.pace(sliceMs));
}

/** For tests only: makes a fault happen in a run. */
export async function injectRunFault(fault: Fault, runIndex = 0): Promise<void> {
  const run = useCompare.getState().runs[runIndex];
  await drivers.get(run?.runId ?? "")?.command((client) => client.inject(fault));
}

/** Drivers of runs that have a worker now, to choose another observation in them. */
export function liveDriver(runId: string): RunDriver | undefined {
  return drivers.get(runId);
}

/** True if the run can still be trained. */
export function canRun(run: CompareRun): boolean {
  return run.status === "idle" || run.status === "paused" || run.status === "loading" || run.status === "running";
}

function tooManySentence(kept: number, tooMany: number): string {
  return `The plan has ${kept + tooMany} runs; the first ${kept} are shown. Take values out to compare others.`;
}

function schedule(): void {
  const { runs } = useCompare.getState();
  const backend = runs.find((run) => run.description && !run.isKept)?.description?.backend.name ?? null;
  const seats = seatsOn(backend, navigator.hardwareConcurrency || 2);
  if (seats !== useCompare.getState().seats) useCompare.setState({ seats });
  const queued = runs.map((run) => ({
    runId: run.runId,
    wants: run.wants && canRun(run),
    isActive: busy.has(run.runId),
  }));
  for (const runId of nextRuns(queued, seats)) void go(runId);
}

async function go(runId: string): Promise<void> {
  const mine = generation;
  const run = compareRun(runId);
  const { spec, view } = useCompare.getState();
  if (!run || !spec) return;
  busy.add(runId);
  // Only a run that trains in one go tells the device's pace.
  if (run.step === 0) startedAt.set(runId, performance.now());
  let driver = drivers.get(runId);
  if (!driver) {
    const begin = { domain: spec.id, options: run.options, userData: null, selected: view.observation };
    const fresh = new RunDriver(runId, begin, {
      newClient: newTrainingClient,
      onPatch: (id, patch, urgent) => {
        if (mine === generation && drivers.get(id) === fresh) take(id, patch, urgent);
      },
      onNotice: (sentence) => say(sentence),
    });
    driver = fresh;
    drivers.set(runId, driver);
    replaceRun({ ...run, series: driver.series });
    if (!(await driver.start())) return schedule();
    if (mine !== generation) return;
    // The first run has told which device there is: more seats may be free now.
    schedule();
  }
  // Paused while it was starting, it has given its seat away and waits for its turn again.
  if (compareRun(runId)?.wants && busy.has(runId) && drivers.get(runId) === driver) await driver.play();
}

function take(runId: string, patch: ComparePatch, urgent: boolean): void {
  if (patch.memory) {
    const step = patch.step ?? compareRun(runId)?.step ?? 0;
    compareRun(runId)?.moments.add({ step, memory: patch.memory, picture: patch.picture ?? null });
  }
  if (urgent) patchCompareRun(runId, patch);
  else queueComparePatch(runId, patch);
  if (patch.status === "converged" || patch.status === "stopped") void finish(runId);
  if (patch.status === "failed") {
    busy.delete(runId);
    sayFailure(runId);
    schedule();
    void keepResults([runId]);
  }
}

/** A finished run gives its last state and frees its worker and its seat. */
async function finish(runId: string): Promise<void> {
  const mine = generation;
  const driver = drivers.get(runId);
  let checkpoint: Uint8Array | null = null;
  await driver?.command(async (client) => {
    checkpoint = await client.checkpoint();
  });
  if (mine !== generation || drivers.get(runId) !== driver) return;
  notePace(runId);
  release(runId);
  patchCompareRun(runId, { wants: false, checkpoint });
  schedule();
  await keepResults([runId]);
}

function notePace(runId: string): void {
  const run = compareRun(runId);
  const { spec, plan } = useCompare.getState();
  const began = startedAt.get(runId);
  if (!run || !spec || !plan || began === undefined || run.step < 20) return;
  const msPerStep = (performance.now() - began) / run.step;
  keepPace(paceKey(spec.id, plan.preset, run.options), { msPerStep, particles: Number(run.options["particles"]) });
}

async function hold(runId: string): Promise<void> {
  startedAt.delete(runId);
  await drivers.get(runId)?.pause();
  busy.delete(runId);
}

function release(runId: string): void {
  drivers.get(runId)?.dispose();
  drivers.delete(runId);
  busy.delete(runId);
}

function sayFailure(runId: string): void {
  const run = compareRun(runId);
  const { spec, plan, runs } = useCompare.getState();
  if (!run || !spec || !plan) return;
  const others = runs.filter((other) => other !== run && other.wants).length;
  const name = groupName(comparedTableOf(spec, plan.preset), ["algorithm", "particles"], run.options);
  const rest = others === 0 ? "" : others === 1 ? " One run goes on." : ` The other ${others} go on.`;
  say(`${name}, seed ${run.options["seed"]}, failed at step ${run.failure?.lastGoodStep ?? run.step}.${rest}`, true);
}

/** Keeps on this device what ended runs have found; all of them where none are named. */
export async function keepResults(runIds?: readonly string[]): Promise<void> {
  const { plan, runs } = useCompare.getState();
  if (!plan) return;
  const ended = runs.filter((run) => !canRun(run) && !run.runId.startsWith("saved-"));
  const wanted = runIds ? ended.filter((run) => runIds.includes(run.runId)) : ended;
  if (wanted.length > 0) await keepComparison(writePlan(plan), wanted.map(keptRun));
}
