// Bank recovery: each stroke that made the data, and under it the learned stroke that stands for it. Which belongs to which
// is found by the smallest sum of distances, either way of writing.

import { type ReactNode, useMemo, useRef } from "react";
import { FigureFrame } from "../../frame/FigureFrame";
import { Icon } from "../../frame/icons";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { fixedText } from "../../numberText";
import { bankSpan, paintStroke } from "./bankCanvas";
import type { Drawing, StrokeBank, StrokesView } from "./strokesView";
import type { Marks } from "./useMarks";

type Match = ReturnType<Drawing["matchStrokes"]>[number];

export type RecoveryFigureProps = {
  readonly view: StrokesView;
  readonly drawing: Drawing;
  readonly marks: Marks | null;
};

/** CSS px of a stroke. */
const SIDE = 40;
/** Pixels of 28 from the true line within which a stroke counts as found. */
const FOUND = 1.5;
const REACH = 27;

/** Pairs in the order of the hidden bank. */
export function RecoveryFigure({ view, drawing, marks }: RecoveryFigureProps): ReactNode {
  const { data, tools, bank } = view;
  const truth = useMemo(() => (data.trueBank ? tools.bankOfRows(data.trueBank) : null), [data, tools]);
  const matches = useMemo(() => (truth && bank ? drawing.matchStrokes(truth, bank) : []), [drawing, truth, bank]);
  if (!truth) return null;
  const count = truth.dx.length;
  const found = matches.filter(isFound).length;
  return (
    <FigureFrame
      name="recovery"
      kind="picture"
      title="Hidden strokes, found again"
      unit={bank ? `${found} of ${count}, ${FOUND} pixels off at most` : `${count} hidden`}
      sentence={`${count} strokes made the characters. ${found} of them have a learned stroke within ${FOUND} pixels, either way of writing.`}
      table={() => ({
        columns: ["hidden stroke", "learned stroke", "distance, pixels", "written"],
        rows: matches.map((match) => [match.stroke, match.partner, match.distance * REACH, wayText(match)]),
      })}
    >
      <ul className="wsl-recovery">
        {Array.from({ length: count }, (_, stroke) => (
          <Pair
            // biome-ignore lint/suspicious/noArrayIndexKey: a stroke is its number
            key={stroke}
            {...{ drawing, truth, bank, stroke, marks }}
            match={matches[stroke] ?? null}
          />
        ))}
      </ul>
    </FigureFrame>
  );
}

const isFound = (match: Match): boolean => match.distance * REACH <= FOUND;

function wayText(match: Match): string {
  return match.partner < 0 ? "none" : match.isReversed ? "from its other end" : "the same way";
}

type PairProps = {
  readonly drawing: Drawing;
  readonly truth: StrokeBank;
  readonly bank: StrokeBank | null;
  readonly stroke: number;
  readonly match: Match | null;
  readonly marks: Marks | null;
};

function Pair({ drawing, truth, bank, stroke, match, marks }: PairProps): ReactNode {
  const hidden = useRef<HTMLCanvasElement>(null);
  const learned = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const span = bankSpan(truth);
  const partner = match && match.partner >= 0 ? match.partner : null;
  useFrame(hidden, (target) => paintStroke(target, { drawing, bank: truth, stroke, side: SIDE, span, isData: true }), [
    drawing,
    truth,
    theme,
  ]);
  useFrame(
    learned,
    (target) => {
      if (bank && partner !== null)
        paintStroke(target, { drawing, bank, stroke: partner, side: SIDE, span, isData: false });
    },
    [drawing, bank, partner, theme],
  );
  const size = { width: SIDE, height: SIDE };
  const distance = match && partner !== null ? `${fixedText(match.distance * REACH, 1)} px` : "";
  const words =
    partner === null
      ? "no learned stroke yet"
      : `learned stroke ${partner}, ${distance} off, ${wayText(match as Match)}`;
  return (
    <li
      aria-label={`Hidden stroke ${stroke}: ${words}`}
      title={words}
      data-found={match && isFound(match) ? "true" : "false"}
      onPointerEnter={() => (partner === null ? undefined : marks?.point({ stroke: partner, token: null }))}
      onPointerLeave={() => marks?.point(null)}
    >
      <canvas ref={hidden} style={size} />
      <canvas ref={learned} style={size} />
      <span>
        {match && isFound(match) ? <Icon name="check" size={11} /> : null}
        {distance}
      </span>
    </li>
  );
}
