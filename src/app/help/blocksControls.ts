// What the controls of scenes of blocks do, one sentence each.

import type { ControlHelp } from "./controls";

export const BLOCKS_CONTROLS: readonly ControlHelp[] = [
  {
    id: "scene",
    names: ["observed", "parsed", "all parses in 3D", /^(Best|Other) parse: /, /^Block [A-Z], /],
    title: "A scene and its parses",
    text: "Observed and parsed choose what the thumbnails show; one under the pointer shows the other. Choose a parse, by pointer or arrow keys, to see it in 3D, as it is drawn and in the memory; choose a block to find it in all of them. All parses in 3D draws every block as dense as the weight of the parses that have it.",
  },
  {
    id: "scene-3d",
    names: [/ in 3D, \d+ blocks?$/, "Front camera", "Left camera", "Right camera", "Reset view"],
    title: "The 3D picture",
    text: "Drag it or use the arrow keys to turn it, plus and minus to zoom. Front is where the training pictures are taken from; left and right look down from the sides and show what the front towers hide.",
  },
  {
    id: "own-scene",
    names: [
      "Build another",
      "Find the scene",
      "Add",
      "Take away",
      "this parse",
      "all by weight",
      "crop to the middle",
      "add background",
      "Make the background white",
      /^[A-F] (small|medium|large|green|wide|tall|deep) ?/,
      /^(Front|Back) (left|right)(, |: take)/,
    ],
    title: "Your own scene",
    text: "Choose a block, then put it on a tower in 3D or in the plan, or take the top one away. The photograph below is all that the model gets. Pictures are cropped or get background added to make a square, and their background becomes white.",
  },
];
