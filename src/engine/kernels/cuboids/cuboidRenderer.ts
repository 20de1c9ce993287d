// The cuboid renderer: lists of boxes, front to back, become soft pictures, squared differences from observed pictures, and
// gradients of those. The interface; cpu.ts (float64), wasm.ts and webgpu.ts implement it, reference.ts is the oracle.
// Source: scenes specification, section 5 (silhouette-min cuboids).

/** A perspective camera: eye and orthonormal basis in world axes; tau is the tangent of half the field of view. */
export type Camera = {
  readonly eye: readonly [number, number, number];
  readonly forward: readonly [number, number, number];
  readonly right: readonly [number, number, number];
  readonly up: readonly [number, number, number];
  readonly tau: number;
};

/** Shade of a face by its outward normal: -x, +x, -y, +y, -z, +z. */
export type Shades = readonly [number, number, number, number, number, number];

export type CuboidRendererSpec = {
  readonly name: string;
  /** R: pixels of a side. */
  readonly side: number;
  /** n: most boxes of a picture. */
  readonly boxes: number;
  readonly camera: Camera;
  readonly shades: Shades;
  /** sigma: width of a soft edge, pixels. */
  readonly softness: number;
  /** Grey level behind everything, 0 to 1. */
  readonly background: number;
};

/**
 * Numbers per box: centre x, y, z; size x, y, z; colour r, g, b. A box whose first size is 0 is absent; one behind the eye or
 * around it is not drawn. A picture with a number that is not finite is NaN throughout, and disturbs no other.
 */
export const BOX_NUMBERS = 9;
/** Distance to a face's plane below which it fades in (nu0). */
export const FADE_DISTANCE = 0.05;

/** N pictures to draw, each with the observed picture that it is compared with. */
export type CuboidLanes = {
  /** [N, n, 9] front to back. */
  readonly boxes: Float64Array;
  /** [N] row of `images`. */
  readonly groups: Int32Array;
};

export interface CuboidRenderer {
  readonly spec: CuboidRendererSpec;
  /**
   * @param boxes [N, n, 9] front to back
   * @returns [N, R, R, 3], rows from the top, 0 to 1
   */
  render(boxes: Float64Array): Promise<Float32Array>;
  /**
   * Sum over pixels and channels of (drawn - observed)^2 per lane; no picture leaves the kernel.
   *
   * @param images [G, R, R, 3]
   */
  squaredError(lanes: CuboidLanes, images: Float32Array): Promise<Float64Array>;
  /**
   * Gradient of each lane's squared error, times its coefficient, with respect to its boxes. Lanes with coefficient 0 cost
   * nothing and have zeros. An absent box has zeros.
   *
   * @param coefficient [N]
   * @returns squaredError [N] (0 where the coefficient is 0) and gradient [N, n, 9]
   */
  gradient(
    lanes: CuboidLanes,
    images: Float32Array,
    coefficient: Float64Array,
  ): Promise<{ readonly squaredError: Float64Array; readonly gradient: Float64Array }>;
  dispose(): void;
}
