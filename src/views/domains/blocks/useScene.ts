// The scene on show with its parse in force: blocks in the world, what was observed, what the parse draws, where they
// differ.

import { useMemo, useState } from "react";
import type { BlockTypes, PlacedBlock } from "../../../domains/blocks/scene";
import { useCalm } from "../../frame/useCalm";
import { type BlocksView, placedBlocks, type ShownParse, thumbOf, thumbPixels } from "./blocksView";
import { differences, meanDifference } from "./colourCanvas";
import { explanationsText } from "./explanations";
import { renderParse } from "./renderParse";

/** ms between two drawings of parses while a run streams them. */
const CALM_MS = 350;

export type SceneOnShow = {
  readonly placed: readonly PlacedBlock[];
  readonly observed: { readonly pixels: Uint8Array; readonly side: number } | null;
  readonly drawn: { readonly pixels: Float32Array; readonly each: Float32Array; readonly mean: number } | null;
  /** Places in the list of those blocks that cannot be seen from the front. */
  readonly hidden: ReadonlySet<number>;
  /** What the parses agree and disagree about, "" without any. */
  readonly words: string;
  readonly marked: number | null;
  readonly onMark: (block: number | null) => void;
};

/** The view at a calm pace, but at once when another scene or parse is chosen. */
export function useCalmView(view: BlocksView, selectedProgram: string | null): BlocksView {
  const key = `${view.row} ${selectedProgram}`;
  const calm = useCalm({ key, view }, CALM_MS);
  const isStale =
    calm.key !== key || calm.view.data !== view.data || (calm.view.shown === null) !== (view.shown === null);
  return isStale ? view : calm.view;
}

/** What the pictures of the parse in force show, and the block that is marked in them. */
export function useScene(view: BlocksView): SceneOnShow {
  const { picture, data, row, shown } = view;
  const placed = useMemo(
    () => (shown && picture ? placedBlocks(view, picture.types, shown) : []),
    [view, shown, picture],
  );
  const observed = useMemo(() => {
    if (picture?.selected === row) return { pixels: picture.observed, side: data.side };
    const thumb = thumbOf(data, row, view.userRow);
    return thumb < 0 ? null : { pixels: thumbPixels(data, thumb), side: data.thumbSide };
  }, [picture, data, row, view.userRow]);
  const drawn = useMemo(() => {
    if (!shown || !picture) return null;
    const pixels = renderParse(view, picture.types, shown);
    const isSame = observed !== null && observed.side === data.side;
    const each = isSame ? differences(observed.pixels, pixels) : new Float32Array(data.side ** 2);
    return { pixels, each, mean: meanDifference(each) };
  }, [view, shown, picture, observed, data.side]);
  const { hidden, words } = useMemo(() => hiddenAndWords(view, placed), [view, placed]);
  const [mark, setMark] = useState<{ readonly of: string; readonly block: number } | null>(null);
  const of = `${row} ${shown?.printed}`;
  const marked = mark?.of === of && mark.block < placed.length ? mark.block : null;
  return {
    placed,
    observed,
    drawn,
    hidden,
    words,
    marked,
    onMark: (block) => setMark(block === null ? null : { of, block }),
  };
}

/** Types within this of each other, in every extent and channel, look alike. */
const ALIKE = 0.05;

/** The first type that looks like a type. */
export function alikeTypes({ sizes, colors }: BlockTypes): (type: number) => number {
  const isAlike = (a: number, b: number) =>
    [0, 1, 2].every(
      (i) =>
        Math.abs((sizes[3 * a + i] ?? 0) - (sizes[3 * b + i] ?? 0)) < ALIKE &&
        Math.abs((colors[3 * a + i] ?? 0) - (colors[3 * b + i] ?? 0)) < ALIKE,
    );
  return (type) => {
    let first = 0;
    while (first < type && !isAlike(first, type)) first++;
    return first;
  };
}

/** Which blocks the front ones hide, in the parse in force and, for the words, in all of them. */
function hiddenAndWords(view: BlocksView, placed: readonly PlacedBlock[]) {
  const { picture, shown, parses, tools, settings, data } = view;
  if (!picture || !shown) return { hidden: new Set<number>(), words: "" };
  const visiblePlaces = ({ program, raw }: Pick<ShownParse, "program" | "raw">) =>
    tools.visiblePlaces({ program: Int32Array.from(program), raw, types: picture.types, settings });
  const visible = visiblePlaces(shown);
  const levels = shown.program.length / data.gridSide ** 2;
  const placeOf = ({ row, column, level }: PlacedBlock) => (row * data.gridSide + column) * levels + level;
  const hidden = new Set(placed.flatMap((block, i) => (visible[placeOf(block)] === 1 ? [] : [i])));
  const told = parses.map(({ program, raw, weight }) => ({ program, raw, weight: weight ?? 0 }));
  const words = explanationsText(told, {
    gridSide: data.gridSide,
    typeName: tools.typeName,
    alikeType: alikeTypes(picture.types),
    visiblePlaces,
  });
  return { hidden, words };
}
