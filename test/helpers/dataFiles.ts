// Small files in the formats of published data sets, made in the test.

import { gzipSync, zipSync } from "fflate";
import { PNG } from "pngjs";
import type { DataFile } from "../../src/domains/strokes/data/drawings";
import { drawnAt, makeAlphabets, specimens } from "../../src/domains/strokes/data/handwriting";
import { importImages } from "../../src/domains/strokes/data/importing";
import { Rng } from "../../src/engine/rng/rng";

/** A PNG of bits (1 = black ink) as pngjs writes it: colour with alpha. */
export function pngOfBits(bits: Uint8Array, side: number): Uint8Array {
  const png = new PNG({ width: side, height: side });
  for (const [i, bit] of bits.entries()) png.data.fill(bit === 1 ? 0 : 255, 4 * i, 4 * i + 3);
  for (let i = 3; i < png.data.length; i += 4) png.data[i] = 255;
  return new Uint8Array(PNG.sync.write(png, { colorType: 0 }));
}

/** An archive laid out as Omniglot's: `count` generated drawings of two alphabets, and so many bytes that are no picture. */
export function omniglotZip(count: number, name = "images_background.zip", filler = 0): DataFile {
  const alphabets = makeAlphabets(3, 2);
  const files: Record<string, Uint8Array> = {};
  let n = 0;
  for (const specimen of specimens({ seed: 3, count, split: "train" }, alphabets)) {
    const folder = `images_background/Alphabet_${specimen.alphabet}/character${two(specimen.character + 1)}`;
    files[`${folder}/0${n}_${two(specimen.drawer + 1)}.png`] = pngOfBits(drawnAt(specimen), 105);
    n++;
  }
  if (filler > 0) files["images_background/filler.bin"] = randomBytes(filler, 1);
  return { name, bytes: zipSync(files) };
}

const two = (value: number) => String(value).padStart(2, "0");

/** An IDX file of unsigned bytes. */
export function idxBytes(shape: readonly number[], values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, 8, shape.length]);
  for (const [d, length] of shape.entries()) view.setUint32(4 + 4 * d, length);
  bytes.set(Uint8Array.from(values), 4 + 4 * shape.length);
  return bytes;
}

/** The same, packed with gzip. */
export const packedIdx = (shape: readonly number[], values: ArrayLike<number>): Uint8Array =>
  gzipSync(idxBytes(shape, values));

/** A .npy file with whatever header. */
export function npyBytes(header: string, values: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(`${header.padEnd(117)}\n`);
  const bytes = new Uint8Array(10 + text.length + values.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 255, text.length >> 8]);
  bytes.set(text, 10);
  bytes.set(values, 10 + text.length);
  return bytes;
}

/** Header of uint8 rows. */
export const npyHeader = (rows: number, columns = 784): string =>
  `{'descr': '|u1', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;

/** Bytes of a seed. */
export function randomBytes(size: number, seed: number): Uint8Array {
  const rng = new Rng(seed);
  return Uint8Array.from({ length: size }, () => rng.int(256));
}

/** What an import gives. @throws Error with the sentence of a refusal */
export async function imported(name: string, ...files: DataFile[]) {
  const result = await importImages({ name, files });
  if (!result.ok) throw new Error(result.message);
  return result;
}

/** The sentence of a refusal; "taken" where there is none. */
export async function refusal(name: string, ...files: DataFile[]): Promise<string> {
  const result = await importImages({ name, files });
  return result.ok ? "taken" : result.message;
}
