// Try your own, blocks: a scene built here and photographed, or a picture, and the 3D scenes that explain it.

import { acceptedFiles } from "../../try/decodePicture";
import type { TryOwn } from "../../try/tryOwn";
import { typesPicture } from "./upload/answerView";
import { BlocksComparison } from "./upload/BlocksComparison";
import { BlocksPreview } from "./upload/BlocksPreview";
import { EXAMPLES } from "./upload/examples";
import { builtItem, MOST_PICTURES, prepareBlocks, readBlocksFile, readBlocksText } from "./upload/tryItems";
import { blocksVerdict, parseDifference } from "./upload/tryWords";
import "./blocks.css";
import "./upload/upload.css";

/** Everything that "Try your own" shows for blocks. */
export const tryOwn: TryOwn = {
  title: "Try your own scene",
  lead: "Build towers and have them photographed, or bring a picture; the lab finds the 3D scenes behind it.",
  one: "scene",
  many: "scenes",
  find: "Find the scene",
  draw: "Build another",
  drop: "Or drop a picture anywhere on this page, or paste one: PNG, JPEG, WebP, GIF or SVG, at most 20 MB and 8192 pixels on a side.",
  startsBlank: true,
  accept: acceptedFiles,
  limits: { items: MOST_PICTURES, files: MOST_PICTURES },
  models: [
    { name: "colour", label: "red, green and blue cubes" },
    { name: "plain", label: "cubes of one colour" },
  ],
  modelsLabel: "Model",
  untrained: { scenes: 10 },
  examples: EXAMPLES,
  blank: () => builtItem(),
  readFile: readBlocksFile,
  readText: (text, spec) => readBlocksText(text, spec),
  prepare: prepareBlocks,
  Preview: BlocksPreview,
  Comparison: BlocksComparison,
  picture: typesPicture,
  verdict: blocksVerdict,
  difference: parseDifference,
  learn: { algorithm: "hmws", scenes: 60, iterations: 300, seconds: 40 },
  learnsFrom: (options) => String(options["dataset"] ?? ""),
  bench: (options) => ({ dataset: options["dataset"] ?? "" }),
};
