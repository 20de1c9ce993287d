// A lesson's paragraph with its linked words: parts of the bench, terms of the glossary, equations.

import { Formula } from "../formulas/Formula";
import { type FormulaId, isFormula } from "../formulas/formulaTable";
import { PartWord } from "../parts/PartWord";
import { PARTS, type PartName } from "../parts/parts";
import { piecesOf, type TextPiece } from "./lessonText";

/** Inline content of one paragraph. */
export function LessonText({ text }: { readonly text: string }) {
  return piecesOf(text).map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a paragraph never change places
    <Piece key={index} piece={piece} />
  ));
}

function Piece({ piece }: { readonly piece: TextPiece }) {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "stress":
      return <em>{piece.text}</em>;
    case "formula":
      return isFormula(piece.id) ? <Formula id={piece.id satisfies FormulaId} /> : null;
    case "part":
      return isPart(piece.to) ? <PartWord part={piece.to}>{piece.text}</PartWord> : piece.text;
    case "term":
      return (
        <a className="term-word" href={`#/help/${piece.to}`} data-term={piece.to}>
          {piece.text}
        </a>
      );
    default:
      return <a href={piece.to}>{piece.text}</a>;
  }
}

function isPart(name: string): name is PartName {
  return name in PARTS;
}
