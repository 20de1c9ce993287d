// The drawing on screen as one standalone SVG: colours of the light theme written out, text as text, canvases as embedded
// pictures, provenance as metadata. Tables that have no drawing are set as text.

import type { FigureContent } from "./exportFigure";

export type SvgFile = { readonly text: string; readonly width: number; readonly height: number };

/** The drawing as standalone SVG text with title, description and provenance. */
export function drawingSvg(content: FigureContent): SvgFile {
  if (!content.drawing) throw new TypeError(`figure ${content.name} has no drawing on screen to export`);
  const root = content.drawing;
  const box = root.getBoundingClientRect();
  const width = Math.ceil(box.width);
  const height = Math.ceil(box.height) + HEAD;
  const parts = inLightTheme(() => drawnParts(root, box));
  return framed(content, width, height, parts);
}

/** The numbers of a figure that is a table itself, set as text in columns. */
export function tableSvg(content: FigureContent): SvgFile {
  const { columns, rows } = content.table();
  const texts = [columns, ...rows.map((row) => row.map(cellText))];
  const widths = columns.map((_, at) => Math.max(...texts.map((row) => (row[at] ?? "").length)) * CHARACTER + 16);
  const lefts = widths.map((_, at) => widths.slice(0, at).reduce((sum, one) => sum + one, 0));
  const parts = texts.flatMap((row, line) =>
    row.map((text, at) => {
      const font = `font-family="JetBrains Mono, monospace" font-size="12"${line === 0 ? ' font-weight="600"' : ""}`;
      return `<text x="${lefts[at] ?? 0}" y="${(line + 1) * LINE - 6}" ${font} xml:space="preserve">${escapeText(text)}</text>`;
    }),
  );
  const width = Math.max(
    240,
    widths.reduce((sum, one) => sum + one, 0),
  );
  return framed(content, width, HEAD + texts.length * LINE + 4, parts);
}

const HEAD = 26;
/** Free space around everything, px. */
const PAD = 12;
const LINE = 20;
/** Width of a character of the code face at 12 px. */
const CHARACTER = 7.3;

function framed(content: FigureContent, innerWidth: number, innerHeight: number, parts: readonly string[]): SvgFile {
  const width = innerWidth + 2 * PAD;
  const height = innerHeight + 2 * PAD;
  const unit = content.unit
    ? `<tspan font-weight="400" font-size="12" fill="#696d74" dx="8">${escapeText(content.unit)}</tspan>`
    : "";
  const title = `font-family="Inter, sans-serif" font-size="13" font-weight="600"`;
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escapeText(content.title)}</title><desc>${escapeText(content.sentence)}</desc>`,
    `<metadata>${content.provenance.map(escapeText).join("\n")}</metadata>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${PAD}" y="${PAD + 14}" ${title}>${escapeText(content.title)}${unit}</text>`,
    `<g transform="translate(${PAD} ${PAD + HEAD})">${parts.join("")}</g></svg>`,
  ].join("");
  return { text, width, height };
}

function cellText(value: number | string | null): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  const shown = value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential(1) : String(Math.round(value * 1e4) / 1e4);
  return shown.replaceAll("-", "\u2212");
}
// Reading styles under the light theme keeps printed figures readable; the switch back happens before any paint.
function inLightTheme<T>(read: () => T): T {
  const html = document.documentElement;
  const before = html.dataset["theme"];
  html.dataset["theme"] = "light";
  try {
    return read();
  } finally {
    if (before === undefined) delete html.dataset["theme"];
    else html.dataset["theme"] = before;
  }
}

function drawnParts(root: HTMLElement, box: DOMRect): string[] {
  const parts: string[] = [];
  for (const element of root.querySelectorAll("svg, canvas, [data-figure-text]")) {
    if (element.closest(".wsl-icon") || element.parentElement?.closest("svg")) continue;
    const place = element.getBoundingClientRect();
    if (place.width === 0 || place.height === 0) continue;
    const x = place.left - box.left;
    const y = place.top - box.top;
    if (element instanceof HTMLCanvasElement) {
      const size = `width="${place.width}" height="${place.height}"`;
      const pixels = `style="image-rendering:pixelated" href="${element.toDataURL("image/png")}"`;
      parts.push(`<image x="${x}" y="${y}" ${size} preserveAspectRatio="none" ${pixels}/>`);
    } else if (element instanceof SVGSVGElement) {
      parts.push(`<g transform="translate(${x} ${y})">${inlineStyles(element)}</g>`);
    } else {
      const style = getComputedStyle(element);
      const font = `font-family="${escapeText(style.fontFamily)}" font-size="${style.fontSize}"`;
      const base = y + place.height * 0.78;
      parts.push(
        `<text x="${x}" y="${base}" ${font} fill="${style.color}">${escapeText(element.textContent ?? "")}</text>`,
      );
    }
  }
  return parts;
}

const styled = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
];

function inlineStyles(svg: SVGSVGElement): string {
  // cloneNode returns a Node; the clone of an svg element is one.
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  originals.forEach((original, i) => {
    const target = copies[i];
    if (!target) return;
    const style = getComputedStyle(original);
    for (const name of styled) target.setAttribute(name, style.getPropertyValue(name));
    if (style.getPropertyValue("paint-order").startsWith("stroke")) target.setAttribute("paint-order", "stroke");
    target.removeAttribute("class");
    target.removeAttribute("style");
  });
  for (const hidden of copy.querySelectorAll("[data-no-export]")) hidden.remove();
  return new XMLSerializer().serializeToString(copy);
}

/** Text as it may stand in XML. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
