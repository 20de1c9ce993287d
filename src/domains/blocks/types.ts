// Block types, the only thing that the generative model learns: raw parameters -> sizes in 0.2 to 1 and colours in 0 to 1,
// and gradients back. Cubes have one raw size per type, cuboids three. Source: scenes specification, section 1.

export const SMALLEST_SIZE = 0.2;
export const LARGEST_SIZE = 1;
const SIZE_RANGE = LARGEST_SIZE - SMALLEST_SIZE;

/** Colour of every block, data and model, where colours are not learned. */
export const PLAIN_COLOR = [0, 0, 0.8] as const;

/** Sizes [P, 3] and colours [P, 3] of learned types. */
export type TypeTable = { readonly sizes: Float64Array; readonly colors: Float64Array };

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const logit = (p: number): number => Math.log(p / (1 - p));

/** An edge length from its raw parameter. */
export const sizeFromRaw = (raw: number): number => SMALLEST_SIZE + SIZE_RANGE * sigmoid(raw);
/** The inverse; infinite at the limits. */
export const rawFromSize = (size: number): number => logit((size - SMALLEST_SIZE) / SIZE_RANGE);
/** A colour channel from its raw parameter. */
export const colorFromRaw = (raw: number): number => sigmoid(raw);
/** The inverse; infinite at 0 and 1. */
export const rawFromColor = (color: number): number => logit(color);

/** Raw sizes per type. */
export const sizesPerType = (isCuboid: boolean): number => (isCuboid ? 3 : 1);

/**
 * The table of learned types.
 *
 * @param rawSizes [P] for cubes, [P, 3] for cuboids
 * @param rawColors [P, 3], or null where all blocks have the plain colour
 * @param numTypes P
 */
export function typesFromRaw(
  rawSizes: ArrayLike<number>,
  rawColors: ArrayLike<number> | null,
  numTypes: number,
): TypeTable {
  const each = rawSizes.length / numTypes;
  const sizes = new Float64Array(3 * numTypes);
  const colors = new Float64Array(3 * numTypes);
  for (let i = 0; i < sizes.length; i++) {
    sizes[i] = sizeFromRaw(rawSizes[each === 3 ? i : Math.floor(i / 3)]!);
    colors[i] = rawColors === null ? PLAIN_COLOR[i % 3]! : colorFromRaw(rawColors[i]!);
  }
  return { sizes, colors };
}

/**
 * Adds the gradient with respect to raw sizes, given that with respect to sizes.
 *
 * @param sizes [P, 3] as typesFromRaw gave them
 * @param ofSizes [P, 3]
 * @param ofRaw [P] or [P, 3], added to
 */
export function addRawSizeGradient(
  sizes: Float64Array,
  ofSizes: Float64Array,
  ofRaw: { [i: number]: number; readonly length: number },
): void {
  const isCuboid = ofRaw.length === sizes.length;
  for (let i = 0; i < sizes.length; i++) {
    const share = (sizes[i]! - SMALLEST_SIZE) / SIZE_RANGE;
    const at = isCuboid ? i : Math.floor(i / 3);
    ofRaw[at] = ofRaw[at]! + ofSizes[i]! * SIZE_RANGE * share * (1 - share);
  }
}

/** Adds the gradient with respect to raw colours [P, 3], given that with respect to colours [P, 3]. */
export function addRawColorGradient(
  colors: Float64Array,
  ofColors: Float64Array,
  ofRaw: { [i: number]: number; readonly length: number },
): void {
  for (let i = 0; i < colors.length; i++) {
    const color = colors[i]!;
    ofRaw[i] = ofRaw[i]! + ofColors[i]! * color * (1 - color);
  }
}
