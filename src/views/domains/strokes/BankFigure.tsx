// The bank: every stroke as it looks now, all at one scale, with the place where it starts and the way it goes. A bar says
// how much it is used; strokes of the program on show carry its colours. Pointing at one marks where it is used.

import { type KeyboardEvent, memo, type ReactNode, useContext, useMemo, useRef } from "react";
import { FigureFrame } from "../../frame/FigureFrame";
import { FigureScaleContext } from "../../frame/figureScale";
import type { FigureTable } from "../../frame/figureTable";
import { useCalm } from "../../frame/useCalm";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { useWidth } from "../../frame/useWidth";
import { countText } from "../../numberText";
import { runStyle } from "../../palette";
import { type BankGrid, bankGrid, paintBank } from "./bankCanvas";
import { bankOf, type Drawing, type StrokesView } from "./strokesView";
import { strokeWords, usageWords } from "./strokeWords";
import type { Marks } from "./useMarks";

export type BankFigureProps = {
  readonly view: StrokesView;
  readonly drawing: Drawing | null;
  readonly slots: ReadonlyMap<number, number>;
  readonly marks: Marks;
  /** Number of characters whose best program draws the marked stroke. */
  readonly uses: (stroke: number) => number;
};

/** Least time between two drawings of the bank: 64 strokes take 6 ms on one pixel a CSS pixel, 25 ms on four. */
const BANK_MS = 300;

/** One canvas under one option a stroke; the words of the marked stroke stand beneath. */
export function BankFigure(props: BankFigureProps): ReactNode {
  const { view, drawing, marks } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 330);
  const count = view.data.strokes;
  const isCoarse = useMemo(() => matchMedia("(pointer: coarse)").matches, []);
  const isPresented = useContext(FigureScaleContext).picture > 1;
  const grid = bankGrid(width, count, isCoarse, isPresented ? 56 : isCoarse ? 48 : 40);
  const stroke = marks.shown?.stroke ?? null;
  return (
    <FigureFrame
      name="bank"
      kind="picture"
      title="Stroke bank"
      unit={`${count} strokes, learned`}
      sentence={bankSentence(props)}
      table={() => bankTable(props)}
    >
      <div ref={box}>
        <BankList {...props} grid={grid} />
      </div>
      <p className="wsl-stroke-words" aria-live="off">
        {stroke !== null && view.bank && drawing ? (
          <>
            <b>Stroke {stroke}</b> {strokeWords(drawing, view.bank, stroke)};{" "}
            {usageWords(view.picture?.usage[stroke] ?? 0, props.uses(stroke), view.data.count, "characters")}
          </>
        ) : (
          "Point at a stroke to see where it is used; the bar is its share of all strokes drawn."
        )}
      </p>
    </FigureFrame>
  );
}

function BankList({ view, drawing, slots, marks, grid }: BankFigureProps & { readonly grid: BankGrid }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const picture = useCalm(view.picture, BANK_MS);
  const bank = bankOf(view.tools, picture);
  const count = view.data.strokes;
  const draw = (target: HTMLCanvasElement) => {
    paintBank(target, { grid, drawing, bank, usage: picture?.usage ?? null, count });
  };
  useFrame(canvas, draw, [drawing, bank, grid.cell, grid.columns, theme]);
  const chosen = marks.chosen?.stroke ?? null;
  const onKeyDown = (event: KeyboardEvent) => {
    const next = bankStep(event.key, chosen, count, grid.columns);
    if (next === null && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (next === null) marks.choose(null);
    else if (next !== chosen) marks.choose({ stroke: next, token: null });
  };
  const height = grid.rows * grid.pitch;
  return (
    <div
      role="listbox"
      tabIndex={0}
      className="wsl-bank"
      style={{ width: grid.columns * grid.cell, height }}
      aria-label="Strokes of the bank"
      aria-activedescendant={chosen === null ? undefined : `stroke-${chosen}`}
      onKeyDown={onKeyDown}
      onPointerLeave={() => marks.point(null)}
    >
      {Array.from({ length: count }, (_, s) => (
        <BankOption
          // biome-ignore lint/suspicious/noArrayIndexKey: a stroke is its number
          key={s}
          stroke={s}
          grid={grid}
          slot={slots.get(s) ?? null}
          isChosen={chosen === s}
          isMarked={marks.shown?.stroke === s}
          marks={marks}
        />
      ))}
      <canvas ref={canvas} style={{ width: grid.columns * grid.cell, height }} />
    </div>
  );
}

type OptionProps = {
  readonly stroke: number;
  readonly grid: BankGrid;
  readonly slot: number | null;
  readonly isChosen: boolean;
  readonly isMarked: boolean;
  readonly marks: Marks;
};

const BankOption = memo(
  function BankOption({ stroke, grid, slot, isChosen, isMarked, marks }: OptionProps): ReactNode {
    const { cell, pitch, columns } = grid;
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
      // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
      <div
        role="option"
        id={`stroke-${stroke}`}
        className="wsl-bank-stroke"
        aria-selected={isChosen}
        aria-label={`stroke ${stroke}${slot === null ? "" : ", drawn by the program on show"}`}
        title={`Stroke ${stroke}`}
        data-marked={isMarked ? "" : undefined}
        style={{
          left: (stroke % columns) * cell,
          top: Math.floor(stroke / columns) * pitch,
          width: cell,
          height: pitch,
          borderLeftColor: slot === null ? "transparent" : runStyle(slot).colour,
        }}
        onPointerEnter={() => marks.point({ stroke, token: null })}
        onClick={() => marks.choose({ stroke, token: null })}
      />
    );
  },
  (a, b) =>
    a.slot === b.slot &&
    a.isChosen === b.isChosen &&
    a.isMarked === b.isMarked &&
    a.marks === b.marks &&
    a.grid.cell === b.grid.cell &&
    a.grid.columns === b.grid.columns,
);

/** Where a key leads from the chosen stroke, or null for keys that mean nothing here. */
export function bankStep(key: string, chosen: number | null, count: number, columns: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
  };
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = steps[key];
  if (step === undefined) return null;
  if (chosen === null) return 0;
  const next = chosen + step;
  return next >= 0 && next < count ? next : chosen;
}

function bankSentence({ view }: BankFigureProps): string {
  const { picture, data } = view;
  if (!picture) return `A bank of ${data.strokes} strokes; none is known yet.`;
  const used = picture.usage.filter((share) => share > 0).length;
  const order = Array.from(picture.usage, (share, stroke) => ({ share, stroke })).sort((a, b) => b.share - a.share);
  const most = order.slice(0, 3).map(({ stroke, share }) => `stroke ${stroke} (${(100 * share).toFixed(0)} %)`);
  return `${data.strokes} strokes, of which the best programs draw ${countText(used)}; most often ${most.join(", ")}.`;
}

function bankTable({ view, drawing, uses }: BankFigureProps): FigureTable {
  const { bank, picture } = view;
  const columns = ["stroke", "dx", "dy", "turn, degrees", "width", "share of strokes drawn", "characters", "in words"];
  if (!bank || !picture || !drawing) return { columns, rows: [] };
  const rows = Array.from(bank.dx, (dx, s) => {
    const { turn } = drawing.strokeFacts(bank, s);
    const words = strokeWords(drawing, bank, s);
    return [s, dx, bank.dy[s] ?? 0, turn, bank.width[s] ?? 0, picture.usage[s] ?? 0, uses(s), words];
  });
  return { columns, rows };
}
