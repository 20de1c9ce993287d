// A word that points at a part of the workbench: its colour, an underline, and the part lights up under pointer or focus.

import type { ReactNode } from "react";
import { lightPart, PARTS, type PartName, revealPart } from "./parts";

export type PartWordProps = { readonly part: PartName; readonly children: ReactNode };

/** A button, so that the keyboard reaches it; pressing it brings the part into view. */
export function PartWord({ part, children }: PartWordProps) {
  const show = () => lightPart(part);
  const hide = () => lightPart(null);
  return (
    <button
      type="button"
      className="part-word"
      data-colour={PARTS[part].colour}
      title={`Shows ${PARTS[part].title}`}
      onPointerEnter={show}
      onPointerLeave={hide}
      onFocus={show}
      onBlur={hide}
      onClick={() => revealPart(part)}
    >
      {children}
    </button>
  );
}
