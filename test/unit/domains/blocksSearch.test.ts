// The local search for parses of a picture: without a network it finds the scene that made the picture, and the other
// scenes that look the same.

import { describe, expect, it } from "vitest";
import { alikePrograms, alikeTypes, everyTypeAlone } from "../../../src/domains/blocks/alike";
import { heightOf, MOST_LEVELS } from "../../../src/domains/blocks/program";
import { SceneBoard } from "../../../src/domains/blocks/search/sceneBoard";
import { type SearchSettings, searchNear, towerLayers } from "../../../src/domains/blocks/search/searchNear";
import { Rng } from "../../../src/engine/rng/rng";
import { anyScene, plainJoint, SETTINGS, sceneView, TRUE_TYPES } from "../../helpers/blocksScenes";

/** Asks and tells as the engine does; the programs by their plain joint, best first. */
async function search(picture: Float32Array, settings: SearchSettings, rounds: number) {
  const near = searchNear(settings, picture, async () => TRUE_TYPES, {});
  await near.prepare?.();
  const found: { program: Int32Array; joint: number }[] = [];
  const seen = new Set<string>();
  let slowest = 0;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    const asked = near.ask(32);
    slowest = Math.max(slowest, performance.now() - started);
    for (const program of asked) {
      expect(seen.has(program.join()), "given twice").toBe(false);
      seen.add(program.join());
      found.push({ program, joint: plainJoint(program, picture, settings) });
    }
    near.tell(
      asked.map((program, i) => ({
        program,
        logPrior: 0,
        logLikelihood: found[found.length - asked.length + i]!.joint,
      })),
    );
  }
  found.sort((a, b) => b.joint - a.joint);
  return { found, slowest };
}

describe("appraisals", () => {
  it.each([SETTINGS, { ...SETTINGS, gridSide: 3 }, { ...SETTINGS, gridSide: 1 }])(
    "are log p(z_d, x) of the whole picture within 0.1 nats, on a grid of $gridSide",
    (settings) => {
      const rng = new Rng(3);
      const counts = settings.gridSide ** 2 * Math.log(4);
      const layers = towerLayers(settings, TRUE_TYPES);
      for (let i = 0; i < 20; i++) {
        const { picture } = anyScene(rng, settings);
        const { program } = anyScene(rng, settings);
        const board = new SceneBoard({ layers, picture, noise: settings.noise, groups: everyTypeAlone(3) });
        expect(Math.abs(board.appraise(program) - counts - plainJoint(program, picture, settings))).toBeLessThan(0.1);
        const cell = rng.int(settings.gridSide ** 2);
        board.sweep(program, cell, (tower, worth) => {
          const changed = program.slice();
          changed.set(tower, cell * MOST_LEVELS);
          if (rng.uniform() > 0.05) return;
          expect(Math.abs(worth - counts - plainJoint(changed, picture, settings))).toBeLessThan(0.1);
        });
      }
    },
  );
});

