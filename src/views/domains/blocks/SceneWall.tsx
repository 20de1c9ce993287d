// All scenes as thumbnails, observed or as their best parses are drawn. A thumbnail under the pointer shows the other of
// the two. A line under it says that every cell of its best parse has the right number of blocks.

import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { FigureFrame } from "../../frame/FigureFrame";
import { FigureScaleContext } from "../../frame/figureScale";
import type { FigureTable } from "../../frame/figureTable";
import { Segmented } from "../../frame/Segmented";
import { useCalm } from "../../frame/useCalm";
import { useWidth } from "../../frame/useWidth";
import { countText } from "../../numberText";
import { type BlocksView, rowOfThumb, sceneName, thumbOf } from "./blocksView";
import { bestParse, SceneTile, type WallMode } from "./SceneTile";
import { towersOf } from "./towers";

const MODES: readonly { readonly value: WallMode; readonly label: string }[] = [
  { value: "observed", label: "observed" },
  { value: "parsed", label: "parsed" },
];

export type SceneWallProps = {
  readonly view: BlocksView;
  readonly onSelect: (row: number) => void;
};

/** CSS px around a thumbnail, of its line, and under a finger. */
const ROOM = 3;
const LINE = 4;
const FINGER = 44;
/** Rows in view. */
const SHOWN = 2;
const PRESENTED = 3;
/** ms between two rounds of drawings of parses while a run streams them. */
const CALM_MS = 900;

/** Its height does not depend on the number of scenes. */
export function SceneWall(props: SceneWallProps): ReactNode {
  const { view } = props;
  const { data } = view;
  const [mode, setMode] = useState<WallMode>("observed");
  const calm = useCalm(view, CALM_MS);
  const right = useMemo(() => rightThumbs(calm), [calm]);
  const made = useMemo(() => madeSentence(view.tools.sceneNote(data.truths, data.gridSide)), [view.tools, data]);
  const shown = data.shown < data.count ? `, ${countText(data.shown)} of them here` : "";
  const found = right.known > 0 ? `; line: right number of blocks in every cell, ${right.count} of ${right.known}` : "";
  return (
    <FigureFrame
      name="scenes"
      kind="picture"
      title="Scenes"
      unit={`${countText(data.count)}${shown}${found}`}
      sentence={`${made || `${countText(data.count)} scenes${shown}. `}${right.known > 0 ? `The best parses of ${right.count} of ${right.known} have the right number of blocks in every cell. ` : "No parses are known yet. "}On show: ${view.name}.`}
      table={() => wallTable(view, right.isRight)}
      switches={<Segmented label="What the thumbnails show" options={MODES} value={mode} onChange={setMode} />}
    >
      <Wall {...props} mode={mode} calm={calm} isRight={right.isRight} />
    </FigureFrame>
  );
}

/** What is said of the scenes that the lab made, with a space to follow. */
const madeSentence = (note: string): string => (note === "" ? "" : `Made by the lab: ${note} `);

type WallProps = SceneWallProps & {
  readonly mode: WallMode;
  /** The view at a calm pace, for what is drawn from parses. */
  readonly calm: BlocksView;
  readonly isRight: readonly boolean[];
};

