// Pictures that the tests draw: a grown automaton, noise, and a shaded ball such as a photograph would be.

import { PNG } from "pngjs";

/** Grey values 0..255 as a PNG file, each cell `scale` pixels wide. */
export function pngOf(width: number, height: number, grey: (x: number, y: number) => number, scale = 1): Buffer {
  const png = new PNG({ width: width * scale, height: height * scale });
  for (let y = 0; y < height * scale; y += 1) {
    for (let x = 0; x < width * scale; x += 1) {
      const value = grey(Math.floor(x / scale), Math.floor(y / scale));
      png.data.set([value, value, value, 255], (y * width * scale + x) * 4);
    }
  }
  return PNG.sync.write(png);
}

/** A fixed sequence of numbers in 0..1 (Park and Miller's generator). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

/**
 * A picture grown downwards from one random row by a rule with three neighbours, with zeros outside.
 * @param rule Wolfram's number
 * @param noise share of cells that are flipped
 */
export function automatonRows(rule: number, size: number, noise: number, seed: number): number[][] {
  const next = numbers(seed);
  const rows: number[][] = [Array.from({ length: size }, () => (next() < 0.5 ? 1 : 0))];
  while (rows.length < size) {
    const above = rows.at(-1) ?? [];
    rows.push(
      Array.from({ length: size }, (_, x) => {
        const code = (above[x - 1] ?? 0) * 4 + (above[x] ?? 0) * 2 + (above[x + 1] ?? 0);
        const bit = (rule >> code) & 1;
        return next() < noise ? 1 - bit : bit;
      }),
    );
  }
  return rows;
}

/** The automaton as a PNG file, dark cells for ones. */
export function automatonPng(rule: number, size: number, noise = 0.01, scale = 4): Buffer {
  const rows = automatonRows(rule, size, noise, 11);
  return pngOf(size, size, (x, y) => (rows[y]?.[x] === 1 ? 0 : 255), scale);
}

/** Independent dark and light cells. */
export function noisePng(size: number, scale = 4): Buffer {
  const next = numbers(5);
  const cells = Array.from({ length: size * size }, () => (next() < 0.5 ? 0 : 255));
  return pngOf(size, size, (x, y) => cells[y * size + x] ?? 0, scale);
}