describe("the search", () => {
  it.each([
    // what, settings, askings, scenes, of which at least so many are found
    ["the preset", SETTINGS, 6, 8, 8],
    ["much sideways freedom", { ...SETTINGS, shrink: 0.2 }, 6, 8, 7],
    ["128 pixels", { ...SETTINGS, side: 128, softness: 0.75, noise: 1 }, 6, 4, 4],
    ["nine cells", { ...SETTINGS, gridSide: 3 }, 20, 3, 3],
    ["one tower", { ...SETTINGS, gridSide: 1 }, 3, 8, 8],
  ] as const)(
    "alone finds a scene as good as the true one: %s",
    { timeout: 60_000 },
    async (_, settings, rounds, scenes, least) => {
      const rng = new Rng(11);
      let good = 0;
      for (let i = 0; i < scenes; i++) {
        const { program, picture, raw } = anyScene(rng, settings);
        const { found } = await search(picture, settings, rounds);
        const truth = plainJoint(program, picture, settings);
        // Seen with its blocks where they are, the found scene may be the true one though its plain joint is worse.
        if (found.some((each) => each.program.join() === program.join()) || found[0]!.joint >= truth - 1e-6) good++;
        expect(Number.isFinite(plainJoint(program, picture, settings, raw))).toBe(true);
      }
      expect(good).toBeGreaterThanOrEqual(least);
    },
  );

  it("finds the other scenes that look alike: what may stand behind a high front tower", async () => {
    // Front row, picture's left: three blue blocks. A red block behind them hardly shows.
    const bare = Int32Array.of(0, 0, 0, 3, 3, 3, 0, 0, 0, 0, 0, 0);
    const hidden = bare.with(9, 1);
    const picture = sceneView(bare, new Float64Array(12));
    const { found } = await search(picture, SETTINGS, 10);
    const texts = found.map(({ program }) => program.join(""));
    expect(texts[0]).toBe(bare.join(""));
    expect(texts.slice(0, 5)).toContain(hidden.join(""));
    // It costs ln P of prior, and what shines through soft edges.
    const gap = found[0]!.joint - found.find(({ program }) => program.join() === hidden.join())!.joint;
    expect(gap).toBeGreaterThan(Math.log(3) - 1e-6);
    expect(gap).toBeLessThan(Math.log(3) + 4);
  });

  it("is deterministic, answers an asking within a moment, and goes on from what the network found", async () => {
    const { picture } = anyScene(new Rng(4), SETTINGS);
    const [first, second] = [await search(picture, SETTINGS, 5), await search(picture, SETTINGS, 5)];
    expect(first.found.map(({ program }) => program.join())).toEqual(second.found.map(({ program }) => program.join()));
    expect(first.slowest).toBeLessThan(1000);
    const near = searchNear(SETTINGS, picture, async () => TRUE_TYPES, {});
    await near.prepare?.();
    expect(near.ask(32)).toEqual([]);
  });

  it("tries the towers near the present one where there are too many types for all", async () => {
    const settings = { ...SETTINGS, numTypes: 9 };
    const types = {
      sizes: Float64Array.from({ length: 27 }, (_, i) => TRUE_TYPES.sizes[i % 9]!),
      colors: Float64Array.from({ length: 27 }, (_, i) => TRUE_TYPES.colors[i % 9]!),
    };
    const { picture, program } = anyScene(new Rng(8), SETTINGS);
    const board = new SceneBoard({
      layers: towerLayers(settings, types),
      picture,
      noise: 0.25,
      groups: everyTypeAlone(9),
    });
    expect(board.canPair).toBe(false);
    const towers = board.towers(program, 0);
    expect(towers.length).toBeLessThan(60);
    for (const tower of towers) expect(heightOf(tower, 0)).toBe(Array.from(tower).filter((place) => place > 0).length);
  });
});

describe("types that look alike", () => {
  const types = {
    sizes: Float64Array.of(0.3, 0.3, 0.3, 0.5, 0.5, 0.5, 0.32, 0.3, 0.3, 0.31, 0.31, 0.31),
    colors: Float64Array.of(1, 0, 0, 0, 0, 1, 0.98, 0.01, 0, 0, 1, 0),
  };

  it("are one: the first stands for them and has the prior of all", () => {
    const groups = alikeTypes(types);
    expect(Array.from(groups.standsFor)).toEqual([0, 1, 0, 3]);
    expect(Array.from(groups.copies)).toEqual([2, 1, 0, 1]);
    const { spelling, logCopies } = alikePrograms(groups);
    expect(Array.from(spelling(Int32Array.of(3, 2, 1, 4, 0, 0)))).toEqual([1, 2, 1, 4, 0, 0]);
    expect(logCopies(Int32Array.of(1, 2, 1, 4, 0, 0))).toBeCloseTo(2 * Math.log(2), 12);
  });

  it("are not tried twice, and count for all in appraisals", () => {
    const settings = { ...SETTINGS, numTypes: 4 };
    const layers = towerLayers(settings, types);
    const picture = new Float32Array(3 * 32 * 32).fill(1);
    const program = Int32Array.of(1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0);
    const merged = new SceneBoard({ layers, picture, noise: 0.25, groups: alikeTypes(types) });
    const apart = new SceneBoard({ layers, picture, noise: 0.25, groups: everyTypeAlone(4) });
    expect(merged.towers(program, 0)).toHaveLength(1 + 3 + 9 + 27);
    expect(apart.towers(program, 0)).toHaveLength(1 + 4 + 16 + 64);
    expect(merged.appraise(program) - apart.appraise(program)).toBeCloseTo(Math.log(2), 6);
  });
});
