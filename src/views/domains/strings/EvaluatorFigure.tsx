// What the evaluator has learned: the probabilities of the four operators, and how the classes share out their
// characters. All programs use the same numbers.

import { memo, type ReactNode, useRef } from "react";
import type { StringsTools } from "../../../domains/strings";
import { FigureFrame } from "../../frame/FigureFrame";
import { FormulaTip } from "../../frame/FormulaTip";
import { useOnScreen } from "../../frame/useOnScreen";
import { weightText } from "../../numberText";
import { type BarRow, classRows, type OperatorRow, operatorRows, topMembers } from "./evaluatorText";

export type EvaluatorFigureProps = { readonly tools: StringsTools; readonly logits: Float64Array | null };

/** px of the longest bar; of strips of a few bars. */
const BAR_HEIGHT = 26;
const FEW_HEIGHT = 14;
const FEW = 5;

/** Four bars with numbers, and a strip of small bars a class. */
export const EvaluatorFigure = memo(function EvaluatorFigure(props: EvaluatorFigureProps): ReactNode {
  const { tools } = props;
  const box = useRef<HTMLDivElement>(null);
  const isOnScreen = useOnScreen(box);
  // Out of sight the bars stay as they were: a hundred of them would move with every snapshot.
  const latest = useRef(props.logits);
  if (isOnScreen || latest.current === null) latest.current = props.logits;
  const logits = latest.current;
  const numbers = logits ? tools.numbersOf(logits) : null;
  const operators = numbers ? operatorRows(numbers) : [];
  const classes = numbers ? classRows(tools, numbers) : [];
  return (
    <FigureFrame
      name="evaluator"
      kind="picture"
      title="Learned evaluator"
      unit="probabilities, shared by all programs"
      sentence={evaluatorSentence(operators, classes)}
      redrawn={logits}
      table={() => ({
        columns: ["of", "what", "probability"],
        rows: [
          ...operators.map((row) => [row.sign, row.words, row.value]),
          ...classes.flatMap((row) => row.bars.map((bar) => [row.name, bar.label, bar.share])),
        ],
      })}
    >
      <div ref={box} className="wsl-evaluator">
        <dl className="wsl-operators">
          {operators.map((row) => (
            <Operator key={row.id} row={row} />
          ))}
        </dl>
        {classes.map((row) => (
          <ClassStrip key={row.name} row={row} />
        ))}
      </div>
    </FigureFrame>
  );
});

function Operator({ row }: { readonly row: OperatorRow }): ReactNode {
  return (
    <div data-operator={row.id} data-value={row.value}>
      <dt>
        <code className="wsl-operator-sign">{row.sign}</code> {row.words}
      </dt>
      <dd>
        <i className="wsl-track" aria-hidden="true">
          <i style={{ width: `${100 * row.value}%` }} />
        </i>
        <FormulaTip
          className="wsl-operator-value"
          label={`${row.sign} ${row.words}, probability ${weightText(row.value)}`}
          lines={() => row.tip}
        >
          {weightText(row.value)}
        </FormulaTip>
      </dd>
    </div>
  );
}

/** Bars on a scale of the row's own largest share, which stands at the right. */
function ClassStrip({ row }: { readonly row: BarRow }): ReactNode {
  const most = Math.max(1e-9, ...row.bars.map((bar) => bar.share));
  const isFew = row.bars.length <= FEW;
  const height = (share: number) => Math.round((share / most) * (isFew ? FEW_HEIGHT : BAR_HEIGHT));
  const isWordy = row.bars.some((bar) => bar.label.length > 2);
  return (
    <div className={isFew ? "wsl-class wsl-class-few" : "wsl-class"} title={row.help}>
      <code>{row.name}</code>
      <div className="wsl-class-bars" role="img" aria-label={`${row.help} Most probable: ${topMembers(row, 3)}.`}>
        {row.bars.map((bar) => (
          <span key={bar.label} title={`${bar.label}: ${weightText(bar.share)}`}>
            <i style={{ height: Math.max(bar.share > 0 ? 1 : 0, height(bar.share)) }} />
            <small data-wordy={isWordy ? "" : undefined}>{bar.label}</small>
          </span>
        ))}
      </div>
      <span className="wsl-class-most" data-figure-text="">
        {weightText(most)}
      </span>
    </div>
  );
}

function evaluatorSentence(operators: readonly OperatorRow[], classes: readonly BarRow[]): string {
  if (operators.length === 0) return "The evaluator has no numbers yet.";
  const chances = operators.map((row) => `${row.sign} ${row.words} with probability ${weightText(row.value)}`);
  const digits = classes[0] ? ` Most probable digits: ${topMembers(classes[0], 3)}.` : "";
  return `${chances.join("; ")}.${digits}`;
}
