// One page about the domain, under the six headings that every domain has.

export const HELP: readonly { readonly heading: string; readonly text: string }[] = [
  {
    heading: "Observation",
    text: "A handwritten character: 28 by 28 pixels, each ink or paper. Built-in characters belong to alphabets that the lab invents, written by invented people; others of the same characters by other people are held out. Omniglot, MNIST, KMNIST and Quick, Draw can be imported, and you can draw or drop a picture of your own.",
  },
  {
    heading: "Program",
    text: "Ten strokes of a bank that all characters share, each with the pen down or up, written as numbers with brackets around the moves: (17) 3 22 (5) 9. The pen starts in the middle of the picture and goes on from where the stroke before ended. The first stroke is always a move. Fewer strokes are written by lifting the pen.",
  },
  {
    heading: "Prior",
    text: "A tiny LSTM with four units writes programs token by token: first which stroke, then whether the pen is down. It can learn habits, such as strokes that follow each other, but no characters by heart. It may be told the alphabet.",
  },
  {
    heading: "Likelihood",
    text: "Every stroke is a circular arc with a learned direction, length, bend, width and sharpness. Ink is where some stroke with the pen down is near. The drawn picture is looked at through T learned maps that shift, turn and slant it, and p(x | z) is the mean over them: exact, with gradients for every number of the bank.",
  },
  {
    heading: "Limits",
    text: "At most nine strokes with the pen down, all of one thickness family; no loops in one stroke. The pen's order and direction are guesses: the picture alone does not tell how it was written. Bits per pixel depend on how much ink there is, so numbers from pictures prepared in another way cannot be compared; two simple models of the same pictures stand beside them.",
  },
  {
    heading: "Sources",
    text: "Hewitt, Le and Tenenbaum, Learning to learn generative programs with Memoised Wake-Sleep, UAI 2020, section 4.2. Omniglot: Lake, Salakhutdinov and Tenenbaum, Human-level concept learning through probabilistic program induction, Science 2015.",
  },
];
