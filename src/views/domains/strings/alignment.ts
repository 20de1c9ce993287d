// Which part of a program made which character of a string, and how probable the string is: asked of the evaluator once
// per (program, logits) and kept.

import type { StringsTools } from "../../../domains/strings";
import type { Evaluator } from "../../../domains/strings/evaluator";

export type AlignedString = {
  readonly text: string;
  /** Its code points. */
  readonly characters: readonly string[];
  /** Atom of each character in the best derivation; null where the program cannot make the string. */
  readonly atoms: ArrayLike<number> | null;
  /** log p(string | program), summed over all derivations, nats; -Infinity where impossible. */
  readonly logProb: number;
  /** Log probability of the best derivation alone, nats. */
  readonly bestLog: number;
};

/** Most programs whose alignments are kept for one state of the evaluator. */
const KEPT = 40;

/** Aligns strings with programs under the logits it was given last. */
export class Aligner {
  private readonly evaluator: Evaluator;
  private readonly known = new Map<string, readonly AlignedString[]>();
  private logits: ArrayLike<number> | null = null;

  constructor(private readonly tools: StringsTools) {
    this.evaluator = tools.createEvaluator();
  }

  /** `printed` names the program; equal lists are compared by identity. */
  align(
    logits: ArrayLike<number>,
    printed: string,
    program: ArrayLike<number>,
    strings: readonly string[],
  ): readonly AlignedString[] {
    this.take(logits);
    const key = `${printed}\n${strings.join("\n")}`;
    const found = this.known.get(key);
    if (found) return found;
    const aligned = this.compute(program, strings);
    if (this.known.size >= KEPT) this.known.clear();
    this.known.set(key, aligned);
    return aligned;
  }

  private compute(program: ArrayLike<number>, strings: readonly string[]): readonly AlignedString[] {
    const encoded = this.tools.encodeStrings(strings);
    return strings.map((text, i) => {
      const logProb = this.evaluator.logProb(program, encoded, i, i + 1);
      const derivation = logProb === Number.NEGATIVE_INFINITY ? null : this.evaluator.derive(program, encoded, i);
      const atoms = derivation?.atoms ?? null;
      return { text, characters: [...text], atoms, logProb, bestLog: derivation?.logProb ?? Number.NEGATIVE_INFINITY };
    });
  }

  /**
   * `count` strings of a program; those longer than 40 symbols are redrawn. Each has random numbers of its own, from
   * `seed` on, so that a string stays the same while the evaluator moves little.
   */
  sample(logits: ArrayLike<number>, program: ArrayLike<number>, count: number, seed: number): readonly string[] {
    this.take(logits);
    return Array.from({ length: count }, (_, i) => this.evaluator.sample(program, this.tools.rng(seed + i)).text);
  }

  private take(logits: ArrayLike<number>): void {
    if (this.logits === logits) return;
    this.logits = logits;
    this.known.clear();
    this.evaluator.setLogits(logits);
  }
}

/** Sum over the strings, nats; -Infinity as soon as one is impossible. */
export function totalLogProb(strings: readonly AlignedString[]): number {
  return strings.reduce((sum, one) => sum + one.logProb, 0);
}

/** Characters of the strings that atoms from `first` to before `end` made, and all characters. */
export function countMade(
  strings: readonly AlignedString[],
  first: number,
  end: number,
): { readonly made: number; readonly all: number } {
  let made = 0;
  let all = 0;
  for (const { atoms, characters } of strings) {
    all += characters.length;
    for (let i = 0; atoms && i < atoms.length; i++) if ((atoms[i] ?? -1) >= first && (atoms[i] ?? -1) < end) made += 1;
  }
  return { made, all };
}
