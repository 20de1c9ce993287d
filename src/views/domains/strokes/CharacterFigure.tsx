// The chosen character and how its program writes it: the pen over the picture, what the program draws, the replay, and
// the strip of canvases with the strokes as text.

import { type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { DomainViewProps } from "../../domainViews";
import { FigureFrame } from "../../frame/FigureFrame";
import { FigureScaleContext } from "../../frame/figureScale";
import type { FigureTable } from "../../frame/figureTable";
import { Segmented } from "../../frame/Segmented";
import { useWidth } from "../../frame/useWidth";
import { natsText, weightText } from "../../numberText";
import { DrawnCanvas, type DrawnMode, ImageCanvas } from "./CharacterPictures";
import { density } from "./inkCanvas";
import { PenControls } from "./PenControls";
import { PenOverlay } from "./PenOverlay";
import { PenClock, usePen } from "./penClock";
import { countResidual } from "./residual";
import { type Drawing, imageOf, type StrokesView } from "./strokesView";
import { strokeWords } from "./strokeWords";
import { type StripToken, TokenStrip } from "./TokenStrip";
import { type Character, useCharacter } from "./useCharacter";
import type { Marks } from "./useMarks";

const MODES: readonly { readonly value: DrawnMode; readonly label: string }[] = [
  { value: "drawn", label: "drawn" },
  { value: "residual", label: "residual" },
];

export type CharacterFigureProps = {
  readonly view: StrokesView;
  readonly drawing: Drawing | null;
  readonly slots: ReadonlyMap<number, number>;
  readonly marks: Marks;
  readonly isOwn: boolean;
  readonly isChosen: boolean;
  readonly onSelectProgram: DomainViewProps["onSelectProgram"];
};

/** px between the two pictures. */
const GAP = 12;

/** Its height changes with nothing but its width. */
export function CharacterFigure(props: CharacterFigureProps): ReactNode {
  const { view, drawing, marks } = props;
  const { data, row, tools } = view;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 404);
  const latest = useCharacter(view, drawing);
  const { clock, character } = useReplay(
    latest,
    `${row} ${view.shown?.isBest === false ? view.shown.printed : ""}`,
    data.tokens,
  );
  const [mode, setMode] = useState<DrawnMode>("drawn");
  const [hasPen, setPen] = useState(true);
  const [hasMoves, setMoves] = useState(true);
  const { side } = data;
  const most = useContext(FigureScaleContext).picture > 1 ? 10 : 7;
  const isCoarse = useMemo(() => matchMedia("(pointer: coarse)").matches, []);
  const scale = Math.max(2, Math.min(most, Math.floor((width - GAP) / 2 / side)));
  const image = useMemo(() => imageOf(data, row), [data, row]);
  const perLine = isCoarse ? Math.ceil(data.tokens / 2) : data.tokens;
  const frame = Math.max(20, Math.floor((2 * side * scale + GAP) / perLine) - 4);
  const strip = useStrip(character, drawing, { tools, slots: props.slots, frame });
  const name = `${props.isOwn ? "Your character" : "Character"} ${row + 1}`;
  return (
    <FigureFrame
      name="character"
      kind="picture"
      title={name}
      unit={unitText(view, character)}
      redrawn={marks.shown}
      sentence={characterSentence(name, view, character, drawing)}
      table={() => strokeTable(character, drawing)}
      lines={() => (character ? [character.printed] : [])}
    >
      <div ref={box} className="wsl-character-figure">
        <div className="wsl-character-pair" style={{ gap: GAP }}>
          <div className="wsl-character-side" style={{ width: side * scale }}>
            <div className="wsl-character-stack" style={{ height: side * scale }}>
              <ImageCanvas image={image} side={side} scale={scale} isQuiet={hasPen && character !== null} />
              {hasPen && character ? (
                <PenOverlay
                  strokes={character.strokes}
                  slots={props.slots}
                  {...{ side, scale, clock, hasMoves }}
                  mark={marks.shown}
                  onPoint={marks.point}
                  onChoose={marks.choose}
                />
              ) : null}
            </div>
            <div className="wsl-character-line">
              <ProgramName {...props} />
              <Check label="pen" isOn={hasPen} onChange={setPen} />
              <Check label="moves" isOn={hasMoves} onChange={setMoves} isOff={!hasPen} />
            </div>
          </div>
          <div className="wsl-character-side" style={{ width: side * scale }}>
            <DrawnCanvas {...{ drawing, character, image, side, scale, mode, clock }} />
            <div className="wsl-character-line">
              <Segmented label="Right picture" options={MODES} value={mode} onChange={setMode} />
            </div>
          </div>
        </div>
        <PenControls clock={clock} seconds={character?.seconds ?? null} />
        <TokenStrip tokens={strip.tokens} frames={strip.frames} frame={frame} clock={clock} marks={marks} />
      </div>
    </FigureFrame>
  );
}

