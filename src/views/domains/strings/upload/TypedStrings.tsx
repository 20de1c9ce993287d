// Strings typed by hand, one a line: this domain's way to draw. What is typed counts after a pause or when the field is left.

import { type ReactNode, useEffect, useId, useRef, useState } from "react";

export type TypedStringsProps = { readonly text: string; readonly onChange: (text: string) => void };

const PAUSE_MS = 350;

/** A field for five lines or more. */
export function TypedStrings({ text, onChange }: TypedStringsProps): ReactNode {
  const id = useId();
  const [draft, setDraft] = useState(text);
  const latest = useRef({ text, onChange });
  latest.current = { text, onChange };
  // An undo, or other settings: the field follows.
  useEffect(() => setDraft(text), [text]);
  useEffect(() => {
    const late = setTimeout(() => keep(latest.current, draft), PAUSE_MS);
    return () => clearTimeout(late);
  }, [draft]);
  return (
    <>
      <label htmlFor={id} className="try-unit">
        One string a line, at least five different ones of one kind
      </label>
      <textarea
        id={id}
        className="try-text try-typed"
        rows={8}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={() => keep(latest.current, draft)}
      />
    </>
  );
}

function keep({ text, onChange }: TypedStringsProps, draft: string): void {
  if (draft !== text) onChange(draft);
}
