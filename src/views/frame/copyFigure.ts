// "Copy as figure": the drawing and its caption on the clipboard, for a page (HTML) and as plain text.

import { drawingSvg, escapeText, tableSvg } from "./drawingSvg";
import type { FigureContent } from "./exportFigure";

/** How the lab asks to be cited. */
export const CITATION =
  "Method: L. B. Hewitt, T. A. Le and J. B. Tenenbaum, Learning to learn generative programs with Memoised Wake-Sleep, UAI 2020.";

/** Title, unit, sentence, where it comes from, date and citation. @param date as it shall stand there: "2026-11-21" */
export function captionOf(content: FigureContent, date: string): string {
  const head = content.unit ? `${content.title}, ${content.unit}.` : `${content.title}.`;
  const said = content.sentence.startsWith(head) ? content.sentence.slice(head.length).trim() : content.sentence;
  return [head, said, ...content.provenance.map((line) => `${line}.`), `${date}.`, CITATION].join(" ");
}

/** Puts SVG and caption on the clipboard; rejects where the browser does not let the page write there. */
export async function copyFigure(content: FigureContent): Promise<void> {
  const svg = (content.isTable ? tableSvg(content) : drawingSvg(content)).text;
  const caption = captionOf(content, new Date().toISOString().slice(0, 10));
  const html = `<figure>${svg}<figcaption>${escapeText(caption)}</figcaption></figure>`;
  const item = new ClipboardItem({
    "text/html": new Blob([html], { type: "text/html" }),
    "text/plain": new Blob([`${svg}\n${caption}\n`], { type: "text/plain" }),
  });
  await navigator.clipboard.write([item]);
}
