// The domain's picture for the page: the bank as it stands, and the best program of every character.
// Without memory the recogniser's programs are refreshed a few rows at a time, so that a snapshot stays cheap.

import type { ProgramMemory } from "../../engine/memory/programMemory";
import type { Batch } from "../../engine/model";
import type { Rng } from "../../engine/rng/rng";
import { bankRows } from "./dataset";
import type { StrokesPicture } from "./facts";
import type { Images } from "./images";
import type { StrokesModel } from "./model";
import { isDown, NUM_TOKENS, strokeOf } from "./program";

/** Rows that one snapshot draws programs for where there is no memory, beside the chosen one, and draws of each. */
const ROWS_PER_SNAPSHOT = 3;
const DRAWS = 4;
/** Programs of the prior for the alphabet on show. */
const ALPHABET_SAMPLES = 10;
/** Characters whose programs a snapshot carries: 20 bytes each, and a snapshot may have 256 kB. */
const MOST_ROWS = 5000;

export class PictureMaker {
  private readonly images: Images;
  private readonly model: StrokesModel;
  private readonly count: number;
  /** The recogniser's best programs as last seen, [count, A]. */
  private readonly recognised: Int16Array;
  private readonly isSeen: Uint8Array;
  private next = 0;

  constructor(images: Images, model: StrokesModel) {
    this.images = images;
    this.model = model;
    this.count = Math.min(images.count, MOST_ROWS);
    this.recognised = new Int16Array(this.count * NUM_TOKENS);
    this.isSeen = new Uint8Array(this.count);
  }

  /** A fresh record; about 21 bytes a training character. */
  async make(context: {
    selected: number;
    memory: ProgramMemory | null;
    step: number;
    rng: Rng;
  }): Promise<StrokesPicture> {
    const selected = Math.min(Math.max(0, context.selected), this.images.count - 1);
    const { memory } = context;
    const shown = memory ? this.fromMemory(memory) : await this.fromRecogniser(selected, context.rng);
    const bank = await this.model.generative.renderer.bank();
    return {
      kind: "strokes",
      step: context.step,
      selected,
      bank: bankRows(bank),
      scale: bank.scale,
      bias: bank.bias,
      affine: Float32Array.from(bank.transforms),
      usage: usageOf(shown.programs, shown.hasProgram, bank.dx.length),
      source: memory ? "memory" : "recogniser",
      ...shown,
      samples: await this.samplesFor(this.images.alphabets[selected] ?? 0, context.rng),
    };
  }

  /** What the prior would write for an alphabet, where it is told which. */
  private async samplesFor(alphabet: number, rng: Rng): Promise<Int16Array> {
    const { generative } = this.model;
    if (generative.prior.spec.context === 0) return new Int16Array(0);
    const alphabets = new Int32Array(ALPHABET_SAMPLES).fill(alphabet);
    return Int16Array.from((await generative.samplePrograms(alphabets, rng.fork("alphabet"))).values);
  }

  /** The best member of each memory as of its latest visit. */
  private fromMemory({ rows, memorySize }: ProgramMemory): { programs: Int16Array; hasProgram: Uint8Array } {
    const programs = new Int16Array(this.count * NUM_TOKENS);
    const hasProgram = new Uint8Array(this.count);
    for (let n = 0; n < this.count; n++) {
      if (rows.counts[n] === 0) continue;
      const from = n * memorySize * NUM_TOKENS;
      programs.set(rows.programs.subarray(from, from + NUM_TOKENS), n * NUM_TOKENS);
      hasProgram[n] = 1;
    }
    return { programs, hasProgram };
  }

  private async fromRecogniser(selected: number, rng: Rng): Promise<{ programs: Int16Array; hasProgram: Uint8Array }> {
    const rows = Math.min(ROWS_PER_SNAPSHOT, this.count);
    const turn = Array.from({ length: rows }, (_, i) => (this.next + i) % this.count);
    this.next = (this.next + rows) % this.count;
    const ids = Int32Array.from(new Set([...turn, ...(selected < this.count ? [selected] : [])]));
    await this.refresh({ observations: this.images, ids }, rng);
    return { programs: this.recognised.slice(), hasProgram: this.isSeen.slice() };
  }

  /** Keeps the best of a few draws for each row of the batch. */
  private async refresh(batch: Batch<Images>, rng: Rng): Promise<void> {
    const { programs } = await this.model.propose(batch, DRAWS, rng.fork("recognised"));
    const { logPrior, logLikelihood } = await this.model.score(batch, programs);
    const batchSize = batch.ids.length;
    for (const [b, row] of batch.ids.entries()) {
      let best = b;
      for (let i = b; i < logPrior.length; i += batchSize) {
        if (logPrior[i]! + logLikelihood[i]! > logPrior[best]! + logLikelihood[best]!) best = i;
      }
      this.recognised.set(programs.values.subarray(best * NUM_TOKENS, (best + 1) * NUM_TOKENS), row * NUM_TOKENS);
      this.isSeen[row] = 1;
    }
  }
}

/** [S] share of the pen-down tokens that use each stroke; zeros where there is no program. */
function usageOf(programs: Int16Array, hasProgram: Uint8Array, strokes: number): Float32Array {
  const usage = new Float32Array(strokes);
  let total = 0;
  for (const [i, token] of programs.entries()) {
    if (!isDown(token) || hasProgram[Math.floor(i / NUM_TOKENS)] === 0) continue;
    usage[strokeOf(token)] = usage[strokeOf(token)]! + 1;
    total++;
  }
  return usage.map((n) => n / Math.max(1, total));
}
