// Programs of the clusters domain: a clustering of seven points as a restricted growth string, packed in one int32.
// Label of point j in bits 3j .. 3j + 2 (point 0 lowest). Canonical by construction: label 0 first, each next label
// at most one above the largest so far, so equal clusterings have equal integers (MWS spec 2.2).

export const NUM_POINTS = 7;
export const LABEL_BITS = 3;
export const LABEL_MASK = 7;
/** Bell number of 7: how many clusterings there are. */
export const NUM_CLUSTERINGS = 877;

const LETTERS = "ABCDEFG";

export type ParsedProgram = { ok: true; program: Int32Array } | { ok: false; message: string };

/** The packed form of labels [7]. The labels must be a restricted growth string; `canonicalLabels` makes one. */
export function packLabels(labels: ArrayLike<number>): number {
  let program = 0;
  for (let j = 0; j < NUM_POINTS; j++) program |= labels[j]! << (LABEL_BITS * j);
  return program;
}

/** Label of point j (0-based) in a packed program. */
export function labelOf(program: number, j: number): number {
  return (program >> (LABEL_BITS * j)) & LABEL_MASK;
}

/** Labels [7] of a packed program. */
export function unpackLabels(program: number): Int32Array {
  return Int32Array.from({ length: NUM_POINTS }, (_, j) => labelOf(program, j));
}

/** How many clusters a packed program has, 1 to 7. */
export function numClusters(program: number): number {
  let largest = 0;
  for (let j = 1; j < NUM_POINTS; j++) largest = Math.max(largest, labelOf(program, j));
  return largest + 1;
}

/**
 * Writes each cluster's point set as a bit mask (bit j = point j) to `masks` [7], in label order.
 *
 * @returns the number of clusters
 */
export function clusterMasks(program: number, masks: Int32Array): number {
  masks.fill(0);
  let count = 0;
  for (let j = 0; j < NUM_POINTS; j++) {
    const label = (program >> (LABEL_BITS * j)) & LABEL_MASK;
    masks[label] = masks[label]! | (1 << j);
    if (label >= count) count = label + 1;
  }
  return count;
}

/** Any labelling [7] of the points relabelled in order of appearance: 2, 2, 0, ... becomes 0, 0, 1, ... */
export function canonicalLabels(labels: ArrayLike<number>): Int32Array {
  const seen = new Map<number, number>();
  return Int32Array.from({ length: NUM_POINTS }, (_, j) => {
    const label = labels[j]!;
    if (!seen.has(label)) seen.set(label, seen.size);
    return seen.get(label)!;
  });
}

/** True if an integer is a packed restricted growth string. */
export function isProgram(program: number): boolean {
  if (!Number.isInteger(program) || program < 0 || program >> (LABEL_BITS * NUM_POINTS) !== 0) return false;
  let used = 0;
  for (let j = 0; j < NUM_POINTS; j++) {
    const label = labelOf(program, j);
    if (label > used) return false;
    used = Math.max(used, label + 1);
  }
  return true;
}

/** Canonical printed form: one letter a point, "AAABBBC". */
export function printProgram(program: number): string {
  let text = "";
  for (let j = 0; j < NUM_POINTS; j++) text += LETTERS[labelOf(program, j)];
  return text;
}

/** The inverse of printProgram (lower case is accepted), or one sentence with the first wrong position (1-based). */
export function parseProgram(text: string): ParsedProgram {
  const letters = text.trim().toUpperCase();
  const labels = new Int32Array(NUM_POINTS);
  let used = 0;
  for (let j = 0; j < NUM_POINTS; j++) {
    const letter = letters[j];
    const allowed = used === 0 ? "A" : `A to ${LETTERS[used]}`;
    if (letter === undefined) {
      const message = `The clustering ends after ${j} of 7 letters; position ${j + 1} may be ${allowed}.`;
      return { ok: false, message };
    }
    const label = LETTERS.indexOf(letter);
    if (label < 0 || label > used) {
      const message = `Position ${j + 1} is "${letter}"; allowed there: ${allowed} (new clusters take the next letter).`;
      return { ok: false, message };
    }
    labels[j] = label;
    used = Math.max(used, label + 1);
  }
  if (letters.length > NUM_POINTS) {
    return { ok: false, message: `Position 8 is "${letters[7]}"; a clustering has exactly 7 letters, one a point.` };
  }
  return { ok: true, program: Int32Array.of(packLabels(labels)) };
}
