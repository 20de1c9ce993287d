// What the 3D picture takes and tells: plain data of blocks, cameras by name, cells of the grid.
// World axes: x sideways (+x is LEFT in the front picture), y up, z away from the front camera.

export type Vector3 = readonly [number, number, number];

/** One cuboid of the scene; PlacedBlock of the domain with an id of the caller's. */
export type SceneBlock = {
  /** Unique in the scene; the same in every scene that shows the same block. */
  readonly id: string;
  readonly centre: Vector3;
  readonly size: Vector3;
  /** 0 to 1, before shading. */
  readonly color: Vector3;
  /** Cell it stands in, for building by hand. */
  readonly row?: number;
  readonly column?: number;
  /** 0 to 1, default 1. Several parses over one another: the weight of each. */
  readonly opacity?: number;
};

/** One line of the scene as text. */
export type SceneLine = { readonly id: string; readonly text: string };

/** Cell of the ground: row 0 is in front; the highest column is left in the front picture. */
export type SceneCell = { readonly row: number; readonly column: number };

/** The three cameras of the published figure, and the free view that shows the whole grid. */
export type CameraName = "front" | "left" | "right" | "free";

/** Shade of a face by its outward normal: -x, +x, -y, +y, -z, +z. */
export type FaceShades = readonly [number, number, number, number, number, number];

/** Building by hand. Without it a click selects. */
export type SceneEdit = {
  /** What a click does: adds to the cell under the pointer, or takes the block under it. */
  readonly tool: "add" | "remove";
  /** The block that `onPlace` would put there, or null where no more fits. */
  readonly preview: (cell: SceneCell) => SceneBlock | null;
  readonly onPlace: (cell: SceneCell) => void;
  readonly onPick: (block: SceneBlock) => void;
};
