// The scene as text beside its picture: one line a block. A line that is chosen marks its block in the picture, and back.

import type { ReactNode } from "react";
import type { SceneLine } from "./sceneTypes";

export type BlockLinesProps = {
  readonly lines: readonly SceneLine[];
  readonly selectedId: string | null;
  readonly onSelect: (id: string | null) => void;
};

/** A list of buttons; pressed again, a line is let go. */
export function BlockLines({ lines, selectedId, onSelect }: BlockLinesProps): ReactNode {
  if (lines.length === 0) return <p className="wsl-scene3d-none">No block stands here.</p>;
  return (
    <ul className="wsl-scene3d-lines" aria-label="Blocks">
      {lines.map(({ id, text }) => (
        <li key={id}>
          <button
            type="button"
            aria-pressed={id === selectedId}
            onClick={() => onSelect(id === selectedId ? null : id)}
          >
            {text}
          </button>
        </li>
      ))}
    </ul>
  );
}
