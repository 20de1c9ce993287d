// What the workbench is set to: domain, preset, options as the controls show them, runs beside the first, own data.

import { create } from "zustand";
import type { DomainSpec, UserData } from "../../engine/domain";
import type { OptionTable, OptionValue, OptionValues } from "../../engine/options";
import { type LabLink, tableOf } from "../router/labLink";
import type { RunVariant } from "../router/variant";

type Lab = {
  readonly spec: DomainSpec | null;
  readonly table: OptionTable;
  readonly preset: string;
  readonly options: OptionValues;
  /** One per run after the first, in the order of the runs. */
  readonly variants: readonly RunVariant[];
  readonly userData: UserData | null;
  /** Sentences about the link that was opened; shown until dismissed. */
  readonly problems: readonly string[];
  readonly faults: boolean;
};

export const useLab = create<Lab>()(() => ({
  spec: null,
  table: {},
  preset: "",
  options: {},
  variants: [],
  userData: null,
  problems: [],
  faults: false,
}));

/** Takes over what a link says. */
export function takeLink(spec: DomainSpec, link: LabLink): void {
  const { preset, options, variants, problems, faults } = link;
  useLab.setState({ spec, table: tableOf(spec, preset), preset, options, variants, problems, faults, userData: null });
}

export function setOptionValue(name: string, value: OptionValue): void {
  useLab.setState(({ options }) => ({ options: { ...options, [name]: value } }));
}

export function addVariant(variant: RunVariant): void {
  useLab.setState(({ variants }) => ({ variants: [...variants, variant] }));
}

export function dropVariant(index: number): void {
  useLab.setState(({ variants }) => ({ variants: variants.filter((_, position) => position !== index) }));
}

/** Options that differ from what a run was started with and only count after Reset. */
export function waitingOptions(table: OptionTable, draft: OptionValues, started: OptionValues): readonly string[] {
  return Object.entries(table)
    .filter(([name, spec]) => spec.applies === "reset" && draft[name] !== started[name])
    .map(([name]) => name);
}
