// The chosen program as an anchored regular expression of JavaScript and of Python, to copy.

import { type ReactNode, useState } from "react";
import type { DomainSpec } from "../../../../engine/domain";

export type ExportRegexProps = {
  readonly spec: DomainSpec;
  readonly program: readonly number[];
  readonly printed: string;
};

const LANGUAGES = [
  { id: "javascript", name: "JavaScript" },
  { id: "python", name: "Python" },
] as const;

/** Two lines with a button each; the expressions accept exactly the strings that the program can make. */
export function ExportRegex({ spec, program, printed }: ExportRegexProps): ReactNode {
  const [copied, setCopied] = useState("");
  const copy = (id: string, text: string) => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(`${id} ${printed}`),
      (error: unknown) => console.info("Not copied:", error), // the text stands there to be selected
    );
  };
  return (
    <section className="try-regex">
      <h3>
        As a regular expression <span className="try-unit">accepts exactly what the program can make</span>
      </h3>
      {LANGUAGES.map(({ id, name }) => {
        const text = spec.program.translate?.(program, id) ?? "";
        return (
          <p key={id} data-regex={id}>
            <span className="try-unit">{name}</span>
            <code>{text}</code>
            <button
              type="button"
              className="text-button"
              aria-label={`Copy for ${name}`}
              onClick={() => copy(id, text)}
            >
              {copied === `${id} ${printed}` ? "Copied" : "Copy"}
            </button>
          </p>
        );
      })}
    </section>
  );
}
