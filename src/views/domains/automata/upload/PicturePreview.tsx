// The preview of one input before anything is inferred: exactly the cells that are sent, and how a picture becomes them.

import { type ReactNode, useMemo, useRef } from "react";
import type { AutomataTools } from "../../../../domains/automata";
import { useTheme } from "../../../frame/useColours";
import { useFrame } from "../../../frame/useFrame";
import type { PreviewProps } from "../../../try/tryOwn";
import { toolsOf } from "../automataView";
import { dataColours, paintCells, wholeScale } from "../cellCanvas";
import { rowsOf } from "../ObservationPicture";
import { CropBox } from "./CropBox";
import { DrawGrid } from "./DrawGrid";
import { PictureControls } from "./PictureControls";
import { ScaleTable } from "./ReadingTables";
import { gridOfSource, type PictureSource, sourceOf } from "./tryItems";
import { useScales } from "./useOwnPicture";

const ROOM = 400;

/** The editor for drawn grids; cells with the picture's controls for pictures; cells alone for text. */
export function PicturePreview(props: PreviewProps): ReactNode {
  const source = sourceOf(props.item);
  const tools = toolsOf(props.spec);
  if (source.kind === "grid" && source.isDrawn) {
    return <DrawGrid tools={tools} source={source} onChange={props.onChange} />;
  }
  return (
    <>
      <SentCells {...props} />
      {source.kind === "picture" ? <Reading {...props} source={source} /> : null}
    </>
  );
}

function SentCells(props: PreviewProps): ReactNode {
  const { spec, item, seen } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const grid = useMemo(() => {
    const tools = toolsOf(spec);
    return seen ? tools.gridFromRows(rowsOf(seen)) : gridOfSource(tools, sourceOf(item));
  }, [spec, seen, item]);
  const scale = wholeScale(Math.max(grid.width, grid.height), ROOM);
  useFrame(canvas, (target) => paintCells(target, grid.width, grid.height, grid.pixels, dataColours()), [grid, theme]);
  return (
    <div className="try-seen" data-picture="try-preview" data-frame="0">
      <canvas
        ref={canvas}
        width={grid.width}
        height={grid.height}
        role="img"
        aria-label={`What the model sees of ${item.name}: ${grid.height} by ${grid.width} cells, time runs to the right`}
        style={{ width: grid.width * scale, maxWidth: "100%", aspectRatio: `${grid.width} / ${grid.height}` }}
      />
    </div>
  );
}

function Reading(props: PreviewProps & { readonly source: PictureSource }): ReactNode {
  const { source, spec, onChange } = props;
  const { picture, settings } = source;
  const tools = toolsOf(spec);
  const { threshold } = useMemo(() => tools.preparePicture(picture, settings), [tools, picture, settings]);
  const change = (part: Partial<PictureSource["settings"]>) =>
    onChange({ ...source, settings: { ...settings, ...part } } satisfies PictureSource);
  return (
    <details className="try-reading">
      <summary>How the picture is read</summary>
      <PictureControls settings={settings} threshold={threshold} onChange={change} />
      <CropBox picture={picture} crop={settings.crop} onChange={(crop) => change({ crop })} />
      <Scales source={source} tools={tools} onUse={change} />
    </details>
  );
}

type ScalesProps = {
  readonly source: PictureSource;
  readonly tools: AutomataTools;
  readonly onUse: (part: Partial<PictureSource["settings"]>) => void;
};

/** Thick bands are better on a coarser grid: the saving of other sizes, each of which can be put to use. */
function Scales({ source, tools, onUse }: ScalesProps): ReactNode {
  const scales = useScales(tools, source.picture, source.settings);
  return <ScaleTable scales={scales} settings={source.settings} onUse={onUse} />;
}
