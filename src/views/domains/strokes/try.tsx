// Try your own, strokes: a character drawn here or a picture of one, and how the model would write it.

import type { DomainSpec } from "../../../engine/domain";
import { acceptedFiles } from "../../try/decodePicture";
import type { NewItem, TryOwn } from "../../try/tryOwn";
import { bankOfAnswer } from "./upload/answerBank";
import { ExemplarGalleries } from "./upload/ExemplarGalleries";
import { EXAMPLES } from "./upload/examples";
import { StrokesComparison } from "./upload/StrokesComparison";
import { StrokesPreview } from "./upload/StrokesPreview";
import { drawnItem, MOST_PICTURES, prepareStrokes, readStrokesFile, readStrokesText } from "./upload/tryItems";
import { strokesDifference, strokesVerdict } from "./upload/tryWords";
import "./strokes.css";
import "./upload/upload.css";

/** Everything that "Try your own" shows for strokes. */
export const tryOwn: TryOwn = {
  title: "Try your own character",
  lead: "Draw a letter, a digit, a sign of your own; the lab finds pen strokes that write it.",
  one: "character",
  many: "characters",
  find: "Find the strokes",
  draw: "Draw another",
  drop: "Or drop pictures anywhere on this page, or paste one: PNG, JPEG, WebP, GIF or SVG, at most 20 MB and 8192 pixels on a side; or rows of 0 and 1 as text.",
  startsBlank: true,
  accept: acceptedFiles,
  limits: { items: MOST_PICTURES, files: MOST_PICTURES },
  models: [{ name: "standard", label: "trained on characters" }],
  modelsLabel: "Model",
  // One made alphabet at most: a search needs none of it, and making ten takes longer than the first programs.
  untrained: { images: 1, alphabets: 1 },
  examples: Object.entries(EXAMPLES).map(([title, drawing]) => ({
    title,
    make: (spec: DomainSpec): NewItem => drawnItem(spec, title, drawing),
  })),
  blank: (spec) => drawnItem(spec, "Your drawing"),
  readFile: readStrokesFile,
  readText: (text, spec) => readStrokesText(text, spec),
  prepare: prepareStrokes,
  Preview: StrokesPreview,
  Comparison: StrokesComparison,
  Galleries: ExemplarGalleries,
  picture: ({ spec, options, theta }) => bankOfAnswer(spec, options, theta)?.picture ?? null,
  verdict: strokesVerdict,
  difference: strokesDifference,
  learn: { images: 50, alphabets: 0, batch: 10, iterations: 200, seconds: 30 },
  bench: () => ({}),
};