/** The clock of the pen; while it is under way the program and the bank stay as they were when it began. */
export function useReplay(latest: Character | null, key: string, tokens: number) {
  const clock = useMemo(() => new PenClock(tokens), [tokens]);
  const isAway = usePen(clock, (pen) => pen.progress < pen.end);
  const held = useRef(latest);
  if (!isAway || held.current === null) held.current = latest;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another character or program ends the replay
  useEffect(() => {
    clock.goTo(clock.end);
    return () => clock.pause();
  }, [clock, key]);
  return { clock, character: held.current };
}

type StripContext = {
  readonly tools: StrokesView["tools"];
  readonly slots: ReadonlyMap<number, number>;
  readonly frame: number;
};

/** What the strip of a program shows: its canvases and its tokens in words. */
export function useStrip(character: Character | null, drawing: Drawing | null, { tools, slots, frame }: StripContext) {
  const frames = useMemo(
    () => (character && drawing ? drawing.canvasFrames(character.bank, character.tokens, frame * density()) : null),
    [character, drawing, frame],
  );
  const tokens = useMemo<readonly StripToken[]>(
    () =>
      (character?.tokens ?? []).map((token) => {
        const stroke = tools.strokeOf(token);
        const words = character && drawing ? strokeWords(drawing, character.bank, stroke) : "";
        return {
          stroke,
          isDown: tools.isDown(token),
          printed: tools.printToken(token),
          words,
          slot: slots.get(stroke) ?? 1,
        };
      }),
    [character, drawing, tools, slots],
  );
  return { frames, tokens };
}

function ProgramName({ view, isChosen, onSelectProgram }: CharacterFigureProps): ReactNode {
  const { shown } = view;
  if (!shown) return <span className="wsl-character-program">No program</span>;
  return (
    <button
      type="button"
      className="wsl-character-program"
      aria-current={isChosen ? "true" : undefined}
      title={`${shown.printed}: choose it in the memory`}
      onClick={() => onSelectProgram(isChosen ? null : shown.printed)}
    >
      {shown.isBest ? "Best" : "Chosen"}
    </button>
  );
}

function Check(props: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly isOff?: boolean;
}): ReactNode {
  return (
    <label className="wsl-check">
      <input
        type="checkbox"
        checked={props.isOn}
        disabled={props.isOff ?? false}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}

function unitText(view: StrokesView, character: Character | null): string {
  const { data, shown } = view;
  const weight = shown?.entry ? `weight ${weightText(shown.entry.weight)}` : "";
  const score = shown?.entry ? `${natsText(shown.entry.logLikelihood)} nats` : "";
  const transform =
    character && character.transform >= 0 ? `transform ${character.transform + 1} of ${data.transforms}` : "";
  return [weight, score, transform].filter((part) => part !== "").join(", ");
}

function characterSentence(
  name: string,
  view: StrokesView,
  character: Character | null,
  drawing: Drawing | null,
): string {
  const { data, row } = view;
  const alphabet = data.alphabetNames[data.alphabets[row] ?? -1];
  const from = alphabet ? ` of ${alphabet}` : "";
  if (!character || !drawing) return `${name}${from}, ${data.side} by ${data.side} pixels. No program is known yet.`;
  const drawn = drawing.reconstruction(character.bank, character.tokens, character.transform, data.side);
  const { missing, surplus } = countResidual(imageOf(data, row), drawn);
  const down = character.strokes.filter((stroke) => stroke.isDown).length;
  return `${name}${from}. Program ${character.printed}: ${down} strokes with the pen down. It leaves out ${missing} inked pixels and draws ${surplus} too many.`;
}

function strokeTable(character: Character | null, drawing: Drawing | null): FigureTable {
  const columns = ["place", "stroke", "pen", "from column", "from row", "to column", "to row", "in words"];
  if (!character || !drawing) return { columns, rows: [] };
  const rows = character.strokes.map(({ token, stroke, isDown, points }) => {
    const last = points.length - 2;
    const ends = [points[0], points[1], points[last], points[last + 1]].map((v) => Math.round(10 * (v ?? 0)) / 10);
    return [token + 1, stroke, isDown ? "down" : "up", ...ends, strokeWords(drawing, character.bank, stroke)];
  });
  return { columns, rows };
}
