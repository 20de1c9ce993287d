// All characters of the run by alphabet, each over what its best program draws. One canvas shows those in view; a list
// under it is what keyboards and screen readers use. With a stroke marked, characters that do not use it stand back.

import { type KeyboardEvent, memo, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { FigureFrame } from "../../frame/FigureFrame";
import { FigureScaleContext } from "../../frame/figureScale";
import type { FigureTable } from "../../frame/figureTable";
import { useTheme } from "../../frame/useColours";
import { useOnScreen } from "../../frame/useOnScreen";
import { useWidth } from "../../frame/useWidth";
import { countText } from "../../numberText";
import { bestProgram, type Drawing, type StrokesView } from "./strokesView";
import { type WallCell, type WallLayout, wallLayout, wallStep } from "./wallLayout";
import { PAIR_GAP, WallPainter } from "./wallPainter";

export type WallFigureProps = {
  readonly view: StrokesView;
  readonly drawing: Drawing | null;
  readonly userRow: number;
  /** Stroke of the bank that is marked, or null. */
  readonly marked: number | null;
  readonly onSelect: (row: number) => void;
};

/** CSS px of an alphabet's name on a screen at arm's length, and of the room around a pair. */
const USUAL_LABEL = 15;
const ROOM = 4;
const LINES_SHOWN = 2;
const LINES_PRESENTED = 3;

/** Its height does not depend on the number of characters. */
export function WallFigure(props: WallFigureProps): ReactNode {
  const { view, marked } = props;
  const { data, picture } = view;
  const known = picture ? picture.hasProgram.reduce((sum, one) => sum + one, 0) : 0;
  const from = picture?.source === "recogniser" ? "recognised" : "remembered";
  return (
    <FigureFrame
      name="characters"
      kind="picture"
      title="Characters"
      unit={`${countText(data.count)}, each above what its best program draws; ${countText(known)} ${from}`}
      sentence={wallSentence(view, marked)}
      table={() => wallTable(view)}
    >
      <Wall {...props} />
    </FigureFrame>
  );
}

function Wall(props: WallFigureProps): ReactNode {
  const { view, drawing, marked } = props;
  const { data, picture } = view;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 760) - 8;
  const factor = useContext(FigureScaleContext).picture;
  const isCoarse = useMemo(() => matchMedia("(pointer: coarse)").matches, []);
  const scale = Math.max(1, Math.round(factor));
  const size = data.side * scale;
  const pitch = Math.max(size + ROOM, isCoarse ? 44 : 0);
  const label = Math.round(USUAL_LABEL * factor);
  const lineHeight = label + 2 * size + PAIR_GAP + 2 * ROOM;
  const shown = factor > 1 ? LINES_PRESENTED : LINES_SHOWN;
  const layout = useMemo(() => wallLayout(data.alphabets, data.alphabetNames, pitch, width), [data, pitch, width]);
  const [top, setTop] = useState(0);
  const height = Math.min(shown, Math.max(1, layout.lines.length)) * lineHeight;
  useKeptInView(box, (layout.lineOf[view.row] ?? 0) * lineHeight, lineHeight, height);
  const first = Math.floor(top / lineHeight);
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the view only the picture matters
  const isFaded = useMemo(() => (marked === null || !picture ? null : fadedBy(view, marked)), [marked, picture]);
  const end = Math.min(layout.lines.length, Math.ceil((top + height) / lineHeight) + 1);
  return (
    <div
      ref={box}
      role="listbox"
      tabIndex={0}
      className="wsl-wall-list"
      style={{ height }}
      aria-label="Characters"
      aria-activedescendant={`character-${view.row}`}
      onKeyDown={(event) => walk(event, wallStep(event.key, layout, view.row, shown), props.onSelect)}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <div role="presentation" style={{ height: layout.lines.length * lineHeight }}>
        {drawing ? (
          <WallCanvas {...{ view, drawing, layout, first, end, lineHeight, label, scale, isFaded }} width={width + 8} />
        ) : null}
        {layout.lines.slice(first, end).map((line, i) => (
          <Line
            key={line.cells[0]?.row ?? i}
            line={line}
            y={(first + i) * lineHeight}
            pitch={pitch}
            size={size}
            label={label}
            count={data.count}
            selected={view.row}
            userRow={props.userRow}
            onSelect={props.onSelect}
          />
        ))}
      </div>
    </div>
  );
}

function walk(event: KeyboardEvent, next: number | null, onSelect: (row: number) => void): void {
  if (next === null) return;
  event.preventDefault();
  event.stopPropagation();
  onSelect(next);
}

/** Scrolls so that the line of the character on show is in view. */
function useKeptInView(
  box: { readonly current: HTMLElement | null },
  y: number,
  lineHeight: number,
  height: number,
): void {
  useEffect(() => {
    const target = box.current;
    if (!target) return;
    if (y < target.scrollTop) target.scrollTop = y;
    else if (y + lineHeight > target.scrollTop + height) target.scrollTop = y + lineHeight - height;
  }, [box, y, lineHeight, height]);
}

type CanvasProps = {
  readonly view: StrokesView;
  readonly drawing: Drawing;
  readonly layout: WallLayout;
  readonly first: number;
  readonly end: number;
  readonly lineHeight: number;
  readonly label: number;
  readonly scale: number;
  readonly width: number;
  readonly isFaded: ((row: number) => boolean) | null;
};

