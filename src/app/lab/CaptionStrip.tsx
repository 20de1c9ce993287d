// The caption of one stage: phase mark, number, what happens with its linked words, the equation.

import type { StageInfo } from "../../engine/algorithms/algorithm";
import type { OptionValues } from "../../engine/options";
import { PhaseMark } from "../../views/frame/marks";
import { Formula } from "../formulas/Formula";
import { PartWord } from "../parts/PartWord";
import { captionPieces, markupOf } from "./stepping/captions";

export type CaptionStripProps = {
  /** The stage whose caption is on show; null before the first. */
  readonly stage: StageInfo | null;
  /** From 1. */
  readonly number: number;
  readonly options: OptionValues;
  /** Instead of a caption, while there is none. */
  readonly empty: string;
};

/** Real text in a polite status: each caption is announced. Its height is reserved. */
export function CaptionStrip({ stage, number, options, empty }: CaptionStripProps) {
  const markup = stage ? markupOf(options, stage.name) : null;
  const pieces = stage ? captionPieces(stage.caption, markup?.links ?? {}) : [];
  return (
    <div className="caption-strip" data-part="captions" data-stage={stage?.name ?? "none"}>
      {stage ? <PhaseMark phase={stage.phase} size={16} /> : null}
      {stage ? <span className="caption-number number">{number}</span> : null}
      <p className={stage ? "caption" : "caption caption-empty"} role="status">
        {stage
          ? pieces.map((piece) =>
              piece.part ? (
                <PartWord key={piece.text} part={piece.part}>
                  {piece.text}
                </PartWord>
              ) : (
                piece.text
              ),
            )
          : empty}
      </p>
      {markup ? <Formula key={markup.formula} id={markup.formula} /> : null}
    </div>
  );
}
