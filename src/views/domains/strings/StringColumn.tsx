// Strings one below the other, character by character: each character carries the tint of the part that made it. A string
// that the program cannot make says so. In the residual each character is as dark as what the program leaves to chance.

import { memo, type PointerEvent, type ReactNode } from "react";
import { FormulaTip } from "../../frame/FormulaTip";
import { natsText } from "../../numberText";
import { type AlignedString, totalLogProb } from "./alignment";
import type { ProgramLayout } from "./programLayout";

export type StringMode = "alignment" | "residual";

export type StringColumnProps = {
  /** "given", "held out", "generated". */
  readonly title: string;
  readonly note: string;
  readonly strings: readonly AlignedString[];
  readonly layout: ProgramLayout | null;
  /** Atoms from `first` to before `end` are marked; null for none. */
  readonly marked: { readonly first: number; readonly end: number } | null;
  readonly mode: StringMode;
  /** Nats of the character at a place, for the residual; null where it is not known. */
  readonly cost: (text: string, atom: number) => number;
  readonly onPoint: (atom: number | null) => void;
  /** Rows kept free. */
  readonly numRows: number;
  /** False: generated strings have no sum. */
  readonly hasTotal: boolean;
};

/** One column with its sum beneath. */
export function StringColumn(props: StringColumnProps): ReactNode {
  const { strings, layout } = props;
  const onPointerOver = (event: PointerEvent) => {
    const atom = event.target instanceof HTMLElement ? event.target.dataset["atom"] : undefined;
    props.onPoint(atom === undefined ? null : Number(atom));
  };
  const fillers = Array.from({ length: Math.max(0, props.numRows - strings.length) }, (_, i) => i);
  return (
    <section className="wsl-strings" aria-label={props.title} data-strings={props.title}>
      <p className="wsl-strings-head">
        <b data-figure-text="">{props.title}</b> <span>{props.note}</span>
      </p>
      <ul onPointerOver={onPointerOver} onPointerLeave={() => props.onPoint(null)}>
        {strings.map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: generated strings may repeat; a string is its place
          <StringRow key={i} string={one} {...props} isKnown={layout !== null} />
        ))}
        {fillers.map((i) => (
          <li key={`free ${i}`} aria-hidden="true" />
        ))}
      </ul>
      {props.hasTotal && strings.length > 0 ? (
        <p className="wsl-strings-total">
          <span>together</span>
          <FormulaTip label={`log likelihood, ${props.title}`} lines={() => totalTip(strings)}>
            {layout ? natsText(totalLogProb(strings)) : ""}
          </FormulaTip>
        </p>
      ) : null}
    </section>
  );
}

type RowProps = Omit<StringColumnProps, "strings" | "title" | "note" | "numRows" | "hasTotal" | "onPoint"> & {
  readonly string: AlignedString;
  readonly isKnown: boolean;
};

const StringRow = memo(function StringRow({ string, layout, marked, mode, cost, isKnown }: RowProps): ReactNode {
  const { atoms, characters } = string;
  const isMade = isKnown && atoms !== null;
  return (
    <li data-made={isKnown ? String(isMade) : undefined} data-mode={mode} aria-label={rowName(string, isKnown)}>
      <span className="wsl-chars" aria-hidden="true">
        {characters.map((character, i) => {
          const atom = isMade ? (atoms[i] ?? -1) : -1;
          const isMarked = marked !== null && atom >= marked.first && atom < marked.end;
          return (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a character is its place
              key={i}
              data-atom={atom < 0 ? undefined : atom}
              data-slot={layout?.slots[atom] || undefined}
              data-joined={i > 0 && atom >= 0 && atoms?.[i - 1] === atom ? "" : undefined}
              data-on={isMarked ? "" : undefined}
              style={mode === "residual" && atom >= 0 ? residualStyle(cost(character, atom)) : undefined}
            >
              {character === "\t" ? "\u21e5" : character}
            </span>
          );
        })}
      </span>
      {isKnown ? <RowNumber string={string} /> : null}
    </li>
  );
}, isSameRow);

function RowNumber({ string }: { readonly string: AlignedString }): ReactNode {
  if (string.atoms === null) {
    return (
      <span className="wsl-not-made">
        <svg width={10} height={10} viewBox="0 0 11 11" aria-hidden="true" focusable="false">
          <path d="M1.5 5.5a4 4 0 1 0 8 0a4 4 0 1 0-8 0M2.7 8.3l5.6-5.6" />
        </svg>
        cannot make it
      </span>
    );
  }
  return (
    <FormulaTip className="wsl-number" isTabStop={false} lines={() => stringTip(string)}>
      {natsText(string.logProb)}
    </FormulaTip>
  );
}

/** Darkness of a character that costs so many nats; log 96 is the most that a class leaves to chance at the start. */
function residualStyle(nats: number): { readonly backgroundColor: string } {
  const share = Math.round(Math.min(1, nats / Math.log(96)) * 42);
  return { backgroundColor: `color-mix(in srgb, var(--mismatch) ${share}%, transparent)` };
}

function rowName(string: AlignedString, isKnown: boolean): string {
  if (!isKnown) return string.text;
  if (string.atoms === null) return `${string.text}, the program cannot make it`;
  return `${string.text}, log probability ${natsText(string.logProb)} nats`;
}

function stringTip(string: AlignedString) {
  return {
    symbols: "log p(string | z) = log Σ over all derivations",
    numbers: `${natsText(string.logProb)} nats;   the best derivation alone ${natsText(string.bestLog)}`,
    meaning: "How probable the program makes this string, whichever way it makes it. The tints show its best way.",
  };
}

function totalTip(strings: readonly AlignedString[]) {
  const terms = strings.map((one) => (one.logProb < 0 ? `(${natsText(one.logProb)})` : natsText(one.logProb)));
  return {
    symbols: "log p(x | z) = Σ log p(string | z)",
    numbers: `${terms.join(" + ")} = ${natsText(totalLogProb(strings))} nats`,
    meaning: "The strings of a concept are independent given its program; one impossible string makes all impossible.",
  };
}

/** Rows are drawn anew only when what they show has changed. */
function isSameRow(a: RowProps, b: RowProps): boolean {
  return (
    a.string.text === b.string.text &&
    a.isKnown === b.isKnown &&
    a.mode === b.mode &&
    a.layout === b.layout &&
    a.marked === b.marked &&
    (a.string.logProb === b.string.logProb || Math.abs(a.string.logProb - b.string.logProb) < 1e-6) &&
    sameAtoms(a.string.atoms, b.string.atoms) &&
    (a.mode === "alignment" || a.cost === b.cost)
  );
}

function sameAtoms(a: ArrayLike<number> | null, b: ArrayLike<number> | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
