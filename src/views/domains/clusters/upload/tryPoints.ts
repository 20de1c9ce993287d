// Inputs of "Try your own" for clusters: sets of up to seven points; files and text become sets, and complete sets
// become what is sent.

import type { DomainSpec, UploadResult, UserData } from "../../../../engine/domain";
import type { OptionValues } from "../../../../engine/options";
import {
  badInput,
  type NewItem,
  nothingRead,
  type Prepared,
  type ReadOutcome,
  type TryItem,
} from "../../../try/tryOwn";

export type Point = readonly [number, number];
export type PointsSource = { readonly points: readonly Point[] };

export const NUM_POINTS = 7;
/** Sets that are searched at once. */
export const MOST_SETS = 100;
const MAX_BYTES = 1024 * 1024;

/** The domain's own record in an item. */
export function pointsOf(item: TryItem): readonly Point[] {
  // Items of this domain are made in this folder only.
  return (item.source as PointsSource).points;
}

/** A text file as sets. */
export async function readPointsFile(file: File, spec: DomainSpec): Promise<ReadOutcome> {
  const isText = /\.(txt|csv|json)$/i.test(file.name) || /^(text\/|application\/json)/.test(file.type);
  if (!isText) return badInput(`${file.name} is not a table of points: .txt, .csv and .json are allowed.`);
  if (file.size === 0) return badInput(`${file.name} is empty: it has 0 bytes.`);
  if (file.size > MAX_BYTES) {
    return badInput(`${file.name} has ${(file.size / 1024 / 1024).toFixed(1)} MB; at most 1 MB is allowed.`);
  }
  return readPointsText(await file.text(), spec, file.name);
}

/** Text as sets: seven lines of two numbers, lines of fourteen, a table with a set column, or JSON. */
export function readPointsText(text: string, spec: DomainSpec, name = "Pasted text"): ReadOutcome {
  if (text.includes("\uFFFD") || text.includes("\u0000")) {
    return badInput(`${name} cannot be read as text; allowed: UTF-8 with numbers.`);
  }
  const result: UploadResult = spec.fromUpload({ kind: "text", name, text }, {});
  const items = result.ok ? itemsOf(result.userData) : [];
  const rest = !result.ok && result.rest ? itemsOf(result.rest.userData) : [];
  const most = Math.max(items.length, rest.length);
  if (most > MOST_SETS) return badInput(`${name} holds ${most} sets; at most ${MOST_SETS} at once are allowed.`);
  if (result.ok) return { ...nothingRead, items };
  const problems = result.problems.slice(0, 3).map((problem) => `${name}: ${problem.message}`);
  return { items: [], problems, rest: result.rest ? { name: result.rest.name, items: rest } : null };
}

function itemsOf(userData: UserData): NewItem[] {
  // The payload that the domain's fromUpload makes.
  const { sets } = userData.payload as { readonly sets: readonly (readonly number[])[] };
  return sets.map((set, i) => ({
    name: sets.length > 1 ? `Set ${i + 1}` : userData.name,
    source: { points: pairs(set) } satisfies PointsSource,
  }));
}

function pairs(numbers: readonly number[]): readonly Point[] {
  return Array.from({ length: NUM_POINTS }, (_, j) => [numbers[2 * j] ?? 0, numbers[2 * j + 1] ?? 0] as const);
}

/** Complete sets as user data. */
export function preparePoints(items: readonly TryItem[], _spec: DomainSpec, own: OptionValues): Prepared {
  const short = items.find((item) => pointsOf(item).length < NUM_POINTS);
  if (short) {
    const missing = NUM_POINTS - pointsOf(short).length;
    return {
      ok: false,
      message: `${missing} ${missing === 1 ? "point is" : "points are"} missing: a set has exactly 7.`,
    };
  }
  const sets = items.map((item) => pointsOf(item).flat());
  const name = items.length === 1 ? (items[0]?.name ?? "Your points") : `${items.length} sets of points`;
  const note = items.length === 1 ? "7 points" : `${items.length} sets of 7 points`;
  return { ok: true, userData: { name, payload: { sets } }, options: own, seen: items.map(pointsOf), note };
}
