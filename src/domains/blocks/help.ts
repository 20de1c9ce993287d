// One page about the domain, under the six headings that every domain has.

export const HELP: readonly { readonly heading: string; readonly text: string }[] = [
  {
    heading: "Observation",
    text: "A square colour picture of towers of toy blocks on white, always from the same camera in front, 32 pixels a side unless an option says otherwise. Built-in scenes have one to four towers of up to three blocks: small red, medium green and large blue cubes, with longer red blocks in the sets of cuboids, or all in one colour. Your own can be built by clicking blocks or read from a picture.",
  },
  {
    heading: "Program",
    text: "Which blocks stand where: CB - / A ABC. Rows go from front to back, cells from left to right as in the picture; letters are block types from the bottom up, - is an empty cell. Beside it each block has one number, how far to the side it stands. What a type looks like, its size and colour, is not part of the program: all scenes share it, and it is learned.",
  },
  {
    heading: "Prior",
    text: "Every cell has 0 to 3 blocks with equal probability, every block each type with equal probability, and the places are Gaussian. None of this is learned: each further block costs about 3 nats (ln 5, and about 1.4 for its place), so that fewer hidden blocks are likelier.",
  },
  {
    heading: "Likelihood",
    text: "The scene is drawn with soft edges, so that pixels tell a block where to move, and each colour channel of each pixel differs from it by Gaussian noise. The noise grows with the number of pixels: a missed small cube in front costs 100 to 130 nats at every picture size, a missed large one 300 to 380.",
  },
  {
    heading: "Limits",
    text: "Blocks are upright boxes that stand in the middle of a cell or of the block below, with little freedom to the side; the camera never moves. Of the built-in scenes one in thirteen has a block that others hide: parses that differ only there are all right, and their weights say how likely each is. With five types for three true ones, duplicates and unused types are normal. A picture of anything else is explained with blocks all the same, badly.",
  },
  {
    heading: "Sources",
    text: "Le, Collins, Hewitt, Ellis, Siddharth, Gershman and Tenenbaum, Hybrid Memoised Wake-Sleep, ICLR 2022, section 4.2, and its released code. The renderer is the lab\u2019s own: the released one has edges too sharp to learn from.",
  },
];
