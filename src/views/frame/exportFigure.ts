// Figures as files: the drawing on screen becomes one standalone SVG (colours of the light theme written out, text as
// text, canvases as embedded pictures), and that SVG becomes a PNG at twice the size.

import { type FigureTable, tableCsv, tableJson } from "./figureTable";

export type ExportFormat = "csv" | "json" | "svg" | "png";

/** What an export is made from; functions run only when the person asks. */
export type FigureContent = {
  readonly name: string;
  readonly title: string;
  readonly sentence: string;
  readonly provenance: readonly string[];
  readonly table: () => FigureTable;
  /** The element that holds the drawing, or null while the table is on show. */
  readonly drawing: HTMLElement | null;
};

export type FigureFile = { readonly fileName: string; readonly blob: Blob };

/** The file of a figure in one format. SVG and PNG need the drawing on screen; without it they throw a TypeError. */
export async function figureFile(format: ExportFormat, content: FigureContent): Promise<FigureFile> {
  const fileName = `${content.name}.${format}`;
  if (format === "csv") {
    return { fileName, blob: new Blob([tableCsv(content.table(), content.provenance)], { type: "text/csv" }) };
  }
  if (format === "json") {
    const text = tableJson(content.title, content.table(), content.provenance);
    return { fileName, blob: new Blob([text], { type: "application/json" }) };
  }
  const svg = drawingSvg(content);
  if (format === "svg") return { fileName, blob: new Blob([svg.text], { type: "image/svg+xml" }) };
  return { fileName, blob: await svgToPng(svg.text, svg.width, svg.height) };
}

/** Writes the file to the person's downloads. */
export async function downloadFigure(format: ExportFormat, content: FigureContent): Promise<void> {
  const { fileName, blob } = await figureFile(format, content);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The drawing as standalone SVG text with title, description and provenance. */
export function drawingSvg(content: FigureContent): {
  readonly text: string;
  readonly width: number;
  readonly height: number;
} {
  if (!content.drawing) throw new TypeError(`figure ${content.name} has no drawing on screen to export`);
  const root = content.drawing;
  const box = root.getBoundingClientRect();
  const head = 26;
  const width = Math.ceil(box.width);
  const height = Math.ceil(box.height) + head;
  const parts = inLightTheme(() => drawnParts(root, box));
  const meta = [content.sentence, ...content.provenance].map(escapeText).join("\n");
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escapeText(content.title)}</title><desc>${meta}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="0" y="14" font-family="Inter, sans-serif" font-size="13" font-weight="600">${escapeText(content.title)}</text>`,
    `<g transform="translate(0 ${head})">${parts.join("")}</g></svg>`,
  ].join("");
  return { text, width, height };
}

/** Rasterises SVG text at twice its size. */
export async function svgToPng(text: string, width: number, height: number): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = height * 2;
  const pen = canvas.getContext("2d");
  if (!pen) throw new TypeError("this browser refused a canvas for the export");
  pen.imageSmoothingEnabled = false;
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new TypeError("the export became empty"))), "image/png");
  });
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

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
