// What is wrong with a file, thrown inside the readers and turned into a sentence at their door. Nothing else leaves them.

/** One sentence: what is wrong, where, and what is allowed. */
export class Damage extends Error {}

export type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** The value of `read`, or the sentence of the Damage that it throws. Anything else thrown is a mistake in the reader. */
export function attempt<T>(read: () => T): Attempt<T> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof Damage) return { ok: false, message: error.message };
    throw error;
  }
}
