// The input with the pen over it, what the program writes under the transform that fits best, where the two differ, and the
// way there: the pen's replay and the strip of canvases. The workbench shows its characters with the same parts.

import { type ReactNode, useMemo, useRef, useState } from "react";
import { useWidth } from "../../../frame/useWidth";
import { percentText } from "../../../numberText";
import type { ResultProps } from "../../../try/tryOwn";
import { useReplay, useStrip } from "../CharacterFigure";
import { DrawnCanvas, ImageCanvas } from "../CharacterPictures";
import { cellsOf } from "../ObservationPicture";
import { PenControls } from "../PenControls";
import { PenOverlay } from "../PenOverlay";
import { countResidual } from "../residual";
import { strokeSlots } from "../strokeColours";
import { TokenStrip } from "../TokenStrip";
import { useCharacter } from "../useCharacter";
import { useDrawing } from "../useDrawing";
import { useMarks } from "../useMarks";
import { type AnswerView, answerView } from "./answerView";

/** px between two pictures, less where there is little room, and the largest whole scale of a cell. */
const [GAP, SMALL_GAP, NARROW] = [16, 8, 480];
const MOST = 8;

/** Null while a report has no bank. */
export function StrokesComparison(props: ResultProps): ReactNode {
  const { spec, options, theta, observation, program, printed } = props;
  const cells = useCells(observation);
  const key = program.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the program
  const view = useMemo(
    () => answerView({ spec, options, theta, cells, program, printed }),
    [spec, options, theta, cells, key],
  );
  return view ? <Comparison view={view} spec={spec} /> : null;
}

/** The observation's cells, the same array while they stay. */
function useCells(observation: unknown): Uint8Array {
  const key = cellsOf(observation).join("");
  return useMemo(() => Uint8Array.from(key, Number), [key]);
}

function Comparison({ view, spec }: { readonly view: AnswerView } & Pick<ResultProps, "spec">): ReactNode {
  const { data, tools, shown } = view;
  const { side } = data;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 720);
  const gap = width < NARROW ? SMALL_GAP : GAP;
  const scale = Math.max(3, Math.min(MOST, Math.floor((width - 2 * gap) / 3 / side)));
  const drawing = useDrawing(spec);
  const marks = useMarks();
  const [hasPen, setPen] = useState(true);
  const latest = useCharacter(view, drawing);
  const { clock, character } = useReplay(latest, shown.printed, data.tokens);
  const key = character?.tokens.join() ?? "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the program
  const slots = useMemo(() => strokeSlots(character?.tokens ?? [], tools), [key, tools]);
  const frame = Math.max(26, Math.min(64, Math.floor(width / data.tokens) - 4));
  const strip = useStrip(character, drawing, { tools, slots, frame });
  const drawn = { drawing, character, image: data.pixels, side, scale, clock };
  const size = { width: side * scale, height: side * scale };
  return (
    <section ref={box} className="wsl-own-answer" data-picture="try-comparison">
      <div className="wsl-own-three" style={{ gap }}>
        <Part title="Yours" unit="with the pen" label="input">
          <div className="wsl-character-stack" style={size}>
            <ImageCanvas image={data.pixels} side={side} scale={scale} isQuiet={hasPen && character !== null} />
            {hasPen && character ? (
              <PenOverlay
                strokes={character.strokes}
                {...{ slots, side, scale, clock }}
                mark={marks.shown}
                hasMoves
                onPoint={marks.point}
                onChoose={marks.choose}
              />
            ) : null}
          </div>
        </Part>
        <Part title="Written" unit={mapText(view, character?.transform ?? -1)} label="expected">
          <DrawnCanvas {...drawn} mode="drawn" />
        </Part>
        <Part title="Residual" unit={useResidualText(view, drawing, character)} label="residual">
          <DrawnCanvas {...drawn} mode="residual" />
        </Part>
      </div>
      <label className="wsl-reading-check">
        <input type="checkbox" checked={hasPen} onChange={(event) => setPen(event.currentTarget.checked)} />
        Pen over your character: numbers in the order of writing, thin dashes where it is up
      </label>
      <PenControls clock={clock} seconds={character?.seconds ?? null} />
      <TokenStrip tokens={strip.tokens} frames={strip.frames} frame={frame} clock={clock} marks={marks} />
    </section>
  );
}

function mapText({ bank }: AnswerView, transform: number): string {
  return transform < 0 ? "" : `map ${transform + 1} of ${bank.transforms.length / 6}`;
}

/** "31 cells, 4 %": cells that are wrong more likely than not. */
function useResidualText(
  { data }: AnswerView,
  drawing: ReturnType<typeof useDrawing>,
  character: ReturnType<typeof useCharacter>,
): string {
  return useMemo(() => {
    if (!drawing || !character) return "";
    const { bank, tokens, transform } = character;
    const { missing, surplus } = countResidual(data.pixels, drawing.reconstruction(bank, tokens, transform, data.side));
    return `${missing + surplus} cells, ${percentText((missing + surplus) / data.pixels.length)}`;
  }, [data, drawing, character]);
}

type PartProps = {
  readonly title: string;
  readonly unit: string;
  readonly label: string;
  readonly children: ReactNode;
};

function Part({ title, unit, label, children }: PartProps): ReactNode {
  return (
    <figure data-picture={`try-${label}`} data-frame="0">
      <figcaption>
        <h3>{title}</h3> <span className="try-unit">{unit}</span>
      </figcaption>
      {children}
    </figure>
  );
}
