// Counter-based random numbers: the word is a pure function of (seed, stream, counter), so there is no state to save.
// Source: pcg4d, Jarzynski & Olano 2020, "Hash Functions for GPU Rendering", JCGT 9(3), listing 4-dimensional PCG.
// The same integers come from wasm (kernels/rng/rng.as.ts) and WGSL (kernels/rng/webgpu.ts); a test holds them together.

/** Four 32-bit words of pcg4d at (a, b, c, d), written to `out` as unsigned integers. */
export function pcg4d(a: number, b: number, c: number, d: number, out: Uint32Array): void {
  let x = (Math.imul(a, 1664525) + 1013904223) | 0;
  let y = (Math.imul(b, 1664525) + 1013904223) | 0;
  let z = (Math.imul(c, 1664525) + 1013904223) | 0;
  let w = (Math.imul(d, 1664525) + 1013904223) | 0;
  x = (x + Math.imul(y, w)) | 0;
  y = (y + Math.imul(z, x)) | 0;
  z = (z + Math.imul(x, y)) | 0;
  w = (w + Math.imul(y, z)) | 0;
  x ^= x >>> 16;
  y ^= y >>> 16;
  z ^= z >>> 16;
  w ^= w >>> 16;
  x = (x + Math.imul(y, w)) | 0;
  y = (y + Math.imul(z, x)) | 0;
  z = (z + Math.imul(x, y)) | 0;
  w = (w + Math.imul(y, z)) | 0;
  out[0] = x;
  out[1] = y;
  out[2] = z;
  out[3] = w;
}

/** FNV-1a, 32 bits: turns a stream name into a number. */
export function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

const TWO_TO_MINUS_32 = 2 ** -32;

/** One stream of random numbers. `fork` gives an independent stream; drawing from one never moves another. */
export class Rng {
  readonly seed: number;
  /** Two words that name the stream. */
  readonly streamA: number;
  readonly streamB: number;
  private readonly words = new Uint32Array(4);
  private counter = 0;
  private used = 4;

  constructor(seed: number, streamA = 0, streamB = 0) {
    this.seed = seed >>> 0;
    this.streamA = streamA >>> 0;
    this.streamB = streamB >>> 0;
  }

  /** An independent stream named by a word or an index ("wake", a step number). Does not advance this stream. */
  fork(name: string | number): Rng {
    const label = typeof name === "number" ? name >>> 0 : hashName(name);
    const out = new Uint32Array(4);
    pcg4d(this.streamA, this.streamB, label, typeof name === "number" ? 0x9e3779b9 : 0x85ebca6b, out);
    return new Rng(this.seed, out[0], out[1]);
  }

  /** The next unsigned 32-bit integer. */
  uint32(): number {
    if (this.used === 4) {
      pcg4d(this.seed, this.streamA, this.streamB, this.counter++, this.words);
      this.used = 0;
    }
    return this.words[this.used++]!;
  }

  /** Uniform on [0, 1), a multiple of 2^-32. */
  uniform(): number {
    return this.uint32() * TWO_TO_MINUS_32;
  }

  /** Uniform integer in [0, n), 1 <= n <= 2^32. Bias below n / 2^32. */
  int(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** Standard normal, Box-Muller on two words (the second value of the pair is dropped). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log((this.uint32() + 0.5) * TWO_TO_MINUS_32));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Index drawn in proportion to non-negative `weights`[from, from + count). -1 if they sum to 0. */
  categorical(weights: ArrayLike<number>, from = 0, count = weights.length): number {
    let total = 0;
    for (let i = 0; i < count; i++) total += weights[from + i]!;
    let left = this.uniform() * total;
    let last = -1;
    for (let i = 0; i < count; i++) {
      const weight = weights[from + i]!;
      if (weight <= 0) continue;
      last = i;
      if (left < weight) return i;
      left -= weight;
    }
    return last;
  }

  /** Shuffles in place (Fisher-Yates). */
  shuffle(values: Int32Array): Int32Array {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      const held = values[i]!;
      values[i] = values[j]!;
      values[j] = held;
    }
    return values;
  }
}
