// A person's picture as 28 by 28 cells: what the domain's preparation gives, or the sentence why it gives nothing.

import type { StrokesTools } from "../../../../domains/strokes";

export type PictureSettings = {
  readonly centre: boolean;
  /** Cells of the ink's longer side; 0 leaves the size alone. */
  readonly size: number;
  /** Share of ink from which a cell is ink; null: decided from the picture. */
  readonly threshold: number | null;
  /** Light ink on dark; null: decided from the picture. */
  readonly invert: boolean | null;
};

export type GivenPicture = { readonly width: number; readonly height: number; readonly rgba: Uint8ClampedArray };

export type ReadPicture = { readonly threshold: number; readonly isInverted: boolean } & (
  | { readonly ok: true; readonly pixels: Uint8Array; readonly note: string }
  | { readonly ok: false; readonly problem: string }
);

/** Settings that a drawing or picture starts with. */
export function firstSettings(_tools: StrokesTools): PictureSettings {
  return { centre: true, size: 20, threshold: null, invert: null };
}

/** Settings under which a bitmap is read cell by cell. */
export function asDrawn(_tools: StrokesTools): PictureSettings {
  return { centre: false, size: 0, threshold: 0.5, invert: false };
}

export function readPicture(_tools: StrokesTools, picture: GivenPicture, settings: PictureSettings): ReadPicture {
  const pixels = new Uint8Array(784);
  const threshold = settings.threshold ?? 0.3;
  for (let r = 0; r < 28; r++)
    for (let c = 0; c < 28; c++) {
      let [sum, n] = [0, 0];
      for (let y = Math.floor((r * picture.height) / 28); y < Math.max(1, ((r + 1) * picture.height) / 28); y++)
        for (let x = Math.floor((c * picture.width) / 28); x < Math.max(1, ((c + 1) * picture.width) / 28); x++) {
          sum += 1 - (picture.rgba[4 * (y * picture.width + x)] ?? 255) / 255;
          n++;
        }
      pixels[28 * r + c] = sum / n >= threshold ? 1 : 0;
    }
  return { ok: true, pixels, note: "", threshold, isInverted: settings.invert === true };
}
