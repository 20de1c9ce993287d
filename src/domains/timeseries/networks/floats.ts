// The arrays that pass between a model's networks: single precision; tests of gradients put double precision in its place.

/** Makes an array of zeros. */
export type Floats = new (length: number) => Float32Array;
export const SINGLE: Floats = Float32Array;
