// People who write: each has a pen, a slant, a size and an unsteadiness of their own, and no two drawings are the same.

import type { Rng } from "../../../engine/rng/rng";
import type { Character } from "./alphabet";
import { boxOf, chain, type Point, pointAlong, roundCorners } from "./penPath";

/** A person's hand. Lengths in paper sides. */
export type Drawer = {
  /** Half the thickness of the pen. */
  readonly radius: number;
  /** Longer side of a character. */
  readonly size: number;
  readonly slant: number;
  /** Width over height, beside the character's own. */
  readonly aspect: number;
  /** Where characters stand on the paper. */
  readonly offset: Point;
  /** Points over which corners are rounded. */
  readonly rounding: number;
  /** How much drawings differ from the design. */
  readonly unsteady: number;
};

/** What one person draws of one character. */
export type Drawing = { readonly paths: readonly (readonly Point[])[]; readonly radius: number };

/** Drawer number `index` of a stream. */
export function makeDrawer(rng: Rng, index: number): Drawer {
  const own = rng.fork(index);
  return {
    radius: 0.0165 + 0.006 * own.uniform(),
    size: Math.min(0.82, 0.64 * Math.exp(0.13 * own.normal())),
    slant: 0.13 * own.normal(),
    aspect: Math.exp(0.1 * own.normal()),
    offset: { x: 0.04 * own.normal(), y: 0.04 * own.normal() },
    rounding: own.int(4),
    unsteady: 0.6 + 0.8 * own.uniform(),
  };
}

/** One drawing of a character; another stream gives another attempt of the same person. */
export function draw(character: Character, drawer: Drawer, rng: Rng): Drawing {
  const { radius, rounding } = drawer;
  const raw = unsteadyPaths(character, drawer.unsteady, rng).map((points) => roundCorners(points, rounding));
  return { paths: placed(raw, drawer, rng.fork("place")), radius };
}

/** The character's strokes with every arc a little off and every joint a little missed. */
function unsteadyPaths({ parts }: Character, unsteady: number, rng: Rng): readonly (readonly Point[])[] {
  const paths: (readonly Point[])[] = [];
  for (const [p, { stroke, scale, joint }] of parts.entries()) {
    const hand = rng.fork(p);
    const noise = (size: number) => unsteady * size * hand.normal();
    const from = joint.to < 0 ? { x: 0, y: 0 } : pointAlong(paths[joint.to]!, joint.at + noise(0.04));
    const start = { x: from.x + joint.shift.x + noise(0.025), y: from.y + joint.shift.y + noise(0.025) };
    const own = scale * Math.exp(noise(0.08));
    const arcs = stroke.map(({ angle, length, bend }) => ({
      angle: angle + noise(0.08),
      length: length * own * Math.exp(noise(0.09)),
      bend: bend * Math.exp(noise(0.1)) + noise(0.09),
    }));
    paths.push(wobble(chain(start, arcs), hand, 0.01 * unsteady));
  }
  return paths;
}

/** A slow tremor across the path: two waves of random phase. */
function wobble(points: readonly Point[], rng: Rng, size: number): readonly Point[] {
  const waves = [1, 2].map((turns) => ({
    turns,
    x: size * rng.normal(),
    y: size * rng.normal(),
    phase: 7 * rng.uniform(),
  }));
  return points.map((point, i) => {
    let { x, y } = point;
    for (const wave of waves) {
      const swing = Math.sin(wave.phase + (2 * Math.PI * wave.turns * i) / points.length);
      x += wave.x * swing;
      y += wave.y * swing;
    }
    return { x, y };
  });
}

/** Brings paths to the drawer's size, slant and place; what would leave the paper is moved back onto it. */
function placed(paths: readonly (readonly Point[])[], drawer: Drawer, rng: Rng): readonly (readonly Point[])[] {
  const turn = 0.04 * drawer.unsteady * rng.normal();
  const stretch = Math.sqrt(drawer.aspect) * Math.exp(0.04 * rng.normal());
  const slanted = paths.map((points) =>
    points.map(({ x, y }) => ({
      x: (x * Math.cos(turn) - y * Math.sin(turn) - drawer.slant * y) * stretch,
      y: (x * Math.sin(turn) + y * Math.cos(turn)) / stretch,
    })),
  );
  const { left, top, width, height } = boxOf(slanted);
  const size = Math.min(0.88, drawer.size * Math.exp(0.07 * rng.normal()));
  const scale = size / Math.max(width, height);
  const margin = drawer.radius + 0.02;
  const centre = (offset: number, half: number) =>
    Math.min(1 - margin - half, Math.max(margin + half, 0.5 + offset + 0.02 * rng.normal()));
  const middle = {
    x: centre(drawer.offset.x, (width * scale) / 2),
    y: centre(drawer.offset.y, (height * scale) / 2),
  };
  return slanted.map((points) =>
    points.map(({ x, y }) => ({
      x: middle.x + (x - left - width / 2) * scale,
      y: middle.y + (y - top - height / 2) * scale,
    })),
  );
}
