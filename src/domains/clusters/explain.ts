// A clustering in words: "Three groups: points 1, 2, 3; points 4, 5, 6; point 7 alone."

import { clusterMasks, NUM_POINTS } from "./program";

const COUNTS = ["One group", "Two groups", "Three groups", "Four groups", "Five groups", "Six groups", "Seven groups"];

/** One sentence a clustering, points numbered from 1. */
export function explainProgram(program: number): string {
  const masks = new Int32Array(NUM_POINTS);
  const count = clusterMasks(program, masks);
  if (count === 1) return "One group: all seven points belong together.";
  if (count === NUM_POINTS) return "Seven groups: every point stands alone.";
  const groups = Array.from(masks.subarray(0, count), describeGroup);
  return `${COUNTS[count - 1]}: ${groups.join("; ")}.`;
}

function describeGroup(mask: number): string {
  const points: number[] = [];
  for (let j = 0; j < NUM_POINTS; j++) if ((mask >> j) & 1) points.push(j + 1);
  return points.length === 1 ? `point ${points[0]} alone` : `points ${points.join(", ")}`;
}
