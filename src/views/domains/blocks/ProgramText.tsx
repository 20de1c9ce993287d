// A parse as text, as seen from the front: rows front to back, cells from left to right, in a cell the letters of its
// types from the bottom up. Under each letter a line in the colour that the type has now.

import { Fragment, type ReactNode } from "react";

export type ProgramTextProps = {
  readonly printed: string;
  /** [P, 3] colours of the types, or null where none are known. */
  readonly colors: ArrayLike<number> | null;
  /** Letter of a type. */
  readonly typeAt: (type: number) => string;
  /** Printed best parse, to mark cells that differ; null for the best itself. */
  readonly against?: string | null;
};

/** One line of code. */
export function ProgramText({ printed, colors, typeAt, against }: ProgramTextProps): ReactNode {
  const letters = new Map(Array.from({ length: (colors?.length ?? 0) / 3 }, (_, type) => [typeAt(type), type]));
  const others = against?.split(" ") ?? null;
  return (
    <code className="wsl-blocks-program" title={printed} data-figure-text="">
      {printed.split(" ").map((cell, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
        <Fragment key={i}>
          {i > 0 ? " " : null}
          <span data-own={others && others[i] !== cell ? "" : undefined} data-row={cell === "/" ? "" : undefined}>
            {Array.from(cell, (letter, level) => {
              const type = letters.get(letter);
              return type === undefined || !colors ? (
                letter
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: a block is its level
                <i key={level} style={{ borderColor: colorText(colors, type) }}>
                  {letter}
                </i>
              );
            })}
          </span>
        </Fragment>
      ))}
    </code>
  );
}

/** CSS colour of a type, 0 to 1 in each channel. */
export function colorText(colors: ArrayLike<number>, type: number): string {
  const channel = (c: number) => Math.round(255 * Math.min(1, Math.max(0, colors[3 * type + c] ?? 0)));
  return `rgb(${channel(0)} ${channel(1)} ${channel(2)})`;
}
