// Text typed or pasted into a field: the way in where there is no Ctrl+V.

import { useId, useState } from "react";
import { Button } from "../ui/Button";
import type { TryInputProps } from "./TryInput";
import { takeText } from "./useTryInputs";

export function TypeBox({ spec, tryOwn }: TryInputProps) {
  const id = useId();
  const [text, setText] = useState("");
  return (
    <details className="try-reading">
      <summary>Type or paste text</summary>
      <label htmlFor={id} className="visually-hidden">
        {tryOwn.one} as text
      </label>
      <textarea
        id={id}
        className="try-text"
        rows={6}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button
        disabledReason={text.trim() === "" ? "Write something first." : null}
        onClick={() => takeText(spec, tryOwn, text)}
      >
        Read it
      </Button>
    </details>
  );
}
