// A string character by character with the tints of a program, where nothing is pointed at.

import type { ReactNode } from "react";
import type { AlignedString } from "./alignment";
import type { ProgramLayout } from "./programLayout";

export type CharacterRowProps = { readonly string: AlignedString; readonly layout: ProgramLayout | null };

/** Without a program the bare string; a string that the program cannot make says so. */
export function CharacterRow({ string, layout }: CharacterRowProps): ReactNode {
  const { atoms, characters } = string;
  return (
    <span className="wsl-chars" data-made={layout ? String(atoms !== null) : undefined}>
      {characters.map((character, i) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a character is its place
          key={i}
          data-slot={atoms ? layout?.slots[atoms[i] ?? -1] || undefined : undefined}
        >
          {character === "\t" ? "\u21e5" : character}
        </span>
      ))}
      {layout && atoms === null ? <small> cannot be made</small> : null}
    </span>
  );
}
