// The scene on show as its parse sees it: in 3D, and beside it what was observed, what the parse draws and where the two
// differ; the parses by weight; and the blocks as text.

import { type ReactNode, useContext, useRef, useState } from "react";
import type { PlacedBlock } from "../../../domains/blocks/scene";
import { FigureFrame } from "../../frame/FigureFrame";
import { FigureScaleContext } from "../../frame/figureScale";
import type { FigureTable } from "../../frame/figureTable";
import { useWidth } from "../../frame/useWidth";
import { fixedText, natsText, weightText } from "../../numberText";
import { BlockList } from "./BlockList";
import type { BlocksView } from "./blocksView";
import { ParseList } from "./ParseList";
import { ScenePictures } from "./ScenePictures";
import { SceneSpace } from "./SceneSpace";
import { cellName } from "./towers";
import { type SceneOnShow, useCalmView, useScene } from "./useScene";

export type SceneFigureProps = {
  readonly view: BlocksView;
  readonly selectedProgram: string | null;
  readonly onSelectProgram: (printed: string | null) => void;
};

/** CSS px of a picture on a wide screen, and between pictures. */
const PICTURE = 128;
const GAP = 10;
/** CSS px of the 3D scene: the least that it takes beside the pictures, the most, and the most above them. */
const LEAST = 260;
const LARGEST = 480;
const ABOVE = 360;

/** Its height changes with nothing but its width. */
export function SceneFigure(props: SceneFigureProps): ReactNode {
  const view = useCalmView(props.view, props.selectedProgram);
  const scene = useScene(view);
  const { shown, data, tools, name } = view;
  const [isAll, setAll] = useState(false);
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  return (
    <FigureFrame
      name="scene"
      kind="picture"
      title={title}
      unit={unitText(view)}
      sentence={sceneSentence(title, view, scene)}
      table={() => blockTable(view, scene.placed)}
      switches={
        <label className="wsl-blocks-check">
          <input type="checkbox" checked={isAll} onChange={(event) => setAll(event.currentTarget.checked)} />
          all parses in 3D
        </label>
      }
      lines={() => (shown ? [shown.printed, ...tools.describeScene(scene.placed)] : [])}
    >
      <Room {...props} view={view} scene={scene} isAll={isAll && view.parses.length > 0} />
      <BlockList
        isKnown={shown !== null}
        placed={scene.placed}
        gridSide={data.gridSide}
        isCuboid={data.isCuboid}
        typeName={tools.typeName}
        colors={view.picture?.types.colors ?? null}
        hidden={scene.hidden}
        marked={scene.marked}
        onMark={scene.onMark}
      />
    </FigureFrame>
  );
}

type RoomProps = SceneFigureProps & { readonly scene: SceneOnShow; readonly isAll: boolean };

function Room(props: RoomProps): ReactNode {
  const { view, scene } = props;
  const { data, shown } = view;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 776);
  const { picture: factor } = useContext(FigureScaleContext);
  const most = Math.min(PICTURE * factor, (width - 2 * GAP) / 3);
  const size = data.side * Math.max(1, Math.floor(most / data.side));
  const beside = width - (3 * size + 2 * GAP) - 24;
  const isBeside = beside >= LEAST;
  const space = isBeside ? Math.min(LARGEST, beside) : Math.min(ABOVE, width);
  return (
    <div ref={box} className="wsl-scene-room" data-beside={isBeside ? "" : undefined}>
      <SceneSpace view={view} scene={scene} isAll={props.isAll} width={space} />
      <div>
        <ScenePictures view={view} {...scene} size={size} />
        <p className="wsl-scene-words">{scene.words || NO_PARSE}</p>
        <ParseList view={view} selectedProgram={props.selectedProgram} onSelectProgram={props.onSelectProgram} />
        {shown?.weight === null ? (
          <p className="wsl-parse-note">On show: a parse of another list, {shown.printed}.</p>
        ) : null}
      </div>
    </div>
  );
}

const NO_PARSE = "Nothing has been recognised in it yet.";

function unitText({ shown, picture, data }: BlocksView): string {
  const from = picture?.source === "recogniser" ? "drawn from the recognition model" : "";
  const weight = shown && shown.weight !== null ? `weight ${weightText(shown.weight)}` : "";
  const score = shown && shown.score !== null ? `score ${natsText(shown.score)} nats` : "";
  const size = `${data.side} × ${data.side} pixels`;
  return [size, weight, score, from].filter((part) => part !== "").join(", ");
}

function sceneSentence(title: string, view: BlocksView, { drawn, placed, words }: SceneOnShow): string {
  const { data, shown } = view;
  const head = `${title}, ${data.side} by ${data.side} pixels.`;
  if (!shown || !drawn) return `${head} No parse is known yet.`;
  const blocks = `${placed.length} ${placed.length === 1 ? "block" : "blocks"}`;
  return `${head} Parse ${shown.printed}: ${blocks}. What it draws differs from the picture by ${fixedText(drawn.mean, 3)} (root mean square of colour values from 0 to 1). ${words}`;
}

function blockTable({ data, tools }: BlocksView, placed: readonly PlacedBlock[]): FigureTable {
  const rows = placed.map(({ row, column, level, type, size, centre }) => [
    cellName(row * data.gridSide + column, data.gridSide) || "tower",
    level + 1,
    tools.typeName(type),
    ...size,
    ...centre,
  ]);
  return { columns: ["cell", "level", "type", "width", "height", "depth", "x", "y", "z"], rows };
}
