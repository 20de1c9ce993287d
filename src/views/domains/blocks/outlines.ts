// Outlines of blocks in a picture: corners seen by a camera, and the polygon around them.

import type { PlacedBlock } from "../../../domains/blocks/scene";

type Point = readonly [number, number];

/** Where a point of the world falls in a picture: -1 to 1 from left to right and from the bottom to the top. */
type Project = (point: readonly [number, number, number]) => { readonly alpha: number; readonly beta: number };

/** The polygon around a block in a picture, in shares of the picture's side from its upper left corner. */
export function blockOutline(
  { centre, size }: Pick<PlacedBlock, "centre" | "size">,
  project: Project,
): readonly Point[] {
  const ends = [-0.5, 0.5];
  const corners = ends.flatMap((x) =>
    ends.flatMap((y) =>
      ends.map((z): Point => {
        const { alpha, beta } = project([centre[0] + x * size[0], centre[1] + y * size[1], centre[2] + z * size[2]]);
        return [(1 + alpha) / 2, (1 - beta) / 2];
      }),
    ),
  );
  return hull(corners);
}

/** Convex hull, counter-clockwise in a plane whose second axis goes up (Andrew's monotone chain). */
function hull(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list: readonly Point[]) => {
    const chain: Point[] = [];
    for (const point of list) {
      while (chain.length > 1 && turn(chain.at(-2) as Point, chain.at(-1) as Point, point) <= 0) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

const turn = (a: Point, b: Point, c: Point): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
