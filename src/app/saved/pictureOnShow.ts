// A small picture of what the workbench shows, for the list of saved runs.

const WIDTH = 96;
const HEIGHT = 64;

/** The first canvas picture on show, cut to 3:2 from its top left, as a data address; null where there is none. */
export function pictureOnShow(): string | null {
  const source = document.querySelector<HTMLCanvasElement>("main [data-picture] canvas, main canvas[data-picture]");
  if (!source || source.width < 16 || source.height < 16) return null;
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext("2d");
  if (!context) return null;
  // Whole pixels stay whole: the cut is as large as it must be, the browser does not blur it.
  const scale = Math.max(1, Math.floor(Math.min(source.width / WIDTH, source.height / HEIGHT)));
  context.imageSmoothingEnabled = false;
  context.drawImage(source, 0, 0, WIDTH * scale, HEIGHT * scale, 0, 0, WIDTH, HEIGHT);
  return canvas.toDataURL("image/png");
}