function Wall(props: WallProps): ReactNode {
  const { view, calm, mode, isRight, onSelect } = props;
  const { data, row, userRow } = view;
  const box = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLCanvasElement>(null);
  const { size, pitch, lineHeight, columns, lines, shown } = useGrid(box, data);
  const chosen = thumbOf(data, row, userRow);
  const [top, setTop] = useState(0);
  useKeptInView(box, Math.floor(Math.max(0, chosen) / columns) * lineHeight, lineHeight, shown * lineHeight);
  const first = Math.max(0, Math.floor(top / lineHeight) - 1) * columns;
  const end = Math.min(data.shown, (Math.floor(top / lineHeight) + shown + 2) * columns);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = tileStep(event.key, Math.max(0, chosen), { count: data.shown, columns, lines: shown });
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    onSelect(rowOfThumb(data, next, userRow));
  };
  return (
    <div
      ref={box}
      role="listbox"
      tabIndex={0}
      className="wsl-scene-wall"
      style={{ height: shown * lineHeight }}
      aria-label="Scenes"
      aria-activedescendant={chosen >= first && chosen < end ? `scene-${chosen}` : undefined}
      onKeyDown={onKeyDown}
      onScroll={(event) => setTop(Math.floor(event.currentTarget.scrollTop / lineHeight) * lineHeight)}
    >
      <div role="presentation" style={{ height: lines * lineHeight }}>
        {Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i).map((thumb) => (
          <SceneTile
            key={thumb}
            thumb={thumb}
            name={sceneName(rowOfThumb(data, thumb, userRow), userRow)}
            view={calm}
            mode={mode}
            isRight={isRight[thumb] ?? false}
            isSelected={thumb === chosen}
            left={(thumb % columns) * pitch}
            top={Math.floor(thumb / columns) * lineHeight}
            width={pitch}
            height={lineHeight}
            sheet={sheet}
            sheetSize={`${columns * pitch} ${lines * lineHeight}`}
            size={size}
            room={ROOM}
            onSelect={() => onSelect(rowOfThumb(data, thumb, userRow))}
          />
        ))}
        <canvas ref={sheet} width={columns * pitch} height={lines * lineHeight} />
      </div>
    </div>
  );
}

/** CSS px of the wall's parts, and how many thumbnails stand where. */
function useGrid(box: RefObject<HTMLDivElement | null>, data: BlocksView["data"]) {
  const width = useWidth(box, 760) - 8;
  const factor = useContext(FigureScaleContext).picture;
  const isCoarse = useMemo(() => matchMedia("(pointer: coarse)").matches, []);
  const size = data.thumbSide * Math.max(1, Math.round((32 * factor) / data.thumbSide));
  const pitch = Math.max(size + 2 * ROOM, isCoarse ? FINGER : 0);
  const lineHeight = Math.max(size + 2 * ROOM + LINE, isCoarse ? FINGER : 0);
  const columns = Math.max(1, Math.floor(width / pitch));
  const lines = Math.ceil(data.shown / columns);
  const shown = Math.min(lines, factor > 1 ? PRESENTED : SHOWN);
  return { size, pitch, lineHeight, columns, lines, shown };
}

/** Scrolls so that the line of the scene on show is in view. */
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

/** Thumbnails whose best parse has the right number of blocks in every cell, and how many could be judged. */
export function rightThumbs(view: Pick<BlocksView, "picture" | "data" | "userRow">) {
  const { data, userRow } = view;
  const places = data.truths.length / data.count;
  let known = 0;
  const isRight = Array.from({ length: data.shown }, (_, thumb) => {
    const parse = bestParse(view, thumb);
    const row = rowOfThumb(data, thumb, userRow);
    const truth = data.truths.subarray(row * places, (row + 1) * places);
    if (!parse || truth[0] === -1) return false;
    known++;
    const towers = towersOf(parse.program, data.gridSide);
    return towersOf(truth, data.gridSide).every((tower, cell) => tower.length === towers[cell]?.length);
  });
  return { isRight, known, count: isRight.filter(Boolean).length };
}

/** The thumbnail that a key leads to, or null for keys that mean nothing here. */
export function tileStep(
  key: string,
  at: number,
  { count, columns, lines }: { readonly count: number; readonly columns: number; readonly lines: number },
): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: columns * lines,
    PageUp: -columns * lines,
    Home: -at,
    End: count - 1 - at,
  };
  const step = steps[key];
  return step === undefined ? null : Math.min(count - 1, Math.max(0, at + step));
}

function wallTable(view: BlocksView, isRight: readonly boolean[]): FigureTable {
  const { data, tools, userRow } = view;
  const rows = Array.from({ length: data.shown }, (_, thumb) => {
    const parse = bestParse(view, thumb);
    const row = rowOfThumb(data, thumb, userRow);
    const places = data.truths.length / data.count;
    const truth = data.truths.subarray(row * places, (row + 1) * places);
    const isKnown = truth[0] !== -1;
    return [
      sceneName(row, userRow),
      isKnown ? tools.printProgram(truth) : "not known",
      parse ? tools.printProgram(parse.program) : null,
      parse && isKnown ? (isRight[thumb] ? "yes" : "no") : null,
    ];
  });
  return { columns: ["scene", "made of (true types)", "best parse (learned types)", "number of blocks right"], rows };
}
