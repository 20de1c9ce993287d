// Dreams of earlier steps, for people who look back: nine at step 0 and at evaluations, thinned to a few galleries.
// Their random numbers are forked by "question": nothing here feeds back into training.

import type { DomainInstance, DomainSpec } from "../domain";
import type { OptionValues } from "../options";
import type { Rng } from "../rng/rng";

/** A dreamt program and its observation, as the domain's describeObservation gives it. */
export type DreamRecord = {
  readonly program: readonly number[];
  readonly printed: string;
  readonly observation: unknown;
};

export type Gallery = { readonly step: number; readonly dreams: readonly DreamRecord[] };

export const DREAMS_PER_GALLERY = 9;
/** Galleries kept, the present one not counted. */
export const MOST_GALLERIES = 8;
/** Characters (as JSON) that all galleries may take together; large pictures leave room for fewer. */
const MOST_CHARACTERS = 500_000;

/** Nine pairs (z, x) of the present theta. The same step and seed give the same dreams. */
export async function drawGallery(
  parts: { readonly spec: DomainSpec; readonly instance: DomainInstance },
  options: OptionValues,
  step: number,
  rng: Rng,
): Promise<Gallery> {
  const { spec, instance } = parts;
  const { batch, programs } = await instance.model.dream(DREAMS_PER_GALLERY, rng);
  const { values, length } = programs;
  const dreams = Array.from(batch.ids, (_, b) => {
    const program = Array.from(values.subarray(b * length, (b + 1) * length));
    return {
      program,
      printed: spec.program.print(program, options),
      observation: instance.describeObservation(batch, b),
    };
  });
  return { step, dreams };
}

/** The galleries of a run, oldest first. */
export class DreamLog {
  private galleries: Gallery[] = [];

  get all(): readonly Gallery[] {
    return this.galleries;
  }

  /** Adds a gallery; of too many, the one whose neighbours are closest goes, never the first or the last. */
  add(gallery: Gallery): void {
    if (this.galleries.some(({ step }) => step === gallery.step)) return;
    this.galleries.push(gallery);
    const each = Math.max(1, JSON.stringify(gallery.dreams).length);
    const most = Math.max(2, Math.min(MOST_GALLERIES, Math.floor(MOST_CHARACTERS / each)));
    while (this.galleries.length > most) this.galleries.splice(mostCrowded(this.galleries), 1);
  }

  /** Takes over a checkpoint's galleries. */
  restore(galleries: readonly Gallery[]): void {
    this.galleries = galleries.slice(-MOST_GALLERIES);
  }
}

/** Index of the inner gallery whose neighbours are closest to each other. */
function mostCrowded(galleries: readonly Gallery[]): number {
  let at = 1;
  let least = Infinity;
  for (let i = 1; i < galleries.length - 1; i++) {
    const gap = galleries[i + 1]!.step - galleries[i - 1]!.step;
    if (gap < least) [at, least] = [i, gap];
  }
  return at;
}
