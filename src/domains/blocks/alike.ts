// Learned types that look alike: with five types for three true ones, duplicates are normal. Scenes that differ only in which
// of them stands where are one explanation; a search for a given picture keeps them as one.

import type { AlikePrograms } from "../../engine/model";
import type { BlockTypes } from "./scene";

/** Types within this of each other, in every extent and channel, look alike. */
export const ALIKE = 0.05;

export type TypeGroups = {
  /** [P] the type that stands for each: the first that it looks like. */
  readonly standsFor: Int32Array;
  /** [P] types that it stands for; 0 for those that another one stands for. */
  readonly copies: Int32Array;
};

/** Groups of alike types. */
export function alikeTypes({ sizes, colors }: BlockTypes): TypeGroups {
  const count = sizes.length / 3;
  const standsFor = new Int32Array(count);
  const copies = new Int32Array(count);
  const near = (values: ArrayLike<number>, a: number, b: number) =>
    [0, 1, 2].every((i) => Math.abs(values[3 * a + i]! - values[3 * b + i]!) < ALIKE);
  for (let type = 0; type < count; type++) {
    let first = 0;
    while (first < type && !(copies[first]! > 0 && near(sizes, first, type) && near(colors, first, type))) first++;
    standsFor[type] = first;
    copies[first]!++;
  }
  return { standsFor, copies };
}

/** Types told apart, each for itself. */
export function everyTypeAlone(count: number): TypeGroups {
  return { standsFor: Int32Array.from({ length: count }, (_, type) => type), copies: new Int32Array(count).fill(1) };
}

/** The same for packed programs. */
export function alikePrograms({ standsFor, copies }: TypeGroups): AlikePrograms {
  return {
    spelling: (program) => program.map((place) => (place > 0 ? 1 + standsFor[place - 1]! : 0)),
    logCopies: (program) => program.reduce((sum, place) => sum + (place > 0 ? Math.log(copies[place - 1]!) : 0), 0),
  };
}
