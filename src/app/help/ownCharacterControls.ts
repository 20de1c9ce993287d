// What the controls of drawing a character and of data sets of others do, one sentence each.

import type { ControlHelp } from "./controls";

export const OWN_CHARACTER_CONTROLS: readonly ControlHelp[] = [
  {
    id: "try-strokes",
    names: [
      /^Pad of \d+ by \d+ cells/,
      "Draw another",
      "Brush",
      /^(fine|medium|broad)$/,
      "Centre",
      "Size",
      "Ink from",
      "Light ink on dark",
      "As at first",
      "trained on characters",
      /^Pen over your character/,
    ],
    title: "Your own character",
    text: "A pad for mouse, finger, pen or keys, and how what is on it becomes 28 by 28 cells: moved to the middle, brought to size, ink from which share on, which of light and dark is the ink. The small picture is exactly what the model gets.",
  },
  {
    id: "data-sets",
    names: [
      "Data sets of others",
      "Data set beside yours",
      /^(Download|Go on) from /,
      /^Choose files of /,
      /^(Use|Remove) (Omniglot|MNIST|KMNIST|Quick, Draw)$/,
    ],
    title: "Data sets of others",
    text: "Download asks the owner's server, and only then; Stop keeps what has come, and the next press goes on from there. Files that you have do as well. What is kept here works without a connection until you remove it.",
  },
];
