// Which other concepts the program in force explains: asked for by a press, because it scores every concept.

import { type ReactNode, useState } from "react";
import type { StringsTools } from "../../../domains/strings";
import type { Concept } from "../../../domains/strings/concepts";
import { natsText } from "../../numberText";

export type AlikeConceptsProps = {
  readonly tools: StringsTools;
  readonly logits: Float64Array | null;
  readonly concepts: readonly Concept[];
  /** The concept on show, which is left out. */
  readonly row: number;
  readonly shown: { readonly printed: string; readonly program: ArrayLike<number> } | null;
  readonly onSelect: (row: number) => void;
};

type Alike = { readonly row: number; readonly logLikelihood: number };

const MOST = 4;

/** Button, and after a press the nearest concepts as buttons; the line keeps its height. */
export function AlikeConcepts(props: AlikeConceptsProps): ReactNode {
  const { shown, logits } = props;
  const [found, setFound] = useState<{ readonly printed: string; readonly all: readonly Alike[] } | null>(null);
  const isKnown = found !== null && found.printed === shown?.printed;
  const find = () => {
    if (!shown || !logits) return;
    setFound({
      printed: shown.printed,
      all: alikeConcepts(props.tools, logits, shown.program, props.concepts, props.row),
    });
  };
  return (
    <p className="wsl-alike" data-part="alike">
      <button type="button" className="wsl-quiet" disabled={!shown || !logits} onClick={find}>
        Find concepts that it makes, too
      </button>
      {isKnown ? <span role="status">{foundText(found.all.length)}</span> : null}
      {isKnown
        ? found.all.slice(0, MOST).map(({ row, logLikelihood }) => (
            <button
              key={row}
              type="button"
              className="wsl-quiet wsl-alike-concept"
              data-row={row}
              aria-label={`Concept ${row + 1}, ${props.concepts[row]?.strings.join(", ")}`}
              title={`concept ${row + 1}, log likelihood ${natsText(logLikelihood)} nats: ${props.concepts[row]?.strings.join("   ")}`}
              onClick={() => props.onSelect(row)}
            >
              {row + 1} <code>{props.concepts[row]?.strings[0]}</code>
            </button>
          ))
        : null}
    </p>
  );
}

function foundText(count: number): string {
  if (count === 0) return "No other concept.";
  return `${count} ${count === 1 ? "other" : "others"}, likeliest first:`;
}

/** Other concepts all of whose given strings the program can make, the likeliest first; nats over the given strings. */
export function alikeConcepts(
  tools: StringsTools,
  logits: ArrayLike<number>,
  program: ArrayLike<number>,
  concepts: readonly Concept[],
  row: number,
): readonly Alike[] {
  const evaluator = tools.createEvaluator();
  evaluator.setLogits(logits);
  return concepts
    .flatMap(({ strings }, i) => {
      if (i === row) return [];
      const logLikelihood = evaluator.logProb(program, tools.encodeStrings(strings), 0, strings.length);
      return logLikelihood === Number.NEGATIVE_INFINITY ? [] : [{ row: i, logLikelihood }];
    })
    .sort((a, b) => b.logLikelihood - a.logLikelihood);
}
