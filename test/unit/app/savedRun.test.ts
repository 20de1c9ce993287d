// The rules of saved runs that need no browser: which record replaces which, what makes room, the order of the list.

import { describe, expect, it } from "vitest";
import { savedLink } from "../../../src/app/saved/savedLinks";
import {
  contains,
  enoughToFree,
  isOvertaken,
  oldestUnpinned,
  type SavedRun,
  sortRuns,
  withMarks,
} from "../../../src/app/saved/savedRun";
import { dateText, fileStem, sizeText } from "../../../src/app/saved/savedText";
import { pageStorage } from "../../../src/app/saved/storage";

const saved = (changes: Partial<SavedRun> = {}): SavedRun => ({
  id: "a",
  name: "MWS, K = 10, seed 1",
  isNamed: false,
  note: "",
  domain: "clusters",
  preset: "paper",
  options: { seed: 1 },
  link: "#/lab/clusters?v=1",
  observation: 0,
  step: 100,
  iterations: 5000,
  createdAt: 1,
  savedAt: 10,
  bytes: 1000,
  pinned: false,
  isPlain: true,
  picture: null,
  ownData: null,
  appVersion: "0.1.0",
  ...changes,
});

describe("a record that repeats another from the same start", () => {
  const later = saved({ id: "b", step: 200 });
  it("takes its place once it is as far", () => {
    expect(contains(later, saved())).toBe(true);
    expect(contains(saved({ id: "b", step: 100 }), saved())).toBe(true);
    expect(contains(saved({ id: "b", step: 99 }), saved())).toBe(false);
  });

  it.each<[string, Partial<SavedRun>]>([
    ["has a name of its own", { isNamed: true }],
    ["has a note", { note: "keep" }],
    ["is pinned", { pinned: true }],
    ["has another seed", { link: "#/lab/clusters?v=1&seed=2" }],
    ["has other data", { ownData: "shell.png" }],
    ["was changed on its way", { isPlain: false }],
    ["is the same record", { id: "b" }],
  ])("does not when the earlier one %s", (_, changes) => {
    expect(contains(later, saved(changes))).toBe(false);
  });
});

describe("making room", () => {
  const runs = [
    saved({ id: "new", savedAt: 30 }),
    saved({ id: "old", savedAt: 10 }),
    saved({ id: "pinned", savedAt: 5, pinned: true }),
    saved({ id: "middle", savedAt: 20 }),
  ];

  it("offers the oldest first, never pinned ones and never the run that needs it", () => {
    expect(oldestUnpinned(runs, "new").map((run) => run.id)).toEqual(["old", "middle"]);
  });

  it("chooses no more than needed", () => {
    const offered = oldestUnpinned(runs);
    expect(enoughToFree(offered, 1000).map((run) => run.id)).toEqual(["old"]);
    expect(enoughToFree(offered, 1001).map((run) => run.id)).toEqual(["old", "middle"]);
    expect(enoughToFree(offered, 1e9)).toHaveLength(3);
  });
});

describe("the list", () => {
  const runs = [
    saved({ id: "1", name: "seed 10", step: 5, bytes: 30, savedAt: 1 }),
    saved({ id: "2", name: "seed 9", step: 50, bytes: 10, savedAt: 2, domain: "automata" }),
    saved({ id: "3", name: "seed 2", step: 7, bytes: 20, savedAt: 3, pinned: true }),
  ];
  it.each([
    ["date", false, "321"],
    ["date", true, "312"],
    ["name", false, "321"],
    ["step", false, "321"],
    ["size", false, "312"],
    ["domain", false, "321"],
    ["domain", true, "312"],
  ] as const)("by %s, reversed %s, keeps pinned runs on top", (by, isReversed, order) => {
    expect(
      sortRuns(runs, by, isReversed)
        .map((run) => run.id)
        .join(""),
    ).toBe(order);
  });
});

describe("what people have made of a record", () => {
  it("stays when the run is saved again", () => {
    const earlier = saved({ name: "Mine", isNamed: true, note: "n", pinned: true, createdAt: 0 });
    expect(withMarks(saved({ step: 300 }), earlier)).toEqual({ ...earlier, step: 300 });
  });

  it("is kept by the page where the device keeps nothing", async () => {
    const storage = pageStorage();
    await storage.put({ run: saved(), checkpoint: Uint8Array.of(1) });
    await storage.change("a", { name: "Mine", isNamed: true });
    await storage.put({ run: saved({ step: 300 }), checkpoint: Uint8Array.of(2) });
    expect(await storage.read("a")).toEqual({
      run: saved({ name: "Mine", isNamed: true, step: 300 }),
      checkpoint: Uint8Array.of(2),
    });
    await storage.remove(["a"]);
    expect(await storage.list()).toEqual([]);
  });
});

describe("a record that another tab has written", () => {
  const known = { savedAt: 10, step: 100 };
  it.each<[string, boolean, Partial<SavedRun>, typeof known | undefined]>([
    ["newer and further on", true, { savedAt: 11, step: 150 }, known],
    ["newer, but not as far", false, { savedAt: 11, step: 90 }, known],
    ["as this page left it: the run has gone back", false, { savedAt: 10, step: 150 }, known],
    ["further on and never read here", true, { savedAt: 1, step: 150 }, undefined],
  ])("%s: overtaken is %s", (_, expected, stored, mark) => {
    expect(isOvertaken(saved({ step: 120 }), saved(stored), mark)).toBe(expected);
  });

  it("is not written over by the storage", async () => {
    const storage = pageStorage();
    expect(await storage.put({ run: saved(), checkpoint: Uint8Array.of(1) })).toBe(true);
    expect(await storage.put({ run: saved({ step: 300, savedAt: 20 }), checkpoint: Uint8Array.of(2) }, known)).toBe(
      true,
    );
    expect(await storage.put({ run: saved({ step: 200, savedAt: 30 }), checkpoint: Uint8Array.of(3) }, known)).toBe(
      false,
    );
    expect((await storage.read("a"))?.checkpoint).toEqual(Uint8Array.of(2));
  });
});

describe("texts", () => {
  it.each([
    [34_808, "0.03 MB"],
    [1_960_000, "2.0 MB"],
    [2_400_000_000, "2.4 GB"],
  ])("%d bytes are %s", (bytes, text) => expect(sizeText(bytes)).toBe(text));

  it("name the day only when it is another one", () => {
    const noon = new Date(2026, 10, 21, 12, 5).getTime();
    expect(dateText(noon, noon + 3_600_000)).toBe("today, 12:05");
    expect(dateText(noon, noon + 86_400_000)).toBe("21 Nov 2026, 12:05");
  });

  it("make names that every file system takes", () => {
    expect(fileStem(["clusters", "Für Dienstag: K = 4", "step30"])).toBe("clusters-fur-dienstag-k-4-step30");
  });

  it("make links that open the run at its observation", () => {
    expect(savedLink(saved({ observation: 2 }))).toBe("#/lab/clusters?v=1&obs=3&saved=a");
  });
});
