// What each colour of the page means. Colour belongs to the data: a hue means one thing everywhere, and never alone.

export type ColourMeaning = {
  /** The custom property of tokens.css. */
  readonly token: string;
  readonly name: string;
  readonly text: string;
};

export const COLOURS: readonly ColourMeaning[] = [
  {
    token: "--theta",
    name: "θ, ochre",
    text: "The generative model, and what it predicts: filled bars, dashed lines.",
  },
  { token: "--phi", name: "φ, blue", text: "The recognition model and its proposals: outlined bars." },
  { token: "--memory", name: "Memory, green", text: "What is remembered, its weights, and “new best” ticks." },
  { token: "--wake", name: "Wake", text: "The waking phase: an open circle." },
  { token: "--replay", name: "Replay", text: "The replay phase: a half circle." },
  { token: "--fantasy", name: "Fantasy", text: "The fantasy phase: a full circle." },
  { token: "--data", name: "Data, ink", text: "What was observed: dark cells, points, curves of a single run." },
  {
    token: "--prediction",
    name: "Predicted",
    text: "What a program makes of the data beyond what was observed, right of a line with the word.",
  },
  {
    token: "--mismatch",
    name: "Mismatch, red",
    text: "Cells that break the rule, and failures; failures carry an icon and a word.",
  },
  { token: "--exact", name: "Exact", text: "An exact answer or a true value: a fine dotted line with its name on it." },
  { token: "--select", name: "Selected", text: "The row, picture or run that was chosen, with an ink edge." },
  {
    token: "--run-1",
    name: "Run 1",
    text: "Solid line, circle. The eight colours of runs also tell clusters, the parts of a regular expression, and a series from the addends of its fit apart.",
  },
  { token: "--run-2", name: "Run 2", text: "Dashed line, square." },
  { token: "--run-3", name: "Run 3", text: "Dotted line, triangle." },
  { token: "--run-4", name: "Run 4", text: "Dash and dot, diamond." },
  { token: "--run-5", name: "Run 5", text: "Long dashes, triangle pointing down." },
  { token: "--run-6", name: "Run 6", text: "Short dashes, plus." },
  { token: "--run-7", name: "Run 7", text: "Sparse dots, cross." },
  {
    token: "--run-8",
    name: "Run 8",
    text: "Dash and two dots, ring. A run keeps its colour, dash and marker for life.",
  },
];
