// The domain's picture for the page: best rule and mismatches of every training picture, posterior of the chosen one.
// Without memory the recogniser's rules are refreshed a few rows at a time, so that a snapshot stays cheap.

import type { ProgramMemory } from "../../engine/memory/programMemory";
import type { Batch } from "../../engine/model";
import type { AutomataPicture } from "./facts";
import { numBits } from "./grid";
import { mismatches, posteriorBits } from "./likelihood";
import type { AutomataModel } from "./model";
import type { Pictures } from "./observations";

/** Rows that one snapshot sends through the network, beside the chosen one. */
const ROWS_PER_SNAPSHOT = 20;

export class PictureMaker {
  private readonly pictures: Pictures;
  private readonly model: AutomataModel;
  /** The recogniser's rules as last seen. */
  private readonly recognised: Int32Array;
  private readonly isSeen: Uint8Array;
  private next = 0;

  constructor(pictures: Pictures, model: AutomataModel) {
    this.pictures = pictures;
    this.model = model;
    this.recognised = new Int32Array(pictures.count);
    this.isSeen = new Uint8Array(pictures.count);
  }

  /** A fresh record; about 9 bytes a training picture. */
  async make(context: { selected: number; memory: ProgramMemory | null; step: number }): Promise<AutomataPicture> {
    const { pictures, model } = this;
    const { memory, step } = context;
    const selected = Math.min(Math.max(0, context.selected), pictures.count - 1);
    const own: Batch<Pictures> = { observations: pictures, ids: Int32Array.of(selected) };
    const { probability } = await model.recogniser.tables(own);
    const shown = memory ? this.fromMemory(memory) : await this.fromRecogniser(own);
    const { counts, height, neighbours } = pictures;
    const bits = numBits(neighbours);
    const wrong = shown.rules.map((rule, n) =>
      shown.hasRule[n] === 1 ? mismatches(counts, 2 * bits * n, bits, rule) : 0,
    );
    const { phi, prior } = model.generative;
    const statistics = { counts, from: 2 * bits * selected, bits, height };
    return {
      kind: "automata",
      step,
      selected,
      phi,
      source: memory ? "memory" : "recogniser",
      ...shown,
      mismatches: wrong,
      transitions: pictures.transitions,
      posteriorExact: Float32Array.from(posteriorBits(statistics, phi, prior.bitLogits())),
      posteriorRecogniser: Float32Array.from(probability),
      prior: Float32Array.from(prior.bitProbabilities()),
      logPxExact: model.generative.exactLogPx(own)?.[0] ?? Number.NaN,
    };
  }

  /** The best member of each memory as of its latest visit. */
  private fromMemory({ rows, memorySize, numObservations }: ProgramMemory): { rules: Int32Array; hasRule: Uint8Array } {
    const rules = new Int32Array(this.pictures.count);
    const hasRule = new Uint8Array(this.pictures.count);
    for (let n = 0; n < Math.min(numObservations, this.pictures.count); n++) {
      if (rows.counts[n] === 0) continue;
      rules[n] = rows.programs[n * memorySize]!;
      hasRule[n] = 1;
    }
    return { rules, hasRule };
  }

  private async fromRecogniser(own: Batch<Pictures>): Promise<{ rules: Int32Array; hasRule: Uint8Array }> {
    const { count } = this.pictures;
    const rows = Math.min(ROWS_PER_SNAPSHOT, count);
    const ids = Int32Array.from({ length: rows }, (_, i) => (this.next + i) % count);
    this.next = (this.next + rows) % count;
    for (const batch of [{ observations: this.pictures, ids }, own]) {
      const rules = await this.model.recogniser.mostProbable(batch);
      for (const [b, row] of batch.ids.entries()) {
        this.recognised[row] = rules[b]!;
        this.isSeen[row] = 1;
      }
    }
    return { rules: this.recognised.slice(), hasRule: this.isSeen.slice() };
  }
}
