// Glossary entries of scenes of blocks.

import type { TermId } from "./termNames";

/** In the order of the glossary. */
export const BLOCKS_TERMS: readonly {
  readonly id: TermId;
  readonly text: string;
  readonly see: readonly string[];
}[] = [
  {
    id: "parse",
    text: "The program of a scene: which block stands where. CB - / A ABC: rows from front to back, cells from left to right, letters of block types from the bottom up, - for an empty cell. Where exactly the blocks stand are its numbers.",
    see: ["program", "block-type", "hybrid-program"],
  },
  {
    id: "block-type",
    text: "What a block looks like: its size and colour, learned from the pictures and shared by all scenes. With more types than the data have, some stand for the same and some are unused: in less than 2 % of the blocks.",
    see: ["parse", "generative-model", "cuboid"],
  },
  {
    id: "cuboid",
    text: "An upright box. Cubes have one size to learn, cuboids three: width, height and depth.",
    see: ["block-type"],
  },
  {
    id: "soft-edge",
    text: "Where a block ends, the picture fades over about a pixel instead of jumping. Only so do pixels say which way a block must move or grow: with hard edges nothing changes until a pixel flips.",
    see: ["silhouette", "likelihood"],
  },
  {
    id: "silhouette",
    text: "The outline of a block in the picture, at most six straight edges. A pixel's distance to the nearest of them, in widths of a soft edge, says how much of it the block covers.",
    see: ["soft-edge", "cuboid"],
  },
  {
    id: "hidden-tower",
    text: "A tower behind another one, out of sight. The picture does not say whether it is there, so several parses explain it equally well; the prior makes fewer blocks likelier.",
    see: ["parse", "posterior", "prior"],
  },
];
