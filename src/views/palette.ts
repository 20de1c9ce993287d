// Colours by meaning, never by hue: each name is a CSS variable of the design tokens, so both themes and the
// presenter mode follow by themselves. Runs carry a colour, a dash and a marker together.

/** CSS colours by what they mean. */
export const palette = {
  theta: "var(--theta)",
  thetaSoft: "var(--theta-soft)",
  phi: "var(--phi)",
  phiSoft: "var(--phi-soft)",
  memory: "var(--memory)",
  memorySoft: "var(--memory-soft)",
  wake: "var(--wake)",
  replay: "var(--replay)",
  fantasy: "var(--fantasy)",
  data: "var(--data)",
  dataGround: "var(--data-0)",
  prediction: "var(--prediction)",
  predictionGround: "var(--prediction-0)",
  mismatch: "var(--mismatch)",
  exact: "var(--exact)",
  ink: "var(--text-1)",
  quiet: "var(--text-3)",
  select: "var(--select)",
  selectEdge: "var(--select-edge)",
} as const;

export type Meaning = keyof typeof palette;

export type Marker = "circle" | "square" | "triangleUp" | "diamond" | "triangleDown" | "plus" | "cross" | "ring";

/** How one run (or one cluster) looks everywhere: three carriers, so that no meaning rests on hue alone. */
export type RunStyle = {
  readonly slot: number;
  readonly colour: string;
  /** SVG stroke-dasharray; "none" for solid. */
  readonly dash: string;
  readonly marker: Marker;
};

/** Number of run styles that the palette offers. */
export const numRunSlots = 8;

const dashes = ["none", "7 3", "2 3", "9 3 2 3", "12 4", "4 2", "1 4", "8 2 1 2 1 2"];
const markers: readonly Marker[] = [
  "circle",
  "square",
  "triangleUp",
  "diamond",
  "triangleDown",
  "plus",
  "cross",
  "ring",
];

/** Style of run slot 1..8; slots beyond 8 begin again at 1, slots below 1 count as 1. */
export function runStyle(slot: number): RunStyle {
  const index = (Math.max(1, Math.floor(slot)) - 1) % numRunSlots;
  return {
    slot: index + 1,
    colour: `var(--run-${index + 1})`,
    dash: dashes[index] ?? "none",
    marker: markers[index] ?? "circle",
  };
}

/** SVG path of a marker centred on the origin with radius r px; `filled` tells fill from stroke. */
export function markerPath(marker: Marker, r: number): { readonly d: string; readonly filled: boolean } {
  const s = round(r * 0.88);
  const t = round(r * 1.12);
  const circle = `M${-r},0a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`;
  switch (marker) {
    case "circle":
      return { d: circle, filled: true };
    case "square":
      return { d: `M${-s},${-s}H${s}V${s}H${-s}Z`, filled: true };
    case "triangleUp":
      return { d: `M0,${-t}L${t},${s}L${-t},${s}Z`, filled: true };
    case "diamond":
      return { d: `M0,${-t}L${t},0L0,${t}L${-t},0Z`, filled: true };
    case "triangleDown":
      return { d: `M0,${t}L${t},${-s}L${-t},${-s}Z`, filled: true };
    case "plus":
      return { d: `M0,${-t}V${t}M${-t},0H${t}`, filled: false };
    case "cross":
      return { d: `M${-s},${-s}L${s},${s}M${s},${-s}L${-s},${s}`, filled: false };
    case "ring":
      return { d: circle, filled: false };
  }
}

function round(v: number): number {
  return Math.round(v * 100) / 100;
}
