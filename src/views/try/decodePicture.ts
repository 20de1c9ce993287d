// From a file to pixels, on the page and nowhere else: type, size and readability are checked, and each failure is one
// sentence that names the limit.

import { isAnimated } from "./animated";

/** Largest file, bytes, and largest side, px. */
export const maxFileBytes = 20 * 1024 * 1024;
export const maxSidePixels = 8192;

/** Longest side of the working copy, px: larger pictures are reduced before anything is computed. */
const workingSide = 1024;

export type DecodedPicture = {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
  /** The file holds more frames than the one that was read. */
  readonly isAnimated?: boolean;
};

export type DecodeResult =
  | { readonly ok: true; readonly picture: DecodedPicture }
  | { readonly ok: true; readonly text: { readonly name: string; readonly text: string } }
  | { readonly ok: false; readonly message: string };

const pictureTypes = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/svg+xml"];
const pictureNames = /\.(png|jpe?g|webp|gif|svg)$/i;
const textNames = /\.(txt|csv|json)$/i;

/** Value of the accept attribute of a file field. */
export const acceptedFiles = [...pictureTypes, ".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".txt", ".json"].join(
  ",",
);

/** What is wrong with a file before it is read, one sentence; null if nothing is. */
export function fileProblem(file: {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}): string | null {
  const isPicture = pictureTypes.includes(file.type) || (file.type === "" && pictureNames.test(file.name));
  const isText = textNames.test(file.name) || file.type === "text/plain" || file.type === "application/json";
  if (!isPicture && !isText) {
    return `${file.name} is not a picture that this page can read: PNG, JPEG, WebP, GIF and SVG are allowed, or rows of 0 and 1 as text.`;
  }
  if (file.size === 0) return `${file.name} is empty: it has 0 bytes.`;
  if (file.size > maxFileBytes) {
    return `${file.name} has ${(file.size / 1024 / 1024).toFixed(1)} MB; at most 20 MB are allowed.`;
  }
  return null;
}

/** What is wrong with a picture's sides, one sentence; null if nothing is. */
export function sizeProblem(name: string, width: number, height: number): string | null {
  if (width > maxSidePixels || height > maxSidePixels) {
    return `${name} is ${width} by ${height} pixels; at most ${maxSidePixels} on a side are allowed.`;
  }
  if (width < 8 || height < 8) return `${name} is ${width} by ${height} pixels; at least 8 by 8 are needed.`;
  return null;
}

/**
 * Reads a file as picture or text. Never throws for a bad file; the first frame of a moving picture counts.
 *
 * @param paper "white": transparent parts become white; "none": they stay transparent
 */
export async function decodeFile(file: File, paper: "white" | "none" = "white"): Promise<DecodeResult> {
  const problem = fileProblem(file);
  if (problem) return { ok: false, message: problem };
  if (textNames.test(file.name) || file.type === "text/plain" || file.type === "application/json") {
    return { ok: true, text: { name: file.name, text: await file.text() } };
  }
  const image = await readImage(file);
  if (!image) return { ok: false, message: `${file.name} cannot be read as a picture; the file may be damaged.` };
  const side = sizeProblem(file.name, image.width, image.height);
  if (side) return { ok: false, message: side };
  const scale = Math.min(1, workingSide / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return { ok: false, message: "This browser refused a canvas, so the picture cannot be read." };
  if (paper === "white") {
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
  }
  pen.imageSmoothingQuality = "high";
  pen.drawImage(image.source, 0, 0, canvas.width, canvas.height);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  const moves = isAnimated(new Uint8Array(await file.arrayBuffer()));
  const picture = { name: file.name, width: canvas.width, height: canvas.height, rgba: data, isAnimated: moves };
  return { ok: true, picture };
}

type ReadImage = { readonly source: CanvasImageSource; readonly width: number; readonly height: number };

async function readImage(file: File): Promise<ReadImage | null> {
  if (file.type === "image/svg+xml" || /\.svg$/i.test(file.name)) return readSvg(file);
  try {
    const bitmap = await createImageBitmap(file);
    return { source: bitmap, width: bitmap.width, height: bitmap.height };
  } catch {
    // A picture that the browser cannot decode; the caller says so.
    return null;
  }
}

// createImageBitmap refuses SVG files; an image element reads them, without scripts and without outside resources.
async function readSvg(file: File): Promise<ReadImage | null> {
  const url = URL.createObjectURL(new Blob([await file.text()], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    // A whole number, so that cells drawn as squares stay squares of whole pixels.
    const grow = Math.max(1, Math.ceil(256 / Math.max(1, Math.min(image.naturalWidth, image.naturalHeight))));
    const width = Math.round((image.naturalWidth || 256) * grow);
    const height = Math.round((image.naturalHeight || 256) * grow);
    return { source: image, width, height };
  } catch {
    // Not an SVG, or one without a drawable root; the caller says so.
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}
