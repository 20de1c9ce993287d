// The program in large type. Every glyph belongs to a part; pointing at it, or walking over it with the arrow keys,
// chooses that part, and a press keeps it chosen. Classes carry the tint that their characters have in the strings.

import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { partWords } from "./partWords";
import type { Glyph, ProgramLayout, ProgramPart } from "./programLayout";
import { partAround } from "./programLayout";

export type ProgramLineProps = {
  readonly layout: ProgramLayout;
  /** Part whose characters are marked now, or null. */
  readonly marked: number | null;
  /** Part that a press keeps marked, or null. */
  readonly pinned: number | null;
  /** Pointer over a part, or gone. */
  readonly onPoint: (part: number | null) => void;
  /** Focus on a part, or gone. */
  readonly onFocus: (part: number | null) => void;
  readonly onPin: (part: number | null) => void;
};

/** Buttons in reading order, one tab stop; arrow up goes to the part around. */
export function ProgramLine(props: ProgramLineProps): ReactNode {
  const { layout, marked, pinned } = props;
  const line = useRef<HTMLDivElement>(null);
  const range = marked === null ? null : layout.parts[marked];
  const heads = layout.glyphs.filter((glyph) => glyph.isHead);
  const stop = heads.find((glyph) => glyph.part === pinned) ?? heads[0];
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!(event.target instanceof HTMLElement)) return;
    const next = nextPart(layout, heads, Number(event.target.dataset["part"]), event.key);
    if (event.key === "Escape" && pinned !== null) props.onPin(null);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    line.current?.querySelector<HTMLElement>(`button[data-part="${next}"]`)?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of form fields
    <div
      ref={line}
      role="group"
      className="wsl-program-line"
      aria-label={`Parts of ${layout.text}`}
      onKeyDown={onKeyDown}
      onPointerLeave={() => props.onPoint(null)}
    >
      {layout.glyphs.map((glyph) => (
        <GlyphButton
          key={glyph.from}
          glyph={glyph}
          slot={layout.slots[glyph.atom] ?? -1}
          isMarked={range != null && glyph.from >= range.from && glyph.from < range.to}
          isTabStop={glyph === stop}
          line={props}
        />
      ))}
    </div>
  );
}

function GlyphButton(props: {
  readonly glyph: Glyph;
  readonly slot: number;
  readonly isMarked: boolean;
  readonly isTabStop: boolean;
  readonly line: ProgramLineProps;
}): ReactNode {
  const { glyph, line } = props;
  const part = line.layout.parts[glyph.part];
  const shared = {
    className: "wsl-glyph",
    "data-slot": props.slot > 0 ? props.slot : undefined,
    "data-operator": glyph.atom < 0 ? "" : undefined,
    "data-on": props.isMarked ? "" : undefined,
    onPointerEnter: () => line.onPoint(glyph.part),
    onClick: () => line.onPin(line.pinned === glyph.part ? null : glyph.part),
  };
  if (!glyph.isHead || !part) {
    return (
      <span {...shared} aria-hidden="true">
        {glyph.text}
      </span>
    );
  }
  return (
    <button
      type="button"
      {...shared}
      data-part={glyph.part}
      tabIndex={props.isTabStop ? 0 : -1}
      aria-pressed={line.pinned === glyph.part}
      aria-label={partName(line.layout, part)}
      onFocus={() => line.onFocus(glyph.part)}
      onBlur={() => line.onFocus(null)}
    >
      {glyph.text}
    </button>
  );
}

/** "\d, one digit" */
export function partName(layout: ProgramLayout, part: ProgramPart): string {
  const text = [...layout.text].slice(part.from, part.to).join("");
  return `${text}, ${partWords(layout, part, null)}`;
}

function nextPart(layout: ProgramLayout, heads: readonly Glyph[], part: number, key: string): number | null {
  const at = heads.findIndex((glyph) => glyph.part === part);
  switch (key) {
    case "ArrowRight":
      return heads[Math.min(at + 1, heads.length - 1)]?.part ?? null;
    case "ArrowLeft":
      return heads[Math.max(at - 1, 0)]?.part ?? null;
    case "ArrowUp":
      return partAround(layout, part);
    case "ArrowDown":
      return innerPart(layout, part);
    case "Home":
      return heads[0]?.part ?? null;
    case "End":
      return heads[heads.length - 1]?.part ?? null;
    default:
      return null;
  }
}

/** The first part inside, or null. */
function innerPart(layout: ProgramLayout, part: number): number | null {
  const inside = layout.parts.findIndex((_, i) => partAround(layout, i) === part);
  return inside < 0 ? null : inside;
}
