// Try your own, clusters: seven points in the plane, or many such sets.

import { fixedText } from "../../numberText";
import type { AnswerProps, NewItem, TryOwn, Verdict } from "../../try/tryOwn";
import { nothingFound, weightVerdict } from "../../try/verdict";
import "./clusters.css";
import { toolsOf } from "./clusterView";
import { movedPoints } from "./upload/movedPoints";
import { PointsComparison } from "./upload/PointsComparison";
import { PointsPreview } from "./upload/PointsPreview";
import {
  MOST_SETS,
  type Point,
  type PointsSource,
  preparePoints,
  readPointsFile,
  readPointsText,
} from "./upload/tryPoints";

/** Everything that "Try your own" shows for clusters. */
export const tryOwn: TryOwn = {
  title: "Try your own points",
  lead: "Seven points in the plane, around the origin and about one unit apart: which of them belong together?",
  one: "set",
  many: "sets",
  find: "Find the clusters",
  draw: "Put down points",
  drop: "Drop a table anywhere on this page, or paste one: seven lines of two numbers, lines of fourteen, or set, x, y in three columns; .txt, .csv or .json, at most 1 MB and 100 sets.",
  accept: ".txt,.csv,.json,text/plain,text/csv,application/json",
  limits: { items: MOST_SETS, files: 20 },
  models: [{ name: "seven", label: "7 points" }],
  modelsLabel: "Model",
  untrained: {},
  examples: [
    {
      title: "Three groups",
      make: () =>
        example("Three groups", [
          [-1.2, 0.9],
          [-1, 1.1],
          [-1.1, 0.8],
          [1, 0.9],
          [1.2, 1],
          [0.1, -1.2],
          [0.2, -1],
        ]),
    },
    {
      title: "Near doubt",
      make: () =>
        example("Near doubt", [
          [-0.2, 0.1],
          [0.1, 0.2],
          [0.35, 0.1],
          [0.6, 0],
          [0.75, 0.2],
          [-0.1, -0.3],
          [0.5, -0.35],
        ]),
    },
    {
      title: "Far away",
      make: () =>
        example("Far away", [
          [40, 42],
          [-38, 41],
          [0, -60],
          [55, -3],
          [-44, -30],
          [20, 70],
          [-70, 5],
        ]),
    },
  ],
  blank: () => example("Your points", []),
  readFile: readPointsFile,
  readText: (text, spec) => readPointsText(text, spec),
  prepare: preparePoints,
  Preview: PointsPreview,
  Comparison: PointsComparison,
  verdict,
  difference,
  learn: { numSets: 100, iterations: 1500, seconds: 20 },
  bench: () => ({}),
};

function example(name: string, points: readonly Point[]): NewItem {
  return { name, source: { points } satisfies PointsSource };
}

/** log p(x | z) below which no clustering fits well; the built-in sets lie between -21 and 4 nats. */
const LEAST_FIT = -40;

function verdict({ item, spec }: AnswerProps): Verdict {
  const best = item.programs[0];
  if (!best) return nothingFound(item, spec.programName.many);
  if (best.logLikelihood >= LEAST_FIT) return weightVerdict(item, spec.programName);
  return {
    kind: "none",
    head: "None fits well.",
    text: `Under the best clustering the points have log p(x | z) = ${fixedText(best.logLikelihood, 0)} nats; sets like those it learned from have more than ${fixedText(LEAST_FIT, 0)}. Are they in other units, or far from the origin?`,
    rule: `Rule: none fits well when the best log p(x | z) is below ${fixedText(LEAST_FIT, 0)} nats.`,
  };
}

/** The points that leave their group: those outside the overlap of each group with its closest one. */
function difference({ spec }: AnswerProps, best: readonly number[], other: readonly number[]): string {
  const tools = toolsOf(spec);
  const moved = movedPoints(tools.labels(best[0] ?? 0), tools.labels(other[0] ?? 0));
  if (moved.length === 0) return "";
  const names = moved.map((point) => point + 1).join(", ");
  return moved.length === 1 ? `It puts point ${names} elsewhere.` : `It puts points ${names} elsewhere.`;
}
