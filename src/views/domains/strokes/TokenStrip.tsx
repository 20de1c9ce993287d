// The program as a strip: the canvas after each token, and the token itself. A list of strokes as text for people who do
// not see the pictures; arrow keys walk along it, and the chosen stroke is marked everywhere.

import { type KeyboardEvent, memo, type ReactNode, useRef } from "react";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { runStyle } from "../../palette";
import { density, inks, paintShades } from "./inkCanvas";
import { type PenClock, usePen } from "./penClock";
import type { Mark, Marks } from "./useMarks";

export type StripToken = {
  readonly stroke: number;
  readonly isDown: boolean;
  /** "22" or "(17)". */
  readonly printed: string;
  /** "up right, 7 pixels, straight". */
  readonly words: string;
  /** Slot 1.. of its colour. */
  readonly slot: number;
};

export type TokenStripProps = {
  readonly tokens: readonly StripToken[];
  /** Ink after each token, [side * side] for frames of `frame` CSS px; null while unknown. */
  readonly frames: readonly Float64Array[] | null;
  /** CSS px of a frame. */
  readonly frame: number;
  readonly clock: PenClock;
  readonly marks: Marks;
};

/** One option a token, one tab stop. */
export function TokenStrip({ tokens, frames, frame, clock, marks }: TokenStripProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const at = usePen(clock, (pen) => (pen.progress < pen.end ? Math.floor(pen.progress) : -1));
  const chosen = marks.chosen?.token ?? null;
  const markAt = (t: number): Mark | null => {
    const token = tokens[t];
    return token ? { stroke: token.stroke, token: t } : null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stripStep(event.key, chosen, tokens.length);
    if (next === null && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (next === null) marks.choose(null);
    else if (next !== chosen) marks.choose(markAt(next));
  };
  return (
    <div
      ref={list}
      role="listbox"
      tabIndex={0}
      className="wsl-strip-tokens"
      aria-label="Strokes of the program, in the order of writing"
      aria-activedescendant={chosen === null ? undefined : `token-${chosen}`}
      onKeyDown={onKeyDown}
      onPointerLeave={() => marks.point(null)}
    >
      {tokens.map((token, t) => (
        <Option
          // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
          key={t}
          token={token}
          place={t}
          frame={frame}
          ink={frames?.[t] ?? null}
          isChosen={chosen === t}
          isMarked={isMarkedBy(marks.shown, token, t)}
          isNow={at === t}
          onPoint={() => marks.point(markAt(t))}
          onChoose={() => marks.choose(markAt(t))}
        />
      ))}
    </div>
  );
}

/** The token itself, or every token that draws a marked stroke of the bank. */
export function isMarkedBy(mark: Mark | null, token: { stroke: number; isDown: boolean }, place: number): boolean {
  if (!mark) return false;
  return mark.token === null ? token.isDown && token.stroke === mark.stroke : mark.token === place;
}

/** Where a key leads from the chosen token, or null for keys that mean nothing here. */
export function stripStep(key: string, chosen: number | null, count: number): number | null {
  const last = count - 1;
  switch (key) {
    case "ArrowRight":
    case "ArrowDown":
      return chosen === null ? 0 : Math.min(last, chosen + 1);
    case "ArrowLeft":
    case "ArrowUp":
      return chosen === null ? last : Math.max(0, chosen - 1);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}

type OptionProps = {
  readonly token: StripToken;
  readonly place: number;
  readonly frame: number;
  readonly ink: Float64Array | null;
  readonly isChosen: boolean;
  readonly isMarked: boolean;
  readonly isNow: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
};

function Option({ token, place, frame, ink, ...props }: OptionProps): ReactNode {
  const { colour } = runStyle(token.slot);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
    <div
      role="option"
      id={`token-${place}`}
      className="wsl-strip-token"
      style={{ width: frame + 4 }}
      aria-selected={props.isChosen}
      aria-current={props.isNow ? "step" : undefined}
      aria-label={`${place + 1}: stroke ${token.stroke}, pen ${token.isDown ? "down" : "up"}, ${token.words}`}
      data-marked={props.isMarked ? "" : undefined}
      title={`${token.isDown ? "draws" : "moves"} ${token.words}`}
      onPointerEnter={props.onPoint}
      onClick={props.onChoose}
    >
      <FrameCanvas ink={ink} frame={frame} />
      <b style={token.isDown ? { borderColor: colour } : undefined} data-up={token.isDown ? undefined : ""}>
        {place + 1}
      </b>
      <code data-figure-text="" data-up={token.isDown ? undefined : ""}>
        {token.printed}
      </code>
    </div>
  );
}

const FrameCanvas = memo(function FrameCanvas({ ink, frame }: Pick<OptionProps, "ink" | "frame">): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const side = frame * density();
  const draw = (target: HTMLCanvasElement) => {
    const { modelGround, model } = inks();
    paintShades(target, ink ?? [], side, modelGround, model);
  };
  useFrame(canvas, draw, [ink, side, theme]);
  return <canvas ref={canvas} width={side} height={side} style={{ width: frame, height: frame }} />;
});
