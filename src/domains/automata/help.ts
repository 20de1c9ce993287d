// One page about the domain, under the six headings that every domain has.

export const HELP: readonly { readonly heading: string; readonly text: string }[] = [
  {
    heading: "Observation",
    text: "A black-and-white picture. It grows from left to right: each column follows from the one before it by one rule, the same for every cell, and now and then a cell comes out wrong. Built-in pictures are drawn by a seeded generator; a picture of your own is cut to the same size.",
  },
  {
    heading: "Program",
    text: 'A rule: for each pattern of 3 (or 5) neighbouring cells, light or dark next. That is 8 (or 32) bits, written "rule 110" (or "rule 0x0f3a5c77"). Bit n answers for the pattern whose cells, read from the top, spell n in binary; the upper cell is the left cell of Wolfram\'s numbering.',
  },
  {
    heading: "Prior",
    text: "Independent bits, each with a learned probability, one half at the start. Another choice lets a small LSTM read the bits in order. The prior is shared by all pictures.",
  },
  {
    heading: "Likelihood",
    text: "The first column is fair coins. Every later cell is what the rule says with probability 1 − φ, and the opposite with probability φ. The noise level φ lies between 0 and 1/2 and is shared by all pictures. A wrong bit in a rule must be paid for with more noise, so φ measures how good the rules are.",
  },
  {
    heading: "Limits",
    text: "Bits of patterns that never occur in a picture cannot be known from it; accuracy counts only the visited ones. The rule and the noise are the same everywhere in a picture, cells have two colours, and only the column just before matters. Many pictures are no automata; then the saving in bits is small or negative, and the page says so.",
  },
  {
    heading: "Sources",
    text: "Hewitt, Le and Tenenbaum, Learning to learn generative programs with Memoised Wake-Sleep, UAI 2020, section 4.4. Numbering of rules: Wolfram, A New Kind of Science, 2002. Threshold: Otsu 1979.",
  },
];
