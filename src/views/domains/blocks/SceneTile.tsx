// One thumbnail of the wall: a scene as observed, or as its best parse draws it. All share one canvas: each canvas is a layer
// of the page, and a page of a hundred layers takes 12 ms more for every frame.

import { memo, type ReactNode, type RefObject, useState } from "react";
import { useTheme } from "../../frame/useColours";
import { type BlocksView, thumbPixels } from "./blocksView";
import { paintOnSheet } from "./colourCanvas";
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
  /** The canvas of the wall, one pixel a CSS px, and a word that changes when it was emptied. */
  readonly sheet: RefObject<HTMLCanvasElement | null>;
  readonly sheetSize: string;
  /** CSS px of the picture's side, and of the room around it. */
  readonly size: number;
  readonly room: number;
  readonly onSelect: () => void;
};

/** A thumbnail of the wall. */
export const SceneTile = memo(
  function SceneTile(props: SceneTileProps): ReactNode {
    const { thumb, name, view, mode, size, isSelected } = props;
    const { data, picture } = view;
    const theme = useTheme();
    const [isPointed, setPointed] = useState(false);
    const parse = bestParse(view, thumb);
    const isParsed = (mode === "parsed") !== isPointed && parse !== null;
    const draw = (target: HTMLCanvasElement) => {
      const place = { x: props.left + props.room, y: props.top + props.room, size };
      if (!isParsed || !parse || !picture) return paintOnSheet(target, thumbPixels(data, thumb), data.thumbSide, place);
      const side = data.thumbSide;
      paintOnSheet(target, renderParse(view, picture.types, parse, { side }), side, place);
    };
    const place = `${props.sheetSize} ${props.left} ${props.top} ${size}`;
    useTurn(props.sheet, draw, [data, thumb, isParsed, isParsed ? picture : null, theme, place]);
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
      />
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
    a.sheetSize === b.sheetSize &&
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
