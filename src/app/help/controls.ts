// What each control of the page does, one sentence each: the list on the help page. Options are explained by their own
// table (engine/options); a test walks through the screens and finds every control here, or explained where it stands.

import { DOMAIN_CONTROLS } from "./domainControls";

export type ControlHelp = {
  /** For data-help and "#/help/controls". */
  readonly id: string;
  /** Accessible names of the controls that this entry explains; a RegExp where names carry data. */
  readonly names: readonly (string | RegExp)[];
  readonly title: string;
  readonly text: string;
};

export const CONTROLS: readonly ControlHelp[] = [
  ...DOMAIN_CONTROLS,
  {
    id: "play",
    names: ["Play", "Pause"],
    title: "Play, Pause",
    text: "Trains, or stops within one stage. Playing on gives the same numbers as never having paused.",
  },
  { id: "step", names: ["Step"], title: "Step", text: "One update of both models, then still." },
  {
    id: "phase-step",
    names: ["Phase step"],
    title: "Phase step",
    text: "One phase of a step: wake, replay or fantasy.",
  },
  {
    id: "stage-step",
    names: ["Next stage", "Continue", /^Stage /, /stage \d/i],
    title: "Next stage",
    text: "One of the nine stages of a step. Earlier stages are shown from their record.",
  },
  {
    id: "slow-motion",
    names: ["Slow motion", "Speed of slow motion"],
    title: "Slow motion",
    text: "The same computation with a caption at each stage and a rest between, or waiting for Space.",
  },
  {
    id: "reset",
    names: ["Reset", "Reset now"],
    title: "Reset",
    text: "Back to step 0 with the same seed: the same numbers again.",
  },
  { id: "new-seed", names: ["New seed"], title: "New seed", text: "Draws another seed and begins again." },
  { id: "stop", names: ["Stop"], title: "Stop", text: "Ends the run where it stands." },
  {
    id: "copy-link",
    names: ["Copy link"],
    title: "Copy link",
    text: "Copies an address that opens exactly this: data, options, seed, runs and layout.",
  },
  {
    id: "teacher-link",
    names: ["Teacher link", "Show all"],
    title: "Teacher link",
    text: "Makes a link that leaves chosen controls out and carries a note. Whoever opens it can show all again.",
  },
  {
    id: "present",
    names: ["Present", "Leave"],
    title: "Present",
    text: "One figure or one step, readable from the back row. P or Escape leaves.",
  },
  { id: "presets", names: [], title: "Presets", text: "Named starting points: a data set with options that suit it." },
  {
    id: "panels",
    names: [
      "Preset",
      "Options",
      "Learning curves",
      "Posterior picture",
      "Dreams",
      "Estimator lens",
      "Hide the hints",
      "More options",
      "Fewer options",
      "More commands",
      "Menu",
    ],
    title: "Panels and menus",
    text: "Open and close a part of the page. What is closed is part of the link.",
  },
  {
    id: "undo",
    names: [/^Undo: /],
    title: "Undo",
    text: "Puts one option back to the preset's value.",
  },
  {
    id: "numbers",
    names: [/^(Less|More): /, "Allow unusual values"],
    title: "Number fields",
    text: "Type a number, press minus or plus, or use the arrow keys. Unusual values can be allowed; they are marked, and their cost is shown.",
  },
  {
    id: "runs",
    names: ["Add a run", /^Remove /, /^Curves of /],
    title: "Runs",
    text: "Up to eight runs share data, seed and axes. The eye hides a run's curves, the cross takes it off.",
  },
  {
    id: "axis",
    names: ["step", "time", "proposals", "Horizontal axis", "new best", "smooth"],
    title: "Switches of the curves",
    text: "The horizontal axis: steps, seconds of training, or scored proposals. Ticks mark new best programs; smoothing leaves the raw line.",
  },
  {
    id: "table",
    names: [/^Show .* as (table|picture)$/],
    title: "Table",
    text: "Shows the numbers of a figure in its place, and the picture again.",
  },
  {
    id: "export",
    names: [/^Export/, /^Save/],
    title: "Export",
    text: "CSV and JSON hold all numbers, SVG and PNG the drawing; each carries version, options and seed.",
  },
  {
    id: "read-values",
    names: [/^Read values of /],
    title: "Crosshair",
    text: "Point at a curve, or focus it and use the arrow keys, to read its values.",
  },
  {
    id: "pictures",
    names: [
      /^(P|p)icture \d+/,
      /^your picture/i,
      "Previous pictures",
      "Next pictures",
      /^(Previous|Next) data set/,
      "Data set number",
    ],
    title: "Pictures",
    text: "Chooses the observation on show; arrow keys walk through them. The number beneath counts cells that break the rule.",
  },
  {
    id: "picture-modes",
    names: ["picture", "expected", "residual", "clean", "noisy", "from memory", "exact", "recognition"],
    title: "What a picture shows",
    text: "The data, what the rule expects, or what is left over; a continuation without noise, with it, or from all remembered rules; certainty from the exact posterior or from the network.",
  },
  {
    id: "rule-explorer",
    names: [/neighbourhood/i, /^Bit /i, /^Pattern /i, "Try another rule", "Back to the best rule"],
    title: "Rule explorer",
    text: "Each button is the answer for one pattern of cells. Press it to flip the answer and see what breaks.",
  },
  {
    id: "memory-table",
    names: ["Show weights", "Show nats below the best", /proposals?$/i, /^rule /],
    title: "Memory table",
    text: "Choose a row to see its program in the pictures. The weight column switches to nats below the best.",
  },
  {
    id: "clusters",
    names: ["exact answer", "no cloud", "centres", "predictive"],
    title: "Layers of the clusters picture",
    text: "Draws the exact answer over the learned one, or clouds of what the model expects.",
  },
  {
    id: "concepts",
    names: [
      "Search concepts",
      "Concepts",
      "alignment",
      "Draw others",
      "Find concepts that it makes, too",
      /^(Best|Chosen) program/,
      /^Concept \d+, /,
    ],
    title: "Concepts",
    text: "Search finds concepts by name or string; arrow keys walk through the list. The strings show what each part of the program made, or how many nats it leaves to chance; others of its strings can be drawn.",
  },
  {
    id: "program-parts",
    names: [
      /, (always .+|one (digit|capital letter|small letter|letter or digit|space or tab)|any one character|a space|a tab)$/,
      /, (any number of times, also never|once or more|there or not; there|one of several; left of the first bar|held together by brackets)$/,
    ],
    title: "Parts of a program",
    text: "Point at a part of a regular expression, or walk over it with the arrow keys, to mark the characters that it made; a press keeps them marked, Escape lets go.",
  },
  {
    id: "own-program",
    names: ["Your program", "Take the best", "Undo the last change of your program", "Clear your program"],
    title: "Your program",
    text: "Type a regular expression: the strings are aligned and scored with it at once, and the run gives its prior, joint and log q.",
  },
  {
    id: "upload",
    names: ["Open your picture", "Picture file"],
    title: "Open your picture",
    text: "Reads a picture on this device and trains with it as one more observation. Nothing is sent.",
  },
  {
    id: "stage-views",
    names: ["Explain this step", "Diagram"],
    title: "Beside the stages",
    text: "Writes the step that just happened in words with its numbers, or shows the algorithm with its active path.",
  },
  {
    id: "try",
    names: [
      "Choose files",
      "Files",
      "Draw one",
      "Use an example",
      "3 cells",
      "5 cells",
      "trained on columns",
      "not trained on columns",
      "Use the trained model",
    ],
    title: "Try your own",
    text: "Ways to bring a picture, how many neighbours its rule may look at, and whether the search starts from the shipped model. Everything stays on this device.",
  },
  {
    id: "try-strings",
    names: [
      "Type some",
      "Draw others",
      "Cells are separated by",
      "The first row names the columns",
      /^Copy for (JavaScript|Python)$/,
      /^One string a line/,
      /^(Take away spaces|Make typographic|Leave out numbers)/,
    ],
    title: "Your own strings",
    text: "Type strings, or choose how a table is read, which columns are taken and how their cells are cleaned. Draw others takes other strings of the same column. Copy gives a program to another language.",
  },
  {
    id: "saved-runs",
    names: ["Run file", "Open a run file", "Export run file", "Dismiss", /^More for /, /^Erase everything/],
    title: "Saved runs",
    text: "Runs are kept on this device; a run file holds a whole run and opens by drop. Erasing asks first.",
  },
  {
    id: "compare-plan",
    names: ["Plan your own comparison", "Domain", "Add a value", /^Values of /],
    title: "Plan of a comparison",
    text: "Lists of values become a grid of runs; their number and the time they will take stand beside it before anything starts.",
  },
  {
    id: "compare-runs",
    names: [/^(Pause|Start|Go on with|Run) /, /^Own (axes|horizontal axis) for /, "Band around a mean", "Quantity"],
    title: "Runs of a comparison",
    text: "Each run can be paused, run again or removed; charts share their axes unless one is unlocked.",
  },
  {
    id: "teacher-notes",
    names: ["Teacher notes"],
    title: "Teacher notes",
    text: "Shows a note and a suggested time at each step of a lesson.",
  },
  {
    id: "handout",
    names: ["Handout"],
    title: "Handout",
    text: "Prints the whole lesson as text, with the notes if they are shown.",
  },
  {
    id: "explore",
    names: ["Explore freely from here"],
    title: "Explore freely",
    text: "Opens the workbench with the very run of the lesson.",
  },
  {
    id: "lesson-ways",
    names: ["Previous", "Next", "All lessons", "Skip", "Show me"],
    title: "Ways through a lesson",
    text: "Arrow keys do the same. Show me reveals what a question asked; Skip goes on without doing the task.",
  },
  {
    id: "theme",
    names: [/^Theme: /, /^Motion: /],
    title: "Theme and motion",
    text: "Light, dark or as the system; reduced, full or as the system. Kept on this device.",
  },
  {
    id: "domains",
    names: [/^(Domains|Cellular automata|Blocks|Clusters|Strings|Strokes|Time series)$/, "Skip to the content"],
    title: "Header",
    text: "The domains, and the screens of the lab.",
  },
];

/** The entry that explains a control of this accessible name. */
export function helpFor(name: string): ControlHelp | undefined {
  return CONTROLS.find((entry) =>
    entry.names.some((known) => (typeof known === "string" ? known === name : known.test(name))),
  );
}
