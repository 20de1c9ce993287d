// Figures as files: numbers as CSV, JSON or lines of text; the drawing on screen as standalone SVG, and that SVG as a PNG
// at twice the size. All of them carry the provenance: docs/exports.md says where.

import { drawingSvg, tableSvg } from "./drawingSvg";
import { type FigureTable, tableCsv, tableJson } from "./figureTable";
import { pngWithText } from "./pngText";

export type ExportFormat = "csv" | "json" | "txt" | "svg" | "png";

/** What an export is made from; functions run only when the person asks. */
export type FigureContent = {
  readonly name: string;
  readonly title: string;
  /** Unit and sample size, as plain text. */
  readonly unit?: string;
  readonly sentence: string;
  readonly provenance: readonly string[];
  readonly table: () => FigureTable;
  /** Rows of the CSV where they are not those of the table: one per record and metric. */
  readonly csvTable?: () => FigureTable;
  /** Lines of the text format. */
  readonly lines?: () => readonly string[];
  /** The element that holds the drawing, or null while the table is on show. */
  readonly drawing: HTMLElement | null;
  /** The figure is a table itself: SVG and PNG set its rows as text. */
  readonly isTable?: boolean;
};

export type FigureFile = { readonly fileName: string; readonly blob: Blob };

/** The file of a figure in one format. SVG and PNG of a drawing need it on screen; without it they throw a TypeError. */
export async function figureFile(format: ExportFormat, content: FigureContent): Promise<FigureFile> {
  const fileName = `${content.name}.${format}`;
  const { provenance } = content;
  if (format === "csv") {
    const text = tableCsv((content.csvTable ?? content.table)(), provenance);
    return { fileName, blob: new Blob([text], { type: "text/csv" }) };
  }
  if (format === "json") {
    const text = tableJson(content.title, content.table(), provenance);
    return { fileName, blob: new Blob([text], { type: "application/json" }) };
  }
  if (format === "txt") {
    const lines = [...provenance.map((line) => `# ${line}`), ...(content.lines?.() ?? [])];
    return { fileName, blob: new Blob([`${lines.join("\n")}\n`], { type: "text/plain" }) };
  }
  const svg = content.isTable ? tableSvg(content) : drawingSvg(content);
  if (format === "svg") return { fileName, blob: new Blob([svg.text], { type: "image/svg+xml" }) };
  const png = await svgToPng(svg.text, svg.width, svg.height);
  return { fileName, blob: await pngWithText(png, { Title: content.title, Comment: provenance.join("\n") }) };
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
