// The local search for a picture of a batch, with what all pictures of the batch share: bank and prior are read once.

import type { LocalSearch } from "../../../engine/localSearch";
import type { Batch } from "../../../engine/model";
import type { Rng } from "../../../engine/rng/rng";
import type { GenerativeModel } from "../generative";
import { type Images, SIDE } from "../images";
import { type Pen, penOf } from "./pen";
import { PenPrior } from "./penPrior";
import { StrokeSearch } from "./strokeSearch";

/** A model as searches read it: the first one of a batch that prepares reads, the others use the same patches. */
export class PenCase {
  private readonly pens = new Map<number, Pen>();
  private readonly read: Promise<{ bare: Pen; values: ArrayLike<number>; transforms: ArrayLike<number> }>;

  constructor(private readonly generative: Pick<GenerativeModel, "prior" | "renderer">) {
    this.read = this.readAll();
  }

  async transforms(): Promise<ArrayLike<number>> {
    return (await this.read).transforms;
  }

  /** The pen for pictures of an alphabet, which counts where the prior is told. */
  async penFor(alphabet: number): Promise<Pen> {
    const { spec } = this.generative.prior;
    const { bare, values } = await this.read;
    const row = spec.context > 0 ? alphabet : -1;
    const known = this.pens.get(row);
    if (known) return known;
    const pen = { ...bare, prior: new PenPrior(spec, values, row) };
    this.pens.set(row, pen);
    return pen;
  }

  private async readAll() {
    const { prior, renderer } = this.generative;
    const bank = await renderer.bank();
    const { values } = await prior.block.read();
    return { bare: penOf(bank, new PenPrior(prior.spec, values, -1)), values, transforms: bank.transforms };
  }
}

const cases = new WeakMap<Batch<Images>, PenCase>();

/** A search near good programs of picture `index` of a batch, under the parameters as they stand when it is prepared. */
export function searchNear(
  generative: Pick<GenerativeModel, "prior" | "renderer">,
  batch: Batch<Images>,
  index: number,
  rng: Rng,
): LocalSearch {
  const { pixels, alphabets } = batch.observations;
  const row = batch.ids[index]!;
  const caseOf = () => {
    const found = cases.get(batch) ?? new PenCase(generative);
    cases.set(batch, found);
    return found;
  };
  return new StrokeSearch({
    picture: pixels.subarray(row * SIDE * SIDE, (row + 1) * SIDE * SIDE),
    pen: () => caseOf().penFor(alphabets[row]!),
    transforms: () => caseOf().transforms(),
    rng,
  });
}
