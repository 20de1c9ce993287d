// What a pointer on the picture means: a click selects, or adds and takes blocks where scenes are built by hand; what it
// would do is shown before it is done.

import { type RefObject, useEffect, useRef, useState } from "react";
import { watchGestures } from "./gestures";
import { isSameCell } from "./ground";
import { type Hit, hitAt } from "./pick";
import type { SceneBlock, SceneCell, SceneEdit } from "./sceneTypes";
import type { Orbit } from "./useOrbit";

export type EditContext = {
  readonly orbit: Orbit;
  readonly blocks: readonly SceneBlock[];
  readonly gridSide: number;
  readonly edit: SceneEdit | null;
  readonly selectedId: string | null;
  readonly onSelect: (id: string | null) => void;
};

/** What stands out under the pointer. */
export type EditMarks = {
  readonly cell: SceneCell | null;
  readonly preview: SceneBlock | null;
  readonly removeId: string | null;
};

const NOTHING: Hit = { block: null, cell: null };

/** Follows the pointer on the picture and carries out clicks. */
export function useEdit(picture: RefObject<HTMLElement | null>, context: EditContext): EditMarks {
  const latest = useRef(context);
  latest.current = context;
  const [hover, setHover] = useState<Hit>(NOTHING);
  useEffect(() => {
    const element = picture.current;
    if (!element) return;
    const under = (at: { readonly x: number; readonly y: number }) => {
      const { orbit, blocks, gridSide } = latest.current;
      const { clientWidth: width, clientHeight: height } = element;
      return hitAt({ ...at, width, height }, orbit.view(), blocks, gridSide);
    };
    return watchGestures(element, {
      orbit: () => latest.current.orbit,
      onClick: (x, y) => carryOut(under({ x, y }), latest.current),
      onHover(at) {
        const isLive = at !== null && element.hasAttribute("data-live");
        const hit = isLive ? under(at) : NOTHING;
        element.toggleAttribute("data-points", isMeant(hit, latest.current.edit));
        setHover((before) => (before.block === hit.block && isSameCell(before.cell, hit.cell) ? before : hit));
      },
    });
  }, [picture]);
  return marksOf(hover, context);
}

/** Whether a click there would do something. */
function isMeant({ block, cell }: Hit, edit: SceneEdit | null): boolean {
  return edit?.tool === "add" ? cell !== null : block !== null;
}

function carryOut({ block, cell }: Hit, { edit, selectedId, onSelect }: EditContext): void {
  if (!edit) onSelect(block && block.id !== selectedId ? block.id : null);
  else if (edit.tool === "add") {
    if (cell) edit.onPlace(cell);
  } else if (block) edit.onPick(block);
}

function marksOf(hover: Hit, { edit, blocks }: EditContext): EditMarks {
  if (edit?.tool === "add") {
    return { cell: hover.cell, preview: hover.cell ? edit.preview(hover.cell) : null, removeId: null };
  }
  const isThere = edit !== null && blocks.some((block) => block.id === hover.block?.id);
  return { cell: null, preview: null, removeId: isThere ? (hover.block?.id ?? null) : null };
}
