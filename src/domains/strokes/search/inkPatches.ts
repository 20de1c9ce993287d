// Single strokes as small patches of logits, kept for every stroke and every quarter of a pixel that it may start at: a
// program is then scored, approximately, by laying ten patches over each other. Source: MWS specification, section 3.3.

import { softplus } from "../../../engine/dists/logs";
import { arcOf, inkExponent, logitOfInk, pixelX, pixelY, squaredDistance } from "../../../engine/kernels/strokes/arcs";
import type { StrokeBank } from "../../../engine/kernels/strokes/renderer";
import { SIDE } from "../images";

/** Places per pixel, in each direction, at which a stroke may start. */
const PHASES = 4;
/** Ink above the background, in logits, that is left out beyond the patch. */
const FAINT = 0.03;

/** Logits of one stroke around the pixel that it starts in. */
export type Patch = {
  /** First row and column, relative to the pixel of the start. */
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
  /** [height * width] */
  readonly logit: Float32Array;
  /** [height * width] softplus of the logits. */
  readonly soft: Float32Array;
};

/** The patches of a bank, made when they are first asked for. */
export class InkPatches {
  /** Logit of the background under a program that draws anything. */
  readonly background: number;
  private readonly patches: (Patch | undefined)[] = [];

  constructor(private readonly bank: StrokeBank) {
    this.background = logitOfInk(bank.bias);
  }

  /**
   * The patch of a stroke that starts at (column, row), in pixels with row 0 on top.
   *
   * @param phase which of the PHASES^2 starting places within a pixel: see `phaseOf`
   */
  patch(stroke: number, phase: number): Patch {
    const at = stroke * PHASES * PHASES + phase;
    const known = this.patches[at];
    if (known) return known;
    const made = drawPatch(this.bank, stroke, (phase % PHASES) / PHASES, Math.floor(phase / PHASES) / PHASES);
    this.patches[at] = made;
    return made;
  }
}

/** Pixel and phase of a place given in pixels, rounded to the nearest quarter. */
export function placeOf(column: number, row: number): { column: number; row: number; phase: number } {
  const across = Math.round(column * PHASES);
  const down = Math.round(row * PHASES);
  const [c, r] = [Math.floor(across / PHASES), Math.floor(down / PHASES)];
  return { column: c, row: r, phase: (down - r * PHASES) * PHASES + (across - c * PHASES) };
}

/** The stroke as it is drawn from a place within pixel (0, 0). */
function drawPatch(bank: StrokeBank, stroke: number, column: number, row: number): Patch {
  const reach = reachOf(bank, stroke);
  const sharpness = bank.sharpness[stroke]!;
  const width = bank.width[stroke]!;
  // The canvas coordinates of pixel (0, 0) are (0, 1): rows go down, y goes up.
  const arc = arcOf(bank, stroke, pixelX(column, SIDE), pixelY(row, SIDE));
  const size = 2 * reach + 1;
  const logits = new Float64Array(size * size);
  const box = { top: reach, bottom: -reach, left: reach, right: -reach };
  const background = logitOfInk(bank.bias);
  for (let i = 0; i < logits.length; i++) {
    const [r, c] = [Math.floor(i / size) - reach, (i % size) - reach];
    const square = squaredDistance(arc, pixelX(c, SIDE), pixelY(r, SIDE));
    const ink = bank.scale * Math.exp(Math.min(0, inkExponent(sharpness, width, square)));
    logits[i] = ink > FAINT ? logitOfInk(ink + bank.bias) : background;
    if (ink <= FAINT) continue;
    box.top = Math.min(box.top, r);
    box.bottom = Math.max(box.bottom, r);
    box.left = Math.min(box.left, c);
    box.right = Math.max(box.right, c);
  }
  return cut(logits, size, reach, box);
}

function cut(
  logits: Float64Array,
  size: number,
  reach: number,
  { top, bottom, left, right }: { top: number; bottom: number; left: number; right: number },
): Patch {
  const height = Math.max(0, bottom - top + 1);
  const width = Math.max(0, right - left + 1);
  const logit = new Float32Array(height * width);
  for (let i = 0; i < logit.length; i++) {
    const [r, c] = [top + Math.floor(i / width), left + (i % width)];
    logit[i] = logits[(r + reach) * size + c + reach]!;
  }
  return { top, left, height, width, logit, soft: logit.map(softplus) };
}

/** Pixels from the start beyond which the stroke leaves no ink worth counting; the whole canvas at most. */
function reachOf(bank: StrokeBank, stroke: number): number {
  const sharpness = Math.abs(bank.sharpness[stroke]!);
  const chord = Math.hypot(bank.dx[stroke]!, bank.dy[stroke]!);
  // No point of a minor arc is farther from its start than its end is.
  const blur = Math.sqrt(bank.width[stroke]! ** 2 + Math.max(0, Math.log(bank.scale / FAINT)) / sharpness ** 2);
  const pixels = (chord + blur) * (SIDE - 1) + 2;
  return Number.isFinite(pixels) ? Math.min(SIDE, Math.ceil(pixels)) : SIDE;
}
