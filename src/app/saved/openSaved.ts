// Opens saved runs on the workbench: one by its id in the link, or those that belong to the link that is open.

import { create } from "zustand";
import type { DomainSpec } from "../../engine/domain";
import { readRunHead } from "../../engine/run/runFile";
import { countText } from "../../views/numberText";
import { openLab, type Prepared } from "../lab/workbench";
import type { LabLink } from "../router/labLink";
import { variantOptions } from "../router/variant";
import { useLab } from "../stores/labStore";
import { say } from "../stores/noticeStore";
import { useRuns } from "../stores/runStore";
import { startLink } from "./savedLinks";
import type { SavedRun } from "./savedRun";
import { listSavedRuns, readSavedRun } from "./savedRuns";

/** Runs that are saved under the link that is open: one per run of the bench, null where there is none. */
export type Offer = { readonly link: LabLink; readonly runs: readonly (SavedRun | null)[] };

export const useOffer = create<{ readonly offer: Offer | null }>()(() => ({ offer: null }));

/** Grows with every link and when the bench is left: what was being read for an earlier one is given up. */
let opening = 0;

/** Opens what a link says, and the saved run that it names. Without one, offers what is saved under the same link. */
export async function openLink(spec: DomainSpec, link: LabLink): Promise<void> {
  const mine = dropOpening();
  if (link.saved === null) {
    const opened = openLab(spec, link);
    if (!link.play) void offerSaved(spec, link);
    return opened;
  }
  const saved = await readSavedRun(link.saved).catch(() => null); // storage that cannot be read holds no run
  if (mine !== opening) return;
  if (saved && saved.run.domain === spec.id) return openRuns(spec, link, [saved.run]);
  const problem = "The saved run of this link is not on this device. Its options are; it starts at step 0.";
  return openLab(spec, { ...link, problems: [...link.problems, problem] });
}

/** Gives up what is being read: the bench is left. Returns the number of the opening that may follow. */
export function dropOpening(): number {
  useOffer.setState({ offer: null });
  opening += 1;
  return opening;
}

/** Goes on with the runs that are saved under the open link. */
export async function takeOffer(): Promise<void> {
  const { offer } = useOffer.getState();
  const { spec, faults } = useLab.getState();
  useOffer.setState({ offer: null });
  if (offer && spec) await openRuns(spec, { ...offer.link, faults }, offer.runs);
}

/** Nothing is offered once the run on the bench has a life of its own. */
export function dropOffer(): void {
  if (useOffer.getState().offer) useOffer.setState({ offer: null });
}

async function offerSaved(spec: DomainSpec, link: LabLink): Promise<void> {
  const { preset, options, variants } = link;
  const links = [options, ...variants.map((variant) => variantOptions(options, variant))].map((each) =>
    startLink(spec, each, preset),
  );
  const saved = await listSavedRuns().catch((error: unknown) => {
    console.info("Saved runs cannot be read:", error);
    return []; // nothing to offer; the bench works without
  });
  const runs = links.map((each) => saved.find((run) => run.link === each) ?? null);
  const isOpen = useLab.getState().spec === spec && useLab.getState().options === options;
  const isFresh = useRuns.getState().runs.every((run) => run.step === 0) && !useRuns.getState().playing;
  if (runs.some((run) => run !== null) && isOpen && isFresh) useOffer.setState({ offer: { link, runs } });
}

async function openRuns(spec: DomainSpec, link: LabLink, runs: readonly (SavedRun | null)[]): Promise<void> {
  const mine = opening;
  const read = await Promise.all(runs.map((run) => (run ? readSavedRun(run.id) : null)));
  if (mine !== opening) return;
  const prepared = read.map((saved): Prepared | null =>
    saved ? { bytes: saved.checkpoint, step: saved.run.step, record: saved.run } : null,
  );
  const first = read.find((saved) => saved !== null);
  const { preset, options, observation } = first?.run ?? link;
  const opened = openLab(spec, { ...link, preset, options, observation, play: false }, prepared);
  // The person's own data travels in the checkpoint; Reset needs it on the bench.
  if (first) useLab.setState({ userData: readRunHead(first.checkpoint).userData });
  await opened;
  if (first && useLab.getState().spec === spec) say(`Resumed at step ${countText(first.run.step)}.`, true);
}
