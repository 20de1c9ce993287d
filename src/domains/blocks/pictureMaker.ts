// The domain's picture for the page: the scene on show with its parses, the block types as they stand, and the best program
// of every scene. Without memory the recogniser's programs are refreshed a few rows at a time, so that a snapshot stays
// cheap. Noise belongs to program and picture, so that only what is learned moves.

import type { ProgramMemory } from "../../engine/memory/programMemory";
import type { Batch } from "../../engine/model";
import type { Rng } from "../../engine/rng/rng";
import type { BlocksPicture } from "./facts";
import { typeUsage } from "./measures";
import type { BlocksModel } from "./model";
import type { ScenePictures } from "./observations";
import { type Parsed, rememberedParses, sampledParses } from "./parses";
import { bytesOf } from "./upload/seenScene";
import { isUsed } from "./usage";

/** Parses of the scene on show. */
const SHOWN = 5;
/** Draws of the raw locations of each remembered program. */
const DRAWS = 5;
/** Programs drawn for a scene where there is no memory: the one on show, and others. */
const SAMPLES = 25;
const FEW_SAMPLES = 5;
/** Other scenes whose parses one snapshot brings up to date. */
const ROWS_PER_SNAPSHOT = 3;

export class PictureMaker {
  /** Best programs and raw locations as last looked at, [rows, L]. */
  private readonly programs: Int8Array;
  private readonly raw: Float32Array;
  private readonly hasProgram: Uint8Array;
  private next = 0;

  /** @param rows training rows whose programs are shown */
  constructor(
    private readonly model: BlocksModel,
    private readonly train: ScenePictures,
    private readonly rows: Int32Array,
  ) {
    this.programs = new Int8Array(rows.length * model.programLength);
    this.raw = new Float32Array(rows.length * model.programLength);
    this.hasProgram = new Uint8Array(rows.length);
  }

  /** A fresh record: 3 R^2 bytes and about 60 a scene. */
  async make(context: {
    selected: number;
    memory: ProgramMemory | null;
    step: number;
    rng: Rng;
  }): Promise<BlocksPicture> {
    const selected = Math.min(Math.max(0, context.selected), this.train.count - 1);
    const { memory, rng } = context;
    const onShow = await this.parsesOf(Int32Array.of(selected), memory, SAMPLES, rng.fork("selected"));
    const turn = Math.min(ROWS_PER_SNAPSHOT, this.rows.length);
    const places = Array.from({ length: turn }, (_, i) => (this.next + i) % this.rows.length);
    this.next = this.rows.length === 0 ? 0 : (this.next + turn) % this.rows.length;
    const ids = Int32Array.from(places, (place) => this.rows[place]!);
    const others = await this.parsesOf(ids, memory, FEW_SAMPLES, rng.fork("others"));
    for (const [i, place] of places.entries()) this.keep(place, others[i]!);
    const own = this.rows.indexOf(selected);
    if (own >= 0) this.keep(own, onShow[0]!);
    if (memory) this.takeMemory(memory);
    const { sizes, colors } = this.model.generative.types();
    // A place without a program holds zeros, which are no blocks.
    const { gridSide, numTypes } = this.model.generative.settings;
    const usage = Float32Array.from(typeUsage(this.programs, numTypes, gridSide));
    return {
      kind: "blocks",
      step: context.step,
      selected,
      observed: bytesOf(this.train.picture(selected)),
      types: { sizes: Float32Array.from(sizes), colors: Float32Array.from(colors) },
      usage,
      isDead: Uint8Array.from(usage, (share) => (isUsed(share) ? 0 : 1)),
      parses: onShow[0]!.parses.slice(0, SHOWN).map((parse) => ({ ...parse, raw: Float32Array.from(parse.raw) })),
      source: memory ? "memory" : "recogniser",
      programs: this.programs.slice(),
      raw: this.raw.slice(),
      hasProgram: this.hasProgram.slice(),
    };
  }

  private async parsesOf(ids: Int32Array, memory: ProgramMemory | null, samples: number, rng: Rng): Promise<Parsed[]> {
    const batch: Batch<ScenePictures> = { observations: this.train, ids };
    if (ids.length === 0) return [];
    if (memory) {
      return rememberedParses(this.model, memory, batch, (programs) => this.model.fixedDraws(batch, programs, DRAWS));
    }
    return (await sampledParses(this.model, batch, await this.model.propose(batch, samples, rng))).parsed;
  }

  private keep(place: number, { parses }: Parsed): void {
    const best = parses[0];
    if (!best) return;
    const length = this.model.programLength;
    this.programs.set(best.program, place * length);
    this.raw.set(best.raw, place * length);
    this.hasProgram[place] = 1;
  }

  /** The best members as of the latest visits; raw locations in the middle where they are another's. */
  private takeMemory({ rows, memorySize }: ProgramMemory): void {
    const length = this.model.programLength;
    for (const [place, row] of this.rows.entries()) {
      if (rows.counts[row] === 0) continue;
      const from = row * memorySize * length;
      const best = rows.programs.subarray(from, from + length);
      const at = place * length;
      if (this.hasProgram[place] === 1 && best.every((value, i) => value === this.programs[at + i])) continue;
      this.programs.set(best, at);
      this.raw.fill(0, at, at + length);
      this.hasProgram[place] = 1;
    }
  }
}
