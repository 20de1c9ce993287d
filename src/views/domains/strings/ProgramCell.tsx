// A regular expression in a row: monospaced, one line, the whole text in a tip. What the best program has not is
// underlined; a thin mark stands where the best has more.

import { memo, type ReactNode } from "react";
import type { ProgramCellProps } from "../../domainViews";
import { diffTokens } from "./programDiff";
import { toolsOf } from "./stringsView";

/** The text of the program with what differs from the best marked. */
export const ProgramCell = memo(
  function ProgramCell({ spec, program, best }: ProgramCellProps): ReactNode {
    const tools = toolsOf(spec);
    const texts = (tokens: readonly number[]) => tokens.map(tools.printToken).filter((text) => text !== "");
    const tokens = diffTokens(texts(program), best ? texts(best) : null);
    return (
      <code className="wsl-regex" title={tokens.map((token) => token.text).join("")}>
        {tokens.map((token, i) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
            key={i}
            data-own={token.isOwn ? "" : undefined}
            data-gap={token.isGap ? "" : undefined}
          >
            {token.text}
          </span>
        ))}
      </code>
    );
  },
  (a, b) => sameTokens(a.program, b.program) && sameTokens(a.best, b.best),
);

function sameTokens(a: readonly number[] | null, b: readonly number[] | null): boolean {
  if (a === b) return true;
  return a !== null && b !== null && a.length === b.length && a.every((token, i) => token === b[i]);
}
