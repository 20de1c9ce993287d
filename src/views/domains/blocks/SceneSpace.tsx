// The parse in force in 3D, or all parses at once, each block as dense as the weight of the parses that have it.

import { type ReactNode, useMemo, useRef } from "react";
import { useTheme } from "../../frame/useColours";
import { Scene3D } from "../../scene3d/Scene3D";
import type { SceneBlock } from "../../scene3d/sceneTypes";
import { type BlocksView, placedBlocks } from "./blocksView";
import { paintColours } from "./colourCanvas";
import { useTurn } from "./drawQueue";
import { renderParse } from "./renderParse";
import type { SceneOnShow } from "./useScene";

export type SceneSpaceProps = {
  readonly view: BlocksView;
  readonly scene: SceneOnShow;
  readonly isAll: boolean;
  /** CSS px. */
  readonly width: number;
};

/** Its size does not depend on what is known. */
export function SceneSpace({ view, scene, isAll, width }: SceneSpaceProps): ReactNode {
  const { placed, marked, onMark } = scene;
  const { data, shown, name } = view;
  const blocks = useMemo(() => (isAll ? denseBlocks(view) : placed.map(blockOf)), [isAll, view, placed]);
  const selected = marked === null ? undefined : placed[marked];
  const what = isAll ? `All parses of ${name}` : `Parse ${shown?.printed ?? "not known yet"} of ${name}`;
  return (
    <div className="wsl-scene-space" style={{ width }}>
      <Scene3D
        label={`${what} in 3D, ${blocks.length} ${blocks.length === 1 ? "block" : "blocks"}`}
        blocks={blocks}
        gridSide={data.gridSide}
        lines={null}
        selectedId={selected && !isAll ? idOf(selected) : null}
        onSelect={(id) => {
          const at = placed.findIndex((block) => idOf(block) === id);
          onMark(at < 0 || at === marked ? null : at);
        }}
        shades={data.shades}
        fallback={<FlatView view={view} />}
      />
    </div>
  );
}

type Placed = SceneOnShow["placed"][number];

const idOf = ({ row, column, level }: Placed): string => `${row} ${column} ${level}`;

const blockOf = (block: Placed): SceneBlock => ({
  id: idOf(block),
  centre: block.centre,
  size: block.size,
  color: block.color,
  row: block.row,
  column: block.column,
});

/** Every block that some parse has; equal ones of several parses count as one. */
export function denseBlocks(
  view: Pick<BlocksView, "tools" | "settings" | "parses" | "picture">,
): readonly SceneBlock[] {
  const { picture, parses } = view;
  const blocks = new Map<string, SceneBlock & { readonly opacity: number }>();
  if (!picture) return [];
  for (const parse of parses) {
    for (const block of placedBlocks(view, picture.types, parse)) {
      const id = `${idOf(block)} ${block.type}`;
      const before = blocks.get(id);
      const opacity = Math.min(1, (before?.opacity ?? 0) + (parse.weight ?? 0));
      blocks.set(id, { ...(before ?? { ...blockOf(block), id }), opacity });
    }
  }
  return [...blocks.values()];
}

/** CSS px that the flat picture is drawn with. */
const FLAT_SIDE = 192;

/** The parse from the right, where there is no 3D. */
function FlatView({ view }: { readonly view: BlocksView }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const { picture, shown } = view;
  const draw = (target: HTMLCanvasElement) => {
    if (picture && shown) {
      paintColours(target, renderParse(view, picture.types, shown, { camera: "right", side: FLAT_SIDE }), FLAT_SIDE);
    }
  };
  useTurn(canvas, draw, [picture, shown?.printed, theme]);
  return <canvas ref={canvas} width={FLAT_SIDE} height={FLAT_SIDE} role="img" aria-label="The parse from the right" />;
}
