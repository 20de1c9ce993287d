// An expression typed by hand: read at every change, fitted on the page, explained at its position where it is ill-formed.

import { type KeyboardEvent, type ReactNode, useId } from "react";
import { Icon } from "../../../frame/icons";

export type KernelEditProps = {
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** One sentence with the position; null for a well-formed or empty text. */
  readonly problem: string | null;
  /** Printed form of the expression chosen in the list. */
  readonly chosen: string;
  /** One sentence about the fit of what is typed. */
  readonly answer: string;
};

const MAX_TYPED = 60;

/** A field with what it found below; Escape clears it. */
export function KernelEdit({ text, onChange, problem, chosen, answer }: KernelEditProps): ReactNode {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || text === "") return;
    event.preventDefault();
    onChange("");
  };
  const place = problemPlace(problem);
  return (
    <div className="try-kernel-edit" data-part="hand-edit">
      <p>
        <label htmlFor={id}>Your expression</label>
        <input
          id={id}
          type="text"
          value={text}
          maxLength={MAX_TYPED}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          placeholder="type one: WN SE PER1 … PER4 C * + ( )"
          aria-invalid={problem !== null}
          aria-describedby={`${id}a`}
          onKeyDown={onKeyDown}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <button type="button" className="wsl-quiet" disabled={chosen === text} onClick={() => onChange(chosen)}>
          Take the chosen one
        </button>
        <button
          type="button"
          className="wsl-quiet"
          aria-label="Clear your expression"
          disabled={text === ""}
          onClick={() => onChange("")}
        >
          <Icon name="close" size={14} />
        </button>
      </p>
      <p id={`${id}a`} className={problem === null ? "try-cursor-text" : "try-kernel-problem"} role="status">
        {problem === null || place === null ? null : (
          <code aria-hidden="true">
            {text.slice(0, place)}
            <mark>{text.charAt(place) || " "}</mark>
            {text.slice(place + 1)}
          </code>
        )}{" "}
        {problem ?? (text === "" ? "What you type is fitted and drawn at once." : answer)}
      </p>
    </div>
  );
}

/** Where a reader's sentence points ("Character 5: ..."), from 0. */
function problemPlace(problem: string | null): number | null {
  const found = /^Character (\d+)/.exec(problem ?? "");
  return found ? Number(found[1]) - 1 : null;
}
