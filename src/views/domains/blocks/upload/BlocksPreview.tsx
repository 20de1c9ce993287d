// The preview of one input before anything is inferred: the scene where it is built, the picture where it is one, and exactly
// what the model gets of it.

import { type ReactNode, useMemo } from "react";
import type { DomainSpec } from "../../../../engine/domain";
import type { OptionValues } from "../../../../engine/options";
import { GivenPicture } from "../../../try/GivenPicture";
import type { PreviewProps } from "../../../try/tryOwn";
import { ownToolsOf, wholeOptions } from "./ownTools";
import { PictureControls } from "./PictureControls";
import { SceneBuilder } from "./SceneBuilder";
import { SeenPicture } from "./SeenPicture";
import { type PictureSource, readSource, sideOf, sourceOf } from "./tryItems";

/** CSS px of what the model sees. */
const SEEN = 128;

export function BlocksPreview(props: PreviewProps): ReactNode {
  const { spec, item, onChange } = props;
  const source = sourceOf(item);
  return (
    <div className="wsl-own-blocks">
      {source.kind === "built" ? <Builder {...props} /> : <GivenPicture picture={source.picture} />}
      <div className="wsl-own-seen">
        <Seen {...props} />
        {source.kind === "picture" ? (
          <Reading spec={spec} source={source} onChange={onChange} own={props.own} />
        ) : (
          <p className="try-cursor-text">
            Photographed from the front. The model gets this picture and nothing else: neither the plan nor where the
            blocks stand.
          </p>
        )}
      </div>
    </div>
  );
}

function Builder({ spec, item, seen, onChange, own }: PreviewProps): ReactNode {
  const source = sourceOf(item);
  const types = useMemo(() => {
    const tools = ownToolsOf(spec);
    const options = wholeOptions(spec, own);
    const palette = source.kind === "built" ? source.scene.palette : "";
    return palette === "" ? tools.paletteOf(options) : tools.paletteOf(options, palette);
  }, [spec, own, source]);
  if (source.kind !== "built") return null;
  const pixels = ownToolsOf(spec).seenBytes(seen);
  const label = `${item.name}, photographed`;
  return (
    <SceneBuilder
      spec={spec}
      scene={source.scene}
      types={types}
      onChange={(scene) => onChange({ ...source, scene })}
      photograph={<SeenPicture pixels={pixels} side={sideOf(spec, own)} label={label} size={SEEN} />}
    />
  );
}

function Seen({ spec, item, seen, own }: PreviewProps): ReactNode {
  const pixels = ownToolsOf(spec).seenBytes(seen);
  const side = sideOf(spec, own);
  return (
    <figure data-picture="try-preview" data-frame="0" data-seen={textOf(seen)}>
      <figcaption>What the model sees</figcaption>
      <SeenPicture
        pixels={pixels}
        side={side}
        size={SEEN}
        label={`What the model sees of ${item.name}: ${side} by ${side} pixels`}
      />
    </figure>
  );
}

/** The picture as it is sent: tests compare it with what the worker gets. */
function textOf(seen: unknown): string {
  return typeof seen === "object" && seen !== null && "pixels" in seen ? String(seen.pixels) : "";
}

type ReadingProps = {
  readonly spec: DomainSpec;
  readonly source: PictureSource;
  readonly onChange: (source: unknown) => void;
  readonly own: OptionValues;
};

function Reading({ spec, source, onChange, own }: ReadingProps): ReactNode {
  const read = readSource(spec, source, own);
  const { width, height } = source.picture;
  return (
    <div className="wsl-own-reading">
      <p className="try-cursor-text" data-note="reading">
        {read.ok ? read.note : `The picture ${read.problem}`}
      </p>
      <PictureControls
        settings={source.settings}
        fit={read.ok ? read.fit : (source.settings.fit ?? "crop")}
        isSquare={width === height}
        onChange={(settings) => onChange({ ...source, settings } satisfies PictureSource)}
      />
    </div>
  );
}
