// What "Try your own" holds while the page lives, one record a domain: inputs with their results (each change can be
// undone), problems of the last input, and what is going on.

import { create } from "zustand";
import type { LabErrorData } from "../../engine/errors";
import type { OptionValues } from "../../engine/options";
import type { InferenceReport } from "../../engine/worker/inferences";
import type { NewItem, ReadOutcome, TryItem } from "../../views/try/tryOwn";

export type TryAnswer = {
  readonly report: InferenceReport;
  readonly options: OptionValues;
  /** Whose parameters: "shipped model k3", "learned for 200 steps". */
  readonly by: string;
};

/** Inputs and what was found for them: with the model as it was, and after learning from them. */
export type TryEntry = {
  readonly items: readonly TryItem[];
  readonly before: TryAnswer | null;
  readonly after: TryAnswer | null;
};

export type TryWork = "idle" | "reading" | "searching" | "learning";

export type DomainTry = {
  /** The last is the present one. */
  readonly entries: readonly TryEntry[];
  readonly problems: readonly string[];
  readonly rest: ReadOutcome["rest"];
  /** Shipped model by name; "" for the domain's first. */
  readonly model: string;
  readonly isTrained: boolean;
  /** Data set beside the person's own when learning; "" for the domain's own. */
  readonly learnData: string;
  readonly work: TryWork;
  readonly progress: { readonly step: number; readonly steps: number } | null;
  /** Input and program on show. */
  readonly item: number;
  readonly program: number;
  /** Which answer is on show where there are two. */
  readonly side: "before" | "after";
  readonly error: LabErrorData | null;
};

const NO_ENTRY: TryEntry = { items: [], before: null, after: null };
const FRESH: DomainTry = {
  entries: [NO_ENTRY],
  problems: [],
  rest: null,
  model: "",
  isTrained: true,
  learnData: "",
  work: "idle",
  progress: null,
  item: 0,
  program: 0,
  side: "before",
  error: null,
};
const MOST_ENTRIES = 200;

let lastId = 0;

type Tries = { readonly byDomain: Readonly<Record<string, DomainTry>> };

export const useTries = create<Tries>()(() => ({ byDomain: {} }));

/** A domain's record as a hook. */
export function useTry(domain: string): DomainTry {
  return useTries((tries) => tries.byDomain[domain] ?? FRESH);
}

/** A domain's record now. */
export function tryOf(domain: string): DomainTry {
  return useTries.getState().byDomain[domain] ?? FRESH;
}

/** Changes a domain's record. */
export function patchTry(domain: string, patch: Partial<DomainTry>): void {
  const { byDomain } = useTries.getState();
  useTries.setState({ byDomain: { ...byDomain, [domain]: { ...tryOf(domain), ...patch } } });
}

/** The inputs on show and what was found for them. */
export function entryOf(state: DomainTry): TryEntry {
  return state.entries.at(-1) ?? NO_ENTRY;
}

/** Other inputs: a new entry without answers, on top of the old ones. */
export function changeItems(domain: string, items: readonly TryItem[]): void {
  const { entries, item } = tryOf(domain);
  const next = [...entries.slice(-MOST_ENTRIES), { ...NO_ENTRY, items }];
  const shown = Math.min(item, Math.max(0, items.length - 1));
  patchTry(domain, { entries: next, item: shown, program: 0, side: "before", error: null });
}

/** Puts new inputs in place of the present ones. */
export function takeItems(domain: string, items: readonly NewItem[]): void {
  changeItems(domain, withIds(items));
  patchTry(domain, { item: 0 });
}

function withIds(items: readonly NewItem[]): readonly TryItem[] {
  return items.map((item) => {
    lastId += 1;
    return { ...item, id: lastId };
  });
}

/** One input's source changed. */
export function changeSource(domain: string, id: number, source: unknown): void {
  const { items } = entryOf(tryOf(domain));
  changeItems(
    domain,
    items.map((item) => (item.id === id ? { ...item, source } : item)),
  );
}

/** Takes the last change back, with the answers that belonged to what stood there before. */
export function undoItems(domain: string): void {
  const { entries } = tryOf(domain);
  if (entries.length < 2) return;
  patchTry(domain, {
    entries: entries.slice(0, -1),
    item: 0,
    program: 0,
    side: "before",
    problems: [],
    rest: null,
    error: null,
  });
}

/** Writes an answer beside the inputs that it belongs to. */
export function keepAnswer(domain: string, side: "before" | "after", answer: TryAnswer): void {
  const { entries } = tryOf(domain);
  const present = entryOf(tryOf(domain));
  const after = side === "before" ? null : answer;
  const entry = side === "before" ? { ...present, before: answer, after } : { ...present, after };
  patchTry(domain, { entries: [...entries.slice(0, -1), entry] });
}
