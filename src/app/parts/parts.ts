// The parts of a workbench that words can point at: captions, lessons and tooltips name them, panels carry them.
// A panel says `data-part="memory"` (several, with spaces); lightPart("memory") marks it while a word has the pointer.

/** Every part that a word may name; the colour of the word is the part's colour in the look. */
export const PARTS = {
  data: { title: "the data", colour: "data" },
  observation: { title: "the observation on show", colour: "data" },
  memory: { title: "the memory", colour: "memory" },
  weight: { title: "the weights", colour: "memory" },
  proposals: { title: "the proposals", colour: "phi" },
  recognition: { title: "the recognition model", colour: "phi" },
  generative: { title: "the generative model", colour: "theta" },
  prediction: { title: "what comes next", colour: "theta" },
  dreams: { title: "the dreams", colour: "fantasy" },
  curves: { title: "the learning curves", colour: "data" },
  noise: { title: "the noise level", colour: "theta" },
  lens: { title: "the estimator lens", colour: "data" },
  transport: { title: "the transport", colour: "data" },
  phases: { title: "the phases", colour: "replay" },
  captions: { title: "the caption", colour: "data" },
  options: { title: "the options", colour: "data" },
  runs: { title: "the runs", colour: "data" },
  history: { title: "the history of the memory", colour: "memory" },
} as const;

export type PartName = keyof typeof PARTS;

/** Figures that are a part by their name; everything else says data-part. */
const FIGURES: Partial<Record<PartName, string>> = {
  data: '[data-picture="images"], [data-picture="clusters"], [data-picture="characters"]',
  memory: '[data-table="memory"]',
  prediction: '[data-picture="extrapolation"], [data-picture="same-cluster"]',
  noise: '[data-chart="phi"]',
};

function panelsOf(part: PartName): string {
  const figures = FIGURES[part];
  return `[data-part~="${part}"]${figures ? `, ${figures}` : ""}`;
}

/** Marks every panel of a part on the page, or none. Only one part is lit at a time. */
export function lightPart(part: PartName | null): void {
  for (const lit of document.querySelectorAll("[data-lit]")) lit.removeAttribute("data-lit");
  if (part === null) return;
  for (const panel of document.querySelectorAll(panelsOf(part))) panel.setAttribute("data-lit", "");
}

/** Scrolls a part into view, as little as needed. */
export function revealPart(part: PartName): void {
  document.querySelector(panelsOf(part))?.scrollIntoView({ block: "nearest" });
}
