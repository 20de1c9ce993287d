// pcg4d in AssemblyScript: the same integers as src/engine/rng/rng.ts, one word after another.
// Source: Jarzynski & Olano 2020, "Hash Functions for GPU Rendering", JCGT 9(3).

/** Writes `blocks` times 4 words of the stream (seed, streamA, streamB), counters from `counterFrom`. */
export function fillRandom(to: usize, blocks: i32, seed: u32, streamA: u32, streamB: u32, counterFrom: u32): void {
  for (let i = 0; i < blocks; i++) {
    let x: u32 = seed * 1664525 + 1013904223;
    let y: u32 = streamA * 1664525 + 1013904223;
    let z: u32 = streamB * 1664525 + 1013904223;
    let w: u32 = (counterFrom + <u32>i) * 1664525 + 1013904223;
    x += y * w; y += z * x; z += x * y; w += y * z;
    x ^= x >> 16; y ^= y >> 16; z ^= z >> 16; w ^= w >> 16;
    x += y * w; y += z * x; z += x * y; w += y * z;
    store<u32>(to, x); store<u32>(to, y, 4); store<u32>(to, z, 8); store<u32>(to, w, 12);
    to += 16;
  }
}
