// Small automata runs and pictures for tests.

import { automata } from "../../src/domains/automata/index";
import type { Pictures } from "../../src/domains/automata/observations";
import { automataRuntime } from "../../src/domains/automata/runtime";
import type { BackendName } from "../../src/engine/backend";
import type { DomainInstance, UserData } from "../../src/engine/domain";
import { defaultsOf, type OptionValues } from "../../src/engine/options";
import { Rng } from "../../src/engine/rng/rng";
import type { RunOptions } from "../../src/engine/run/options";

/** The defaults with changes. */
export function automataOptions(changes: OptionValues = {}): RunOptions {
  // Defaults of the option table are complete; the type is narrower than the table's.
  return { ...defaultsOf(automata.options), ...changes } as RunOptions;
}

/** A built run; tiny by default: 12 pictures of 16 by 16 cells on plain TypeScript. */
export async function buildAutomata(
  changes: OptionValues = {},
  { backend = "cpu", userData = null }: { backend?: BackendName; userData?: UserData | null } = {},
): Promise<DomainInstance<Pictures>> {
  const options = automataOptions({ images: 12, height: 16, width: 16, ...changes });
  const built = await automataRuntime.build({
    options,
    backend,
    rng: new Rng(options.seed),
    userData,
    readAsset: async () => new Uint8Array(),
  });
  // The runtime builds pictures; the engine's type only promises observations.
  return built as DomainInstance<Pictures>;
}

/** Rows 0..count - 1 of the training pictures. */
export function firstRows(instance: DomainInstance<Pictures>, count: number) {
  return { observations: instance.train, ids: Int32Array.from({ length: count }, (_, i) => i) };
}

/** A black-and-white picture as decoded pixels: each cell `scale` by `scale`, 1 is black. */
export function paint(rows: readonly string[], scale = 1): { width: number; height: number; rgba: Uint8ClampedArray } {
  const width = (rows[0]?.length ?? 0) * scale;
  const height = rows.length * scale;
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dark = rows[Math.floor(y / scale)]?.[Math.floor(x / scale)] === "1";
      rgba.fill(dark ? 0 : 255, 4 * (y * width + x), 4 * (y * width + x) + 3);
      rgba[4 * (y * width + x) + 3] = 255;
    }
  }
  return { width, height, rgba };
}
