// Try your own, automata: pictures that may have grown by a rule.

import type { DomainSpec } from "../../../engine/domain";
import type { NewItem, TryOwn } from "../../try/tryOwn";
import "./upload/upload.css";
import { acceptedFiles } from "../../try/decodePicture";
import { toolsOf } from "./automataView";
import { emptyGrid } from "./upload/drawing";
import { GridComparison } from "./upload/GridComparison";
import { PicturePreview } from "./upload/PicturePreview";
import { type GridSource, MOST_PICTURES, prepareAutomata, readAutomataFile, readBitmapText } from "./upload/tryItems";
import { automataVerdict, ruleDifference } from "./upload/tryWords";

/** Everything that "Try your own" shows for automata. */
export const tryOwn: TryOwn = {
  title: "Try your own picture",
  lead: "A picture that may have grown column by column: a seashell, a fabric, a print.",
  one: "picture",
  many: "pictures",
  find: "Find the rule",
  draw: "Draw one",
  drop: "Drop pictures anywhere on this page, or paste one: PNG, JPEG, WebP, GIF or SVG, at most 20 MB and 8192 pixels on a side; or rows of 0 and 1 as text, at most 256 by 256.",
  accept: `${acceptedFiles},.csv`,
  limits: { items: MOST_PICTURES, files: MOST_PICTURES },
  models: [
    { name: "k3", label: "3 cells" },
    { name: "k5", label: "5 cells" },
  ],
  modelsLabel: "A rule looks at",
  untrained: {},
  examples: [
    { title: "Rule 110", make: (spec) => grown(spec, "Rule 110 with noise", 110, 40, 48, 7) },
    { title: "Rule 30", make: (spec) => grown(spec, "Rule 30 with noise", 30, 48, 48, 3) },
    { title: "A stripe", make: stripe },
  ],
  blank: () => drawn("Your drawing", emptyGrid(24, 32)),
  readFile: readAutomataFile,
  readText: (text, spec) => readBitmapText(text, spec),
  prepare: prepareAutomata,
  Preview: PicturePreview,
  Comparison: GridComparison,
  verdict: automataVerdict,
  difference: ruleDifference,
  learn: { images: 20, batch: 10, iterations: 200, seconds: 30 },
  bench: ({ height, width, neighbours }) => ({
    height: height ?? 0,
    width: width ?? 0,
    neighbours: neighbours ?? "3",
  }),
};

function drawn(name: string, grid: GridSource["grid"]): NewItem {
  return { name, source: { kind: "grid", grid, boundary: "zero", isDrawn: true } satisfies GridSource };
}

/** A seeded example: a random first column, two cells in a hundred flipped. */
function grown(spec: DomainSpec, name: string, rule: number, height: number, width: number, seed: number): NewItem {
  const tools = toolsOf(spec);
  const rng = tools.rng(seed);
  const first = Uint8Array.from({ length: height }, () => (rng.uniform() < 0.5 ? 1 : 0));
  return drawn(name, tools.growFrom(first, width, { rule, neighbours: 3, boundary: "zero" }, 0.02, rng));
}

/** One dark stripe that runs up: few neighbourhoods occur, so many rules fit. */
function stripe(spec: DomainSpec): NewItem {
  const first = new Uint8Array(24);
  first[22] = 1;
  const growth = { rule: 170, neighbours: 3, boundary: "zero" } as const;
  return drawn("A stripe", toolsOf(spec).growFrom(first, 20, growth));
}
