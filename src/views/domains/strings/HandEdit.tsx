// A program typed by hand: the page reads and scores it at once, the engine adds prior, joint and log q. What is
// ill-formed is explained at its position.

import { type KeyboardEvent, type ReactNode, useId } from "react";
import type { ScoreAnswer } from "../../../engine/worker/questions";
import { FormulaTip } from "../../frame/FormulaTip";
import { Icon } from "../../frame/icons";
import { fixedText, natsText } from "../../numberText";
import { type HandText, MAX_TYPED, problemPlace, typed, undone } from "./handEdit";

export type HandEditProps = {
  readonly hand: HandText;
  readonly onChange: (hand: HandText) => void;
  /** One sentence with the position; null for a well-formed or empty text. */
  readonly problem: string | null;
  /** log p(x | z) of the given strings, computed on the page, nats; null for an empty or ill-formed text. */
  readonly logLikelihood: number | null;
  readonly answer: ScoreAnswer | null;
  /** Text and log joint of the best known program, nats; null before any. */
  readonly best: { readonly printed: string; readonly logJoint: number } | null;
  /** True where an engine can answer. */
  readonly hasEngine: boolean;
};

/** Field, its buttons, and two lines of answer that keep their place. */
export function HandEdit(props: HandEditProps): ReactNode {
  const { hand, onChange, problem, best } = props;
  const id = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && hand.text !== "") onChange(typed(hand, ""));
    else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) onChange(undone(hand));
    else return;
    event.preventDefault();
  };
  return (
    <div className="wsl-hand" data-part="hand-edit">
      <div className="wsl-hand-row">
        <label htmlFor={id}>Your program</label>
        <input
          id={id}
          type="text"
          value={hand.text}
          maxLength={MAX_TYPED}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          placeholder={"type one: \\d \\u \\l \\w \\s . * + ? | ( )"}
          aria-invalid={problem !== null}
          aria-describedby={`${id}a`}
          onKeyDown={onKeyDown}
          onChange={(event) => onChange(typed(hand, event.currentTarget.value))}
        />
        <button
          type="button"
          className="wsl-quiet"
          disabled={!best || best.printed === hand.text}
          onClick={() => best && onChange(typed(hand, best.printed))}
        >
          Take the best
        </button>
        <button
          type="button"
          className="wsl-quiet"
          aria-label="Undo the last change of your program"
          disabled={hand.past.length === 0}
          onClick={() => onChange(undone(hand))}
        >
          <Icon name="undo" size={14} />
        </button>
        <button
          type="button"
          className="wsl-quiet"
          aria-label="Clear your program"
          disabled={hand.text === ""}
          onClick={() => onChange(typed(hand, ""))}
        >
          <Icon name="close" size={14} />
        </button>
      </div>
      <div id={`${id}a`} className="wsl-hand-answer">
        {problem !== null ? <Problem text={hand.text} message={problem} /> : <Scores {...props} />}
      </div>
    </div>
  );
}

function Problem(props: { readonly text: string; readonly message: string }): ReactNode {
  const place = problemPlace(props.message) ?? 0;
  const characters = [...props.text];
  return (
    <>
      <code className="wsl-hand-echo" data-position={place + 1} aria-hidden="true">
        {characters.slice(0, place).join("")}
        <mark>{characters[place] ?? " "}</mark>
        {characters.slice(place + 1).join("")}
      </code>
      <p className="wsl-hand-problem" role="status">
        {props.message}
      </p>
    </>
  );
}

function Scores(props: HandEditProps): ReactNode {
  const { hand, answer, best } = props;
  if (hand.text === "")
    return <p className="wsl-hand-hint">The page aligns and scores what you type as you type it.</p>;
  const scored = answer?.ok ? answer : null;
  // The engine's own as soon as it is there: it belongs to the same state as prior and joint, and knows a noise floor.
  const logLikelihood = scored?.logLikelihood ?? props.logLikelihood;
  const below = scored && best ? best.logJoint - scored.logJoint : null;
  return (
    <>
      <dl className="wsl-hand-scores">
        <Score name="log likelihood" value={logLikelihood} lines={likelihoodTip(logLikelihood)} />
        <Score name="log prior" value={scored?.logPrior ?? null} lines={partTip("log p(z)", scored?.logPrior)} />
        <Score name="log joint" value={scored?.logJoint ?? null} lines={jointLines(scored)} />
        <Score name="log q" value={scored?.logQ ?? null} lines={partTip("log q(z | x)", scored?.logQ)} />
      </dl>
      <p className="wsl-hand-verdict">{verdict({ ...props, logLikelihood }, below)}</p>
    </>
  );
}

type Lines = { readonly symbols: string; readonly numbers: string; readonly meaning: string };

function Score(props: { readonly name: string; readonly value: number | null; readonly lines: Lines }): ReactNode {
  const shown = props.value === null ? "\u2007" : natsText(props.value);
  return (
    <div data-score={props.name} data-value={props.value ?? undefined}>
      <dt>{props.name}</dt>
      <dd>
        <FormulaTip label={`${props.name} ${shown} nats`} lines={() => props.lines}>
          {shown}
        </FormulaTip>
      </dd>
    </div>
  );
}

/** What the numbers say, in one sentence of one line. */
export function verdict(
  props: Pick<HandEditProps, "answer" | "hasEngine" | "logLikelihood">,
  below: number | null,
): string {
  if (props.logLikelihood === Number.NEGATIVE_INFINITY) return "It cannot make every given string: impossible.";
  if (props.answer && !props.answer.ok) return props.answer.message;
  if (props.answer?.ok && props.answer.logPrior === Number.NEGATIVE_INFINITY)
    return "The models cannot write it: a symbol that they lack, or brackets too deep.";
  if (!props.hasEngine) return "In nats. Prior and joint need a run on the workbench.";
  if (below === null) return "In nats.";
  if (Math.abs(below) < 0.05) return "In nats. As probable as the best known program.";
  const amount = fixedText(Math.abs(below), 1);
  return below > 0
    ? `In nats. ${amount} below the best known program.`
    : `In nats. ${amount} above the best known one.`;
}

function likelihoodTip(value: number | null): Lines {
  return {
    symbols: "log p(x | z) = Σ log p(string | z)",
    numbers: value === null ? "not known" : `${natsText(value)} nats, computed on this page`,
    meaning: "How probable the program makes the given strings, over all ways of making them.",
  };
}

function partTip(symbols: string, value: number | undefined): Lines {
  const isPrior = symbols === "log p(z)";
  return {
    symbols: `${symbols} = Σ log p(token | tokens before${isPrior ? "" : ", x"})`,
    numbers: value === undefined ? "not known yet" : `${natsText(value)} nats, one term a token and one for the end`,
    meaning: isPrior
      ? "How readily the generative model writes this program before it sees any string."
      : "How readily the recognition model proposes this program when it sees the given strings.",
  };
}

function jointLines(scored: (ScoreAnswer & { ok: true }) | null): Lines {
  return {
    symbols: "log p(z, x) = log p(z) + log p(x | z)",
    numbers: scored
      ? `${natsText(scored.logPrior)} + (${natsText(scored.logLikelihood)}) = ${natsText(scored.logJoint)} nats`
      : "not known yet",
    meaning: "What the memory ranks programs by.",
  };
}
