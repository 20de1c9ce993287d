// Packed concepts: what the networks read and the evaluator scores, packed once.

import type { Batch } from "../../engine/model";
import type { Texts } from "../../engine/nn/sequence";
import type { Concepts } from "./concepts";
import type { EncodedStrings } from "./evaluator";
import { encodeStrings } from "./scoring/encode";
import { END_OF_TEXT, OUTSIDE } from "./tokens";

/** A set of concepts, each with its strings. */
export class ConceptSet implements Concepts {
  readonly count: number;
  readonly names: readonly string[];
  readonly strings: readonly (readonly string[])[];
  readonly texts: Texts;
  /** The strings of all concepts in one row, for the evaluator. */
  readonly encoded: EncodedStrings;

  /** @param strings [count][J], at least one string each */
  constructor(names: readonly string[], strings: readonly (readonly string[])[]) {
    this.count = strings.length;
    this.names = names;
    this.strings = strings;
    const groupOffsets = new Int32Array(strings.length + 1);
    for (const [n, own] of strings.entries()) groupOffsets[n + 1] = groupOffsets[n]! + own.length;
    this.encoded = encodeStrings(strings.flat());
    this.texts = { ...textsOfEncoded(this.encoded), groupOffsets };
  }

  /** First string of concept n in `encoded`; n = count gives the number of all. */
  from(n: number): number {
    return this.texts.groupOffsets[n]!;
  }

  /** The different symbols of Sigma in the strings of concept n. */
  symbolsOf(n: number): readonly number[] {
    const { symbols, offsets } = this.encoded;
    const own = symbols.subarray(offsets[this.from(n)]!, offsets[this.from(n + 1)]!);
    return [...new Set(own)].filter((symbol) => symbol < OUTSIDE);
  }
}

/** The same strings as the recognition model reads them, each with the symbol that ends a text. */
function textsOfEncoded({ symbols, offsets }: EncodedStrings): Omit<Texts, "groupOffsets"> {
  const count = offsets.length - 1;
  const out = new Uint8Array(symbols.length + count);
  const textOffsets = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) {
    let to = textOffsets[i]!;
    for (let t = offsets[i]!; t < offsets[i + 1]!; t++) out[to++] = Math.min(symbols[t]!, OUTSIDE);
    out[to++] = END_OF_TEXT;
    textOffsets[i + 1] = to;
  }
  return { symbols: out, textOffsets };
}

const kept = new WeakMap<Batch<ConceptSet>, Texts>();

/** The texts of a batch, group b = row b. One object a batch: networks keep what they read by its identity. */
export function textsOf(batch: Batch<ConceptSet>): Texts {
  const known = kept.get(batch);
  if (known) return known;
  const texts = gatherTexts(batch.observations.texts, batch.ids);
  kept.set(batch, texts);
  return texts;
}

function gatherTexts(all: Texts, ids: Int32Array): Texts {
  const symbols: number[] = [];
  const textOffsets = [0];
  const groupOffsets = [0];
  for (const id of ids) {
    for (let text = all.groupOffsets[id]!; text < all.groupOffsets[id + 1]!; text++) {
      for (let i = all.textOffsets[text]!; i < all.textOffsets[text + 1]!; i++) symbols.push(all.symbols[i]!);
      textOffsets.push(symbols.length);
    }
    groupOffsets.push(textOffsets.length - 1);
  }
  return {
    symbols: Uint8Array.from(symbols),
    textOffsets: Int32Array.from(textOffsets),
    groupOffsets: Int32Array.from(groupOffsets),
  };
}

/** A batch of all rows. */
export function everyRow(observations: ConceptSet): Batch<ConceptSet> {
  return { observations, ids: Int32Array.from({ length: observations.count }, (_, i) => i) };
}
