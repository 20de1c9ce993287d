// The scene as observed, as the parse in force is drawn, and where the two differ: side by side at one scale, whole canvas
// pixels. A block that is marked in the list or in 3D has its outline in the drawn picture, where blocks can be chosen too.

import { type ReactNode, useRef } from "react";
import type { PlacedBlock } from "../../../domains/blocks/scene";
import { tokenRgb, useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { fixedText } from "../../numberText";
import type { BlocksView } from "./blocksView";
import { paintColours, paintDifferences, paintGround, WORST } from "./colourCanvas";
import { blockOutline } from "./outlines";

export type ScenePicturesProps = {
  readonly view: BlocksView;
  /** [side, side, 3] 0 to 255, and its side. */
  readonly observed: { readonly pixels: Uint8Array; readonly side: number } | null;
  /** What the parse in force draws, and where it differs; null without a parse. */
  readonly drawn: { readonly pixels: Float32Array; readonly each: Float32Array; readonly mean: number } | null;
  readonly placed: readonly PlacedBlock[];
  /** CSS px of a picture's side. */
  readonly size: number;
  readonly marked: number | null;
  readonly onMark: (block: number | null) => void;
};

/** Three canvases with their names under them. */
export function ScenePictures(props: ScenePicturesProps): ReactNode {
  const { view, observed, drawn, size } = props;
  const theme = useTheme();
  const { side } = view.data;
  return (
    <div className="wsl-scene-pictures">
      <Picture
        caption="observed"
        note={`${observed?.side ?? side} × ${observed?.side ?? side}`}
        size={size}
        changes={[observed?.pixels, theme]}
        draw={(target) => {
          if (observed) paintColours(target, observed.pixels, observed.side);
          else paintGround(target, side, tokenRgb("--data-0"));
        }}
      />
      <Picture
        caption="drawn"
        note=""
        size={size}
        changes={[drawn, theme]}
        draw={(target) => {
          if (drawn) paintColours(target, drawn.pixels, side);
          else paintGround(target, side, tokenRgb("--prediction-0"));
        }}
      >
        <Outlines {...props} />
      </Picture>
      <Picture
        caption="difference"
        note={<Scale mean={drawn?.mean ?? null} />}
        size={size}
        changes={[drawn, theme]}
        draw={(target) => {
          if (drawn) paintDifferences(target, drawn.each, side);
          else paintGround(target, side, tokenRgb("--data-0"));
        }}
      />
    </div>
  );
}

function Picture(props: {
  readonly caption: string;
  readonly note: ReactNode;
  readonly size: number;
  readonly changes: readonly unknown[];
  readonly draw: (target: HTMLCanvasElement) => void;
  readonly children?: ReactNode;
}): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useFrame(canvas, props.draw, props.changes);
  const { size } = props;
  return (
    <div className="wsl-scene-picture" style={{ width: size }}>
      <div style={{ width: size, height: size }}>
        <canvas ref={canvas} style={{ width: size, height: size }} />
        {props.children}
      </div>
      <p>
        <b data-figure-text="">{props.caption}</b> <span>{props.note}</span>
      </p>
    </div>
  );
}

/** From no difference to the largest possible, and the mean of this picture. */
function Scale({ mean }: { readonly mean: number | null }): ReactNode {
  return (
    <>
      0 <i className="wsl-scene-scale" aria-hidden="true" /> {WORST}
      {mean === null ? null : <span className="wsl-hidden">, root mean square {fixedText(mean, 3)}</span>}
    </>
  );
}

/** Reach of every block, farthest first so that the nearest takes the pointer, and the outline of the marked one. */
function Outlines({ view, placed, size, marked, onMark }: ScenePicturesProps): ReactNode {
  const { project, cameras } = view.tools;
  const order = placed.map((block, i) => ({ i, far: block.centre[2] })).sort((a, b) => b.far - a.far);
  const path = (i: number): string => {
    const block = placed[i];
    if (!block) return "";
    return `M${blockOutline(block, (point) => project(cameras.front, point))
      .map(([x, y]) => `${(x * size).toFixed(1)} ${(y * size).toFixed(1)}`)
      .join("L")}Z`;
  };
  return (
    <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} aria-hidden="true" focusable="false">
      {order.map(({ i }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the list of blocks is the way for keyboards
        <path key={i} className="wsl-block-reach" d={path(i)} onClick={() => onMark(marked === i ? null : i)} />
      ))}
      {marked !== null && placed[marked] ? (
        <>
          <path className="wsl-block-halo" d={path(marked)} />
          <path className="wsl-block-outline" data-block={marked} d={path(marked)} />
        </>
      ) : null}
    </svg>
  );
}
