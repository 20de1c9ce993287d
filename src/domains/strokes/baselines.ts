// How well pictures are predicted without strokes: the two lines below which every result must come.
// Source: MWS specification, section 3.8.

import { type Images, SIDE } from "./images";

const AREA = SIDE * SIDE;

/** Nats that ink [of `count` pictures] costs at a rate, in bits: -n1 log2 p - n0 log2(1 - p). */
function cost(ink: number, count: number, rate: number): number {
  const one = ink === 0 ? 0 : ink * Math.log2(rate);
  const zero = ink === count ? 0 : (count - ink) * Math.log2(1 - rate);
  return 0 - one - zero;
}

function inkByPixel({ pixels, count }: Pick<Images, "pixels" | "count">): Float64Array {
  const ink = new Float64Array(AREA);
  for (let i = 0; i < count * AREA; i++) ink[i % AREA] = ink[i % AREA]! + pixels[i]!;
  return ink;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** Bits per pixel if every pixel has ink at the one rate of these pictures. */
export function constantRate(images: Pick<Images, "pixels" | "count">): number {
  const total = AREA * images.count;
  const ink = sum(inkByPixel(images));
  return total === 0 ? 0 : cost(ink, total, ink / total) / total;
}

/** Bits per pixel if every pixel has a rate of its own: that of these same pictures, independent of the other pixels. */
export function pixelRates(images: Pick<Images, "pixels" | "count">): number {
  const { count } = images;
  if (count === 0) return 0;
  return sum(inkByPixel(images).map((ink) => cost(ink, count, ink / count))) / (AREA * count);
}

/** Bits per pixel of `images` at the rates of other pictures, half a picture of each kind added so that none is 0 or 1. */
export function pixelRatesFrom(
  learned: Pick<Images, "pixels" | "count">,
  images: Pick<Images, "pixels" | "count">,
): number {
  if (images.count === 0) return 0;
  const rates = inkByPixel(learned).map((ink) => (ink + 0.5) / (learned.count + 1));
  return sum(inkByPixel(images).map((ink, i) => cost(ink, images.count, rates[i]!))) / (AREA * images.count);
}

/** A log probability of a picture, nats, as bits per pixel. */
export const bitsPerPixel = (logP: number): number => -logP / (Math.LN2 * AREA);
