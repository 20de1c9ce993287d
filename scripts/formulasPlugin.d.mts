// Types of formulasPlugin.mjs for the configurations and the tests.

import type { Plugin } from "vite";

type Entry = { readonly tex: string; readonly words?: string; readonly meaning?: string; readonly symbols?: string[] };
type Table = Readonly<Record<string, Entry>>;
type Rendered = Readonly<Record<string, Omit<Entry, "tex"> & { readonly html: string }>>;

export function mathOf(tex: string): string;
export function renderFormulas(source: { readonly symbols: Table; readonly formulas: Table }): {
  readonly symbols: Rendered;
  readonly formulas: Rendered;
};
export function formulasPlugin(): Plugin;
