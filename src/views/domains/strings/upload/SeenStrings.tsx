// The strings of a column that the model gets, and those that it is scored on afterwards.

import type { ReactNode } from "react";
import type { Concept } from "../../../../domains/strings/concepts";
import { countText } from "../../../numberText";

export type SeenStringsProps = {
  readonly concept: Concept;
  /** Distinct usable cells of the column. */
  readonly usable: number;
  /** Draws other strings of the column; null where there are none. */
  readonly onDraw: (() => void) | null;
};

/** Two lists side by side. Spaces at an end and tabs are shown. */
export function SeenStrings({ concept, usable, onDraw }: SeenStringsProps): ReactNode {
  const rest = usable - concept.strings.length - concept.heldOut.length;
  return (
    <div className="try-seen-strings">
      <List title="to learn from" name="strings" strings={concept.strings} />
      <List title="held out, to score" name="held-out" strings={concept.heldOut} />
      {concept.heldOut.length === 0 ? <p className="try-unit">None: a sixth different string would be.</p> : null}
      {onDraw ? (
        <p className="try-unit">
          {countText(rest)} more are not needed.{" "}
          <button type="button" className="text-button" onClick={onDraw}>
            Draw others
          </button>
        </p>
      ) : null}
    </div>
  );
}

type ListProps = { readonly title: string; readonly name: string; readonly strings: readonly string[] };

function List({ title, name, strings }: ListProps): ReactNode {
  return (
    <section data-seen={name} data-strings={JSON.stringify(strings)}>
      <h3>
        {strings.length} <span className="try-unit">{title}</span>
      </h3>
      <ul>
        {strings.map((text) => (
          <li key={text}>
            <code>{visible(text)}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A string with its tabs, and with the spaces at its ends. */
export function visible(text: string): string {
  return text.replaceAll("\t", "\u21e5").replace(/^ +| +$/g, (spaces) => "\u2423".repeat(spaces.length));
}
