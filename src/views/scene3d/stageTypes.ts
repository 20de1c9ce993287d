// Between the picture's frame, which every reader gets, and the stage that draws with three, which is fetched when a 3D
// picture is first shown.

import type { OrbitView } from "./orbit";
import type { FaceShades, SceneBlock, SceneCell, Vector3 } from "./sceneTypes";

/** Colours of the theme in force, 0 to 1. */
export type StageColours = {
  readonly background: Vector3;
  readonly ground: Vector3;
  readonly groundLine: Vector3;
  /** Of the ground's edge on the front camera's side. */
  readonly frontLine: Vector3;
  readonly edge: Vector3;
  readonly select: Vector3;
  readonly selectEdge: Vector3;
  readonly remove: Vector3;
};

/** Everything that is drawn, but from where and in which theme. */
export type StageScene = {
  readonly blocks: readonly SceneBlock[];
  readonly gridSide: number;
  readonly shades: FaceShades;
  /** The ground with its cells, and the edges of blocks; without them the picture is the model's. */
  readonly hasGround: boolean;
  readonly hasEdges: boolean;
  readonly selectedId: string | null;
  /** The block that a click would take. */
  readonly removeId: string | null;
  readonly highlightCell: SceneCell | null;
  /** The block that a click would add. */
  readonly preview: SceneBlock | null;
};

/** A canvas with a WebGL context. Draws once, soon, after each change; nothing is drawn in between. */
export interface Stage {
  show(scene: StageScene): void;
  look(view: OrbitView): void;
  /** Size in CSS px. */
  resize(width: number, height: number): void;
  /** Frees the context and everything on it. */
  dispose(): void;
}

export type StageLinks = {
  readonly onDrawn: () => void;
  /** Asked at each `show`, so that exported pictures have the theme of their file. */
  readonly colours: () => StageColours;
};

/** Opens a stage on a canvas that has no context yet; null where the browser gives none. */
export type OpenStage = (canvas: HTMLCanvasElement, links: StageLinks) => Promise<Stage | null>;
