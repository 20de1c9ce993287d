// The address and the workbench follow each other: a link opens a bench, a change on the bench rewrites the link.

import { useEffect } from "react";
import type { DomainSpec } from "../../engine/domain";
import { defaultsOf } from "../../engine/options";
import { firstShown, type LabState, readLabLink, tableOf, writeLabLink } from "../router/labLink";
import { parseRoute, writeHash } from "../router/route";
import { dropOpening, openLink } from "../saved/openSaved";
import { useLab } from "../stores/labStore";
import { useLayout } from "../stores/layoutStore";
import { useRuns } from "../stores/runStore";
import { takeGiven } from "./givenData";
import { withLightPreset } from "./lightPreset";
import { closeLab, takeUserData } from "./workbench";

/** What the bench answers to. `isShown` is false while a saved run is read and the bench still shows what was before. */
type Answered = { query: string; isShown: boolean };

let answered: Answered = { query: "", isShown: false };

/** Opens what `query` says unless the bench already shows it; frees the workers when the screen is left. */
export function useLabAddress(spec: DomainSpec, query: string): void {
  useEffect(() => openAddress(spec, query), [spec, query]);
  useEffect(() => {
    const write = () => writeAddress(spec);
    const stops = [useLab.subscribe(write), useLayout.subscribe(write), useRuns.subscribe(onSelection(write))];
    return () => {
      for (const stop of stops) stop();
      dropOpening();
      closeLab();
      useLab.setState({ spec: null });
    };
  }, [spec]);
}

function openAddress(spec: DomainSpec, query: string): void {
  const link = readLabLink(spec, withLightPreset(spec, query));
  const wanted = writeLabLink(spec, link, link.faults);
  const isOpen = useLab.getState().spec === spec && useRuns.getState().runs.length > 0;
  if (isOpen && wanted === currentLink(spec) && link.saved === null) {
    // Back again before a saved run was read: it is not opened any more.
    if (!answered.isShown) dropOpening();
    answered.query = query;
    answered.isShown = true;
    return;
  }
  const mine: Answered = { query, isShown: link.saved === null };
  answered = mine;
  const given = takeGiven(spec.id);
  void openLink(spec, link).then(async () => {
    mine.isShown = true;
    if (given && useLab.getState().spec === spec) await takeUserData(given.userData, given.options);
    writeAddress(spec);
  });
}

/** A preset keeps the layout and the runs beside the first; it is a place in the history of its own. */
export function openPreset(preset: string): void {
  const { spec } = useLab.getState();
  if (!spec) return;
  const options = defaultsOf(tableOf(spec, preset));
  window.location.hash = writeLabLink(spec, {
    ...currentState(),
    preset,
    options,
    observation: firstShown(spec, preset),
  });
}

/** Does nothing while another screen or another bench is on its way: the address leads. */
function writeAddress(spec: DomainSpec): void {
  if (useLab.getState().spec !== spec || useRuns.getState().runs.length === 0) return;
  if (!answered.isShown || queryOf(spec) !== answered.query) return;
  writeHash(currentLink(spec), "replace");
  answered.query = queryOf(spec) ?? "";
}

/** The query of the page's address, which may have moved on before this screen takes notice; null: another screen's. */
function queryOf(spec: DomainSpec): string | null {
  const route = parseRoute(window.location.hash);
  return route.screen === "lab" && route.domain === spec.id ? route.query : null;
}

/** What the bench shows now, as a link's content. */
export function currentState(): LabState {
  const { preset, options, variants } = useLab.getState();
  const { closed, opened, axis, hidden, note } = useLayout.getState();
  return { preset, options, variants, closed, opened, axis, hidden, note, observation: useRuns.getState().selected };
}

/** The address of what the bench shows now. */
export function currentLink(spec: DomainSpec): string {
  return writeLabLink(spec, currentState(), useLab.getState().faults);
}

/** Runs change ten times a second; only the selected observation is part of the link. */
function onSelection(write: () => void) {
  return (state: { selected: number }, before: { selected: number }) => {
    if (state.selected !== before.selected) write();
  };
}
