// Paints the characters of the wall that are in view, and what their best programs draw. Drawings are kept by program and
// bank; new ones are made a few at a time, a few milliseconds a frame, so that five hundred characters cost no more than
// those in view and the page stays fluent while it trains.

import { countDrawing } from "../../frame/useFrame";
import { density, inks, shadedImage } from "./inkCanvas";
import { bestProgram, type Drawing, imageOf, type StrokeBank, type StrokesView } from "./strokesView";
import type { WallCell } from "./wallLayout";

export type WallScene = {
  readonly view: StrokesView;
  readonly drawing: Drawing;
  /** Characters in view with the upper left corner of each, CSS px. */
  readonly cells: readonly (WallCell & { readonly y: number })[];
  /** CSS px of the canvas, and CSS px of a pixel of a character. */
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  /** Rows that stand back; null for none. */
  readonly isFaded: ((row: number) => boolean) | null;
  readonly theme: string;
};

type Tile = {
  program: string;
  bank: StrokeBank | null;
  transform: number;
  readonly image: HTMLCanvasElement;
  readonly drawn: HTMLCanvasElement;
};

/** Milliseconds of one frame that may go into new drawings. */
const BUDGET_MS = 4;
/** Least time between two rounds of new drawings while the bank moves. */
const ROUND_MS = 600;
/** CSS px between a character and its drawing. */
export const PAIR_GAP = 2;
/** Drawings that are kept. */
const MOST_TILES = 1500;

export class WallPainter {
  private readonly canvas: HTMLCanvasElement;
  private readonly tiles = new Map<number, Tile>();
  private scene: WallScene | null = null;
  private data: unknown = null;
  private theme = "";
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private roundAt = Number.NEGATIVE_INFINITY;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
  }

  /** Shows this from now on: what is known at once, the rest as it gets ready. */
  show(scene: WallScene): void {
    if (scene.view.data !== this.data || scene.theme !== this.theme) this.tiles.clear();
    this.data = scene.view.data;
    this.theme = scene.theme;
    this.scene = scene;
    if (this.frame === 0) this.frame = requestAnimationFrame(this.paint);
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.tiles.clear();
  }

  private readonly paint = (now: number): void => {
    this.frame = 0;
    const { scene } = this;
    if (!scene) return;
    const isStale = scene.cells.some(({ row }) => !this.isFresh(scene, row));
    if (isStale) this.renew(scene, now);
    this.draw(scene);
    const figure = this.canvas.closest("[data-picture]");
    if (figure) countDrawing(figure);
  };

  /** Makes new drawings while the frame's time lasts; what is left waits for the next frame, a moved bank for its round. */
  private renew(scene: WallScene, now: number): void {
    const until = performance.now() + BUDGET_MS;
    const isRound = now - this.roundAt >= ROUND_MS;
    let isMore = false;
    for (const { row } of scene.cells) {
      if (this.isFresh(scene, row) || (!isRound && !this.isNew(scene, row))) continue;
      if (performance.now() > until) {
        isMore = true;
        break;
      }
      this.make(scene, row);
    }
    if (isMore) this.frame = requestAnimationFrame(this.paint);
    else if (isRound) this.roundAt = now;
    if (!isMore && !isRound && this.timer === undefined) {
      this.timer = setTimeout(
        () => {
          this.timer = undefined;
          if (this.frame === 0) this.frame = requestAnimationFrame(this.paint);
        },
        ROUND_MS - (now - this.roundAt),
      );
    }
  }

  private isFresh({ view }: WallScene, row: number): boolean {
    const tile = this.tiles.get(row);
    return tile !== undefined && tile.bank === view.bank && tile.program === programKey(view, row);
  }

  /** True for a character that has no drawing, or that of another program. */
  private isNew({ view }: WallScene, row: number): boolean {
    return this.tiles.get(row)?.program !== programKey(view, row);
  }

  private make({ view, drawing }: WallScene, row: number): void {
    const { data, bank, picture } = view;
    const colours = inks();
    const tile = this.tiles.get(row) ?? this.newTile(view, row);
    const program = bestProgram(picture, row, data.tokens);
    const key = programKey(view, row);
    if (program && bank) {
      // The transform that fits best is sought once for each program: it seldom changes while the bank moves.
      if (tile.program !== key) {
        tile.transform = drawing.bestTransform(drawing.transformScores(bank, program, imageOf(data, row), data.side));
      }
      const shades = drawing.reconstruction(bank, program, tile.transform, data.side);
      const image = shadedImage(shades, data.side, colours.modelGround, colours.model);
      tile.drawn.getContext("2d")?.putImageData(image, 0, 0);
    }
    tile.program = key;
    tile.bank = bank;
  }

  private newTile({ data }: StrokesView, row: number): Tile {
    if (this.tiles.size >= MOST_TILES) this.tiles.clear();
    const { side } = data;
    const { dataGround, data: ink, modelGround, model } = inks();
    const tile = { program: "", bank: null, transform: -1, image: blank(side), drawn: blank(side) };
    tile.image.getContext("2d")?.putImageData(shadedImage(imageOf(data, row), side, dataGround, ink), 0, 0);
    tile.drawn.getContext("2d")?.putImageData(shadedImage([], side, modelGround, model), 0, 0);
    this.tiles.set(row, tile);
    return tile;
  }

  private draw({ view, cells, width, height, scale, isFaded }: WallScene): void {
    const dots = density();
    const { canvas } = this;
    if (canvas.width !== width * dots) canvas.width = width * dots;
    if (canvas.height !== height * dots) canvas.height = height * dots;
    const pen = canvas.getContext("2d");
    if (!pen) return;
    pen.imageSmoothingEnabled = false;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    const size = view.data.side * scale * dots;
    for (const { row, x, y } of cells) {
      const tile = this.tiles.get(row);
      if (!tile) continue;
      pen.globalAlpha = isFaded?.(row) ? 0.22 : 1;
      pen.drawImage(tile.image, Math.round(x) * dots, y * dots, size, size);
      pen.drawImage(tile.drawn, Math.round(x) * dots, y * dots + size + PAIR_GAP * dots, size, size);
    }
    pen.globalAlpha = 1;
  }
}

function programKey({ picture, data }: StrokesView, row: number): string {
  return bestProgram(picture, row, data.tokens)?.join() ?? "none";
}

function blank(side: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  return canvas;
}
