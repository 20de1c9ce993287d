// A small picture of what the workbench shows, for the list of saved runs.

/** Largest side of the picture. */
const LARGEST = 64;

/** The first canvas picture on show, cut to a square from its top left, as a data address; null where there is none. */
export function pictureOnShow(): string | null {
  const source = document.querySelector<HTMLCanvasElement>("main [data-picture] canvas, main canvas[data-picture]");
  const side = source ? Math.min(source.width, source.height) : 0;
  if (!source || side < 16) return null;
  const canvas = document.createElement("canvas");
  // Cells stay whole: the cut is a whole number of times as large as the picture.
  const times = Math.ceil(side / LARGEST);
  const size = Math.floor(side / times);
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.imageSmoothingEnabled = false;
  context.drawImage(source, 0, 0, size * times, size * times, 0, 0, size, size);
  return canvas.toDataURL("image/png");
}
