// One thumbnail of the wall: a scene as observed, or as its best parse draws it.

import { memo, type ReactNode, useRef, useState } from "react";
import { useTheme } from "../../frame/useColours";
import { type BlocksView, thumbPixels } from "./blocksView";
import { paintColours } from "./colourCanvas";
import { useTurn } from "./drawQueue";
import { renderParse } from "./renderParse";

export type WallMode = "observed" | "parsed";

export type SceneTileProps = {
  readonly thumb: number;
  readonly name: string;
  readonly view: BlocksView;
  readonly mode: WallMode;
  readonly isRight: boolean;
  readonly isSelected: boolean;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** CSS px of the picture's side. */
  readonly size: number;
  readonly onSelect: () => void;
};

/** A thumbnail of the wall. */
export const SceneTile = memo(
  function SceneTile(props: SceneTileProps): ReactNode {
    const { thumb, name, view, mode, size, isSelected } = props;
    const { data, picture } = view;
    const canvas = useRef<HTMLCanvasElement>(null);
    const theme = useTheme();
    const [isPointed, setPointed] = useState(false);
    const parse = bestParse(view, thumb);
    const isParsed = (mode === "parsed") !== isPointed && parse !== null;
    const draw = (target: HTMLCanvasElement) => {
      if (!isParsed || !parse || !picture) return paintColours(target, thumbPixels(data, thumb), data.thumbSide);
      paintColours(target, renderParse(view, picture.types, parse, { side: data.thumbSide }), data.thumbSide);
    };
    useTurn(canvas, draw, [data, thumb, isParsed, isParsed ? picture : null, theme]);
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
      // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
      <div
        role="option"
        id={`scene-${thumb}`}
        className="wsl-scene-tile"
        aria-selected={isSelected}
        aria-label={props.isRight ? `${name}, right number of blocks in every cell` : name}
        title={name.charAt(0).toUpperCase() + name.slice(1)}
        data-right={props.isRight ? "" : undefined}
        data-parsed={isParsed ? "" : undefined}
        style={{ left: props.left, top: props.top, width: props.width, height: props.height }}
        onPointerEnter={(event) => setPointed(event.pointerType === "mouse")}
        onPointerLeave={() => setPointed(false)}
        onClick={props.onSelect}
      >
        <canvas ref={canvas} width={data.thumbSide} height={data.thumbSide} style={{ width: size, height: size }} />
      </div>
    );
  },
  (a, b) =>
    a.thumb === b.thumb &&
    a.name === b.name &&
    a.mode === b.mode &&
    a.isRight === b.isRight &&
    a.isSelected === b.isSelected &&
    a.left === b.left &&
    a.top === b.top &&
    a.width === b.width &&
    a.size === b.size &&
    a.view.data === b.view.data &&
    a.view.picture === b.view.picture,
);

/** Best known parse of a thumbnail's scene, or null before it was visited. */
export function bestParse({ picture, data }: Pick<BlocksView, "picture" | "data">, thumb: number) {
  if (picture?.hasProgram[thumb] !== 1) return null;
  const places = picture.programs.length / data.shown;
  const [from, to] = [thumb * places, (thumb + 1) * places];
  return { program: picture.programs.subarray(from, to), raw: picture.raw.subarray(from, to) };
}
