// The preview of one input before anything is inferred: the pad where it is drawn, the picture where it is one, and beside
// it exactly the 28 by 28 cells that are sent, with the settings that make them.

import { type ReactNode, useState } from "react";
import { GivenPicture } from "../../../try/GivenPicture";
import type { PreviewProps } from "../../../try/tryOwn";
import { cellsOf } from "../ObservationPicture";
import { toolsOf } from "../strokesView";
import { BRUSHES, BrushChoice } from "./BrushChoice";
import { DrawPad } from "./DrawPad";
import { ReadingControls } from "./ReadingControls";
import { SeenPicture } from "./SeenPicture";
import { readSource, sourceOf } from "./tryItems";

/** Whole CSS px for a cell of what the model sees. */
const SCALE = 4;

export function StrokesPreview(props: PreviewProps): ReactNode {
  const { item, onChange } = props;
  const [brush, setBrush] = useState<number>(BRUSHES[1].width);
  const source = sourceOf(item);
  return (
    <div className="wsl-own-strokes">
      {source.kind === "drawing" ? (
        <DrawPad
          drawing={source.drawing}
          brush={brush}
          onChange={(drawing) => onChange({ ...source, drawing } satisfies typeof source)}
        >
          <BrushChoice brush={brush} onBrush={setBrush} />
        </DrawPad>
      ) : (
        <GivenPicture picture={source.picture} />
      )}
      <Seen {...props} />
    </div>
  );
}

function Seen({ spec, item, seen, onChange }: PreviewProps): ReactNode {
  const tools = toolsOf(spec);
  const source = sourceOf(item);
  const isEmpty = source.kind === "drawing" && source.drawing.marks.length === 0;
  const read = readSource(spec, source);
  const pixels = seen && !isEmpty ? cellsOf(seen) : null;
  const isText = source.kind === "picture" && source.isText;
  return (
    <div className="wsl-own-seen">
      <figure data-picture="try-preview" data-frame="0">
        <figcaption>What the model sees</figcaption>
        <SeenPicture
          pixels={pixels}
          scale={SCALE}
          label={`What the model sees of ${item.name}: 28 by 28 cells of ink and paper`}
        />
      </figure>
      <ReadingControls
        settings={source.settings}
        first={isText ? tools.bitmapSettings : tools.pictureDefaults}
        threshold={read.threshold}
        isInverted={read.isInverted}
        onChange={(settings) => onChange({ ...source, settings })}
      />
    </div>
  );
}