function WallCanvas(props: CanvasProps): ReactNode {
  const { view, drawing, layout, first, end, lineHeight, label, scale, width, isFaded } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<WallPainter | null>(null);
  const isOnScreen = useOnScreen(canvas);
  const theme = useTheme();
  useEffect(
    () => () => {
      painter.current?.dispose();
      painter.current = null;
    },
    [],
  );
  const { picture, data } = view;
  const height = Math.max(1, end - first) * lineHeight;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the view only data and picture are painted
  useEffect(() => {
    if (!canvas.current || !isOnScreen) return;
    painter.current ??= new WallPainter(canvas.current);
    const cells = layout.lines
      .slice(first, end)
      .flatMap((line, i) => line.cells.map(({ row, x }) => ({ row, x: x + ROOM, y: i * lineHeight + label + ROOM })));
    painter.current.show({ view, drawing, cells, width, height, scale, isFaded, theme });
  }, [picture, data, drawing, layout, first, end, lineHeight, label, scale, width, height, isFaded, theme, isOnScreen]);
  return <canvas ref={canvas} style={{ top: first * lineHeight, width, height }} />;
}

type LineProps = {
  readonly line: WallLayout["lines"][number];
  readonly y: number;
  readonly pitch: number;
  readonly size: number;
  readonly label: number;
  readonly count: number;
  readonly selected: number;
  readonly userRow: number;
  readonly onSelect: (row: number) => void;
};

const Line = memo(
  function Line({ line, y, pitch, size, label: labelHeight, ...props }: LineProps): ReactNode {
    return (
      <>
        {line.labels.map((label) => (
          <span
            key={`${label.text} ${label.x}`}
            className="wsl-wall-label"
            data-further={label.isFurther ? "" : undefined}
            data-figure-text=""
            aria-hidden="true"
            style={{ left: label.x + ROOM, top: y, width: label.width - ROOM }}
          >
            {label.text}
          </span>
        ))}
        {line.cells.map((cell) => (
          <Option
            key={cell.row}
            {...props}
            cell={cell}
            y={y + labelHeight}
            pitch={pitch}
            height={2 * size + PAIR_GAP + 2 * ROOM}
          />
        ))}
      </>
    );
  },
  (a, b) =>
    a.line === b.line &&
    a.y === b.y &&
    a.size === b.size &&
    a.pitch === b.pitch &&
    a.userRow === b.userRow &&
    isIn(a.line, a.selected) === isIn(b.line, b.selected) &&
    (a.selected === b.selected || !isIn(a.line, a.selected)),
);

const isIn = (line: LineProps["line"], row: number): boolean => line.cells.some((cell) => cell.row === row);

type OptionProps = Pick<LineProps, "pitch" | "count" | "selected" | "userRow" | "onSelect"> & {
  readonly cell: WallCell;
  readonly y: number;
  readonly height: number;
};

function Option({ cell, y, pitch, height, count, selected, userRow, onSelect }: OptionProps): ReactNode {
  const isOwn = userRow >= 0 && cell.row >= userRow;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
    <div
      role="option"
      id={`character-${cell.row}`}
      className="wsl-wall-character"
      aria-selected={cell.row === selected}
      aria-setsize={count}
      aria-posinset={cell.row + 1}
      aria-label={`${isOwn ? "your character" : "character"} ${cell.row + 1}`}
      title={`${isOwn ? "Your character" : "Character"} ${cell.row + 1}`}
      style={{ left: cell.x, top: y, width: pitch, height }}
      onClick={() => onSelect(cell.row)}
    />
  );
}

/** Whether a row's best program does not draw the stroke. */
function fadedBy({ picture, data, tools }: StrokesView, stroke: number): (row: number) => boolean {
  return (row) => {
    const program = bestProgram(picture, row, data.tokens);
    return !program?.some((token) => tools.isDown(token) && tools.strokeOf(token) === stroke);
  };
}

function wallSentence(view: StrokesView, marked: number | null): string {
  const { data, picture } = view;
  const alphabets = new Set(data.alphabets).size;
  const all = `${countText(data.count)} characters of ${countText(alphabets)} ${alphabets === 1 ? "alphabet" : "alphabets"}.`;
  if (!picture) return `${all} No programs are known yet.`;
  const known = picture.hasProgram.reduce((sum, one) => sum + one, 0);
  const uses = marked === null ? "" : ` Those that draw stroke ${marked} stand out.`;
  return `${all} ${countText(known)} have a program from the ${picture.source}. Character ${view.row + 1} is on show.${uses}`;
}

function wallTable({ data, picture, tools }: StrokesView): FigureTable {
  const rows = Array.from({ length: data.count }, (_, row) => {
    const program = bestProgram(picture, row, data.tokens);
    const ink = data.pixels
      .subarray(row * data.side ** 2, (row + 1) * data.side ** 2)
      .reduce((sum, one) => sum + one, 0);
    return [
      row + 1,
      data.alphabetNames[data.alphabets[row] ?? -1] ?? "",
      ink,
      program ? tools.printProgram(program) : null,
    ];
  });
  return { columns: ["character", "alphabet", "inked pixels", "best program"], rows };
}
