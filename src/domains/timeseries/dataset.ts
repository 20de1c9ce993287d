// The series of a run: generated ones to learn from, a person's own after them, others held out.

import type { UserData } from "../../engine/domain";
import { makeSeries } from "./data/makeSeries";
import type { OwnScale } from "./facts";
import { SeriesSet } from "./observations";
import type { SeriesSettings } from "./options";
import { MOST_SYMBOLS, NUM_POINTS } from "./program";
import { userSeries } from "./upload/ownSeries";

export type SeriesDataset = {
  readonly train: SeriesSet;
  readonly heldOut: SeriesSet;
  /** [generated, MOST_SYMBOLS] the strings that made the generated training series, which stand first. */
  readonly truths: Int32Array;
  readonly own: readonly OwnScale[];
  readonly note: string;
  /** Row of the first of a person's own series, or -1. */
  readonly userRow: number;
};

/** @throws LabError("file") for malformed user data */
export function makeDataset(settings: SeriesSettings, userData: UserData | null): SeriesDataset {
  const { dataset, series: count, dataSeed: seed, scheme } = settings;
  const made = makeSeries({ dataset, count, seed, scheme, split: "train" });
  const heldOut = makeSeries({ dataset, count, seed, scheme, split: "heldOut" });
  const user = userData ? userSeries(userData) : null;
  const own = user?.series ?? [];
  const values = new Float32Array((count + own.length) * NUM_POINTS);
  values.set(made.values);
  for (const [i, one] of own.entries()) values.set(one.values, (count + i) * NUM_POINTS);
  return {
    train: new SeriesSet(values),
    heldOut: new SeriesSet(heldOut.values),
    truths: made.programs.subarray(0, count * MOST_SYMBOLS),
    own: own.map(({ scale }) => scale),
    note: user?.note ?? "",
    userRow: own.length > 0 ? count : -1,
  };
}
