// A kernel expression as a line of code: periodic kernels with their number below the line, numbers in brackets after
// each kernel where a fit gives them, and the symbols that the best expression has not underlined.

import { Fragment, type ReactNode } from "react";
import type { SeriesFit } from "../../../domains/timeseries/facts";
import { atomNumbers, atomWords, kernelSymbols, kernelText } from "./kernelText";

export type KernelLineProps = {
  readonly printed: string;
  /** Constrained parameters of each base kernel, or null: the expression alone. */
  readonly parameters: SeriesFit["parameters"] | null;
  /** Marks what is not in this expression. */
  readonly against?: string | null;
};

/** One line of text; it reads as the expression with its numbers. */
export function KernelLine({ printed, parameters, against }: KernelLineProps): ReactNode {
  const symbols = kernelSymbols(printed);
  const numbers = parameters ? atomNumbers(printed, parameters) : [];
  const known = ownSymbols(printed, against ?? null);
  let atom = 0;
  return (
    <code className="wsl-kernel" title={parameters ? undefined : kernelText(printed)}>
      {symbols.map((symbol, i) => {
        const place = symbol.isAtom ? atom++ : -1;
        const tip = parameters && place >= 0 ? atomWords(symbol, place, parameters) : undefined;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a symbol is its place
          <Fragment key={i}>
            {symbol.isApart ? " " : ""}
            <span data-own={known[i] ? "" : undefined} title={tip}>
              {symbol.text}
              {symbol.subscript ? <sub>{symbol.subscript}</sub> : null}
              {place >= 0 && parameters ? <small>{numbers[place]}</small> : null}
            </span>
          </Fragment>
        );
      })}
    </code>
  );
}

/** Which kernels of the expression the other one has fewer of. */
function ownSymbols(printed: string, against: string | null): readonly boolean[] {
  if (against === null) return [];
  const left = kernelSymbols(against).map(({ text, subscript }) => text + subscript);
  return kernelSymbols(printed).map(({ text, subscript, isAtom }) => {
    const at = left.indexOf(text + subscript);
    if (at >= 0) left.splice(at, 1);
    return isAtom && at < 0;
  });
}
