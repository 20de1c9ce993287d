// The markup of lesson texts: [word](part:memory) points at a part of the bench, [word](term:replay) opens the glossary,
// [word](#/try/automata) is a link, {joint} is an equation, *word* is stressed. Everything else is text.

export type TextPiece =
  | { readonly kind: "text" | "stress"; readonly text: string }
  | { readonly kind: "part" | "term" | "link"; readonly text: string; readonly to: string }
  | { readonly kind: "formula"; readonly id: string };

const MARK = /\[([^\]]+)\]\((part:|term:)?([^)]+)\)|\{([a-zA-Z]\w*)\}|\*([^*]+)\*/g;

/** The pieces of one paragraph, in order. */
export function piecesOf(paragraph: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  const plain = (to: number) => {
    if (to > from) pieces.push({ kind: "text", text: unbroken(paragraph.slice(from, to)) });
  };
  for (const found of paragraph.matchAll(MARK)) {
    plain(found.index);
    from = found.index + found[0].length;
    pieces.push(pieceOf(found));
  }
  plain(paragraph.length);
  return pieces;
}

/** Numbers stay in one line: "10 000" and "99 %" do not break at their space. */
function unbroken(text: string): string {
  return text.replace(/(?<=\d) (?=\d{3}(?!\d)|%)/g, "\u00a0");
}

/** The paragraph without its marks: for print, search and speech. */
export function plainText(paragraph: string): string {
  return piecesOf(paragraph)
    .map((piece) => (piece.kind === "formula" ? "" : piece.text))
    .join("");
}

function pieceOf(found: RegExpExecArray): TextPiece {
  const [, word = "", kind, to = "", formula, stress] = found;
  if (formula !== undefined) return { kind: "formula", id: formula };
  if (stress !== undefined) return { kind: "stress", text: stress };
  if (kind === "part:") return { kind: "part", text: word, to };
  return { kind: kind === "term:" ? "term" : "link", text: word, to };
}
