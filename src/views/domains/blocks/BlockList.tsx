// The scene as text: every tower with its blocks from the bottom up, in the order of the printed parse. A block
// that is chosen here is marked in the drawn picture and in 3D.

import type { ReactNode } from "react";
import type { PlacedBlock } from "../../../domains/blocks/scene";
import { fixedText } from "../../numberText";
import { colorText } from "./ProgramText";
import { blocksText, cellName, cellsInOrder } from "./towers";

export type BlockListProps = {
  /** False before any parse. */
  readonly isKnown: boolean;
  readonly placed: readonly PlacedBlock[];
  readonly gridSide: number;
  readonly isCuboid: boolean;
  readonly typeName: (type: number) => string;
  /** [P, 3] */
  readonly colors: ArrayLike<number> | null;
  /** Blocks that cannot be seen from the front. */
  readonly hidden: ReadonlySet<number>;
  readonly marked: number | null;
  readonly onMark: (block: number | null) => void;
};

const LEVELS = ["on the ground", "second", "third"];

/** One entry a cell, empty cells too: the list keeps its place. */
export function BlockList(props: BlockListProps): ReactNode {
  const { placed, gridSide, isKnown, hidden } = props;
  return (
    <ol className="wsl-towers" aria-label="Blocks of the parse" data-grid={gridSide}>
      {cellsInOrder(gridSide).map((cell) => {
        const blocks = placed.flatMap((block, i) =>
          block.row * gridSide + block.column === cell ? [{ block, i }] : [],
        );
        const unseen = blocks.filter(({ i }) => hidden.has(i)).length;
        const name = cellName(cell, gridSide) || "tower";
        return (
          <li key={cell} aria-label={`${name}: ${isKnown ? blocksText(blocks.length) : "not known yet"}`}>
            <span>{unseen > 0 ? `${name}, ${unseen} hidden` : name}</span>
            <div>
              {blocks.length === 0 ? <em>{isKnown ? "empty" : "\u2013"}</em> : null}
              {blocks.map(({ block, i }) => (
                <Block key={i} {...props} block={block} index={i} where={name} />
              ))}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

type BlockProps = BlockListProps & { readonly block: PlacedBlock; readonly index: number; readonly where: string };

function Block({ block, index, where, typeName, colors, isCuboid, hidden, marked, onMark }: BlockProps): ReactNode {
  const letter = typeName(block.type);
  const size = sizeText(block.size, isCuboid);
  const unseen = hidden.has(index) ? ", hidden" : "";
  return (
    <button
      type="button"
      aria-pressed={marked === index}
      aria-label={`Block ${letter}, ${where}, ${LEVELS[block.level] ?? `level ${block.level + 1}`}, ${isCuboid ? "sides" : "side"} ${size}${unseen}`}
      data-hidden={unseen ? "" : undefined}
      onClick={() => onMark(marked === index ? null : index)}
    >
      <i aria-hidden="true" style={{ background: colors ? colorText(colors, block.type) : undefined }} />
      <b>{letter}</b> {isCuboid ? null : size}
    </button>
  );
}

/** "0.41", or "0.50 × 0.31 × 0.30" of a cuboid: across, up, deep. */
export function sizeText(size: ArrayLike<number>, isCuboid: boolean): string {
  const text = (i: number) => fixedText(size[i] ?? 0, 2);
  return isCuboid ? `${text(0)} × ${text(1)} × ${text(2)}` : text(0);
}
