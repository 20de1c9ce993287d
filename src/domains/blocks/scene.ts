// What a scene is in the world: block types with sizes and colours, and blocks with places. World axes: x sideways (+x is
// LEFT in the front picture), y up, z away from the camera; the unit is the distance of two rows. Source: scenes
// specification, section 1.

/** Sizes [P, 3] in 0.2 to 1 (x, y, z; equal for cubes) and colours [P, 3] in 0 to 1 of block types. */
export type BlockTypes = { readonly sizes: ArrayLike<number>; readonly colors: ArrayLike<number> };

/** Depth of a block: on the centre of its row, or as in the released code. */
export type DepthRule = "centred" | "reference";

export type SceneSettings = {
  /** N */
  readonly gridSide: number;
  /** Share of the possible sideways freedom that a block has. */
  readonly shrink: number;
  readonly depthRule: DepthRule;
};

export type Vector = readonly [number, number, number];

/** One block of a scene, in the order row, column, level. */
export type PlacedBlock = {
  readonly row: number;
  readonly column: number;
  /** 0 at the bottom. */
  readonly level: number;
  /** 0 to P - 1. */
  readonly type: number;
  readonly centre: Vector;
  readonly size: Vector;
  readonly color: Vector;
};
