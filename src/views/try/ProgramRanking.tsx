// Ranked programs of one input: picture, printed form, weight, prior, likelihood and joint; one row is chosen.

import { type KeyboardEvent, type ReactNode, useRef } from "react";
import type { DomainSpec } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";
import type { FoundProgram } from "../../engine/worker/inferences";
import type { DomainViews } from "../domainViews";
import { natsText, weightText } from "../numberText";

export type ProgramRankingProps = {
  readonly spec: DomainSpec;
  readonly views: DomainViews;
  readonly options: OptionValues;
  readonly programs: readonly FoundProgram[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
  /** Rows that are kept free before there is anything to show. */
  readonly room: number;
};

/** A table whose rows are chosen by click or with the arrow keys; the best stands first and is marked. */
export function ProgramRanking(props: ProgramRankingProps): ReactNode {
  const body = useRef<HTMLTableSectionElement>(null);
  const { programs, room } = props;
  const go = (event: KeyboardEvent, index: number) => {
    const next = event.key === "ArrowDown" ? index + 1 : event.key === "ArrowUp" ? index - 1 : -1;
    if (next < 0 || next >= programs.length) return;
    event.preventDefault();
    props.onChoose(next);
    body.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div className="try-table">
      <table className="try-programs" data-table="try-programs">
        <thead>
          <tr>
            <th scope="col">{capital(props.spec.programName.one)}</th>
            <th scope="col">Weight</th>
            <th scope="col" className="try-number try-wide">
              log <i className="math">p</i>(<i className="math">z</i>)
            </th>
            <th scope="col" className="try-number try-wide">
              log <i className="math">p</i>(<i className="math">x</i> | <i className="math">z</i>)
            </th>
            <th scope="col" className="try-number">
              joint
            </th>
            <th scope="col" className="try-wide">
              found by
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {programs.map((found, i) => (
            <Row key={found.printed} {...props} found={found} index={i} onKey={go} />
          ))}
          {Array.from({ length: Math.max(0, room - programs.length) }, (_, i) => programs.length + i).map((row) => (
            <tr key={row} className="try-empty">
              <td colSpan={6} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where a program came from first. */
const ORIGINS: Readonly<Record<string, string>> = {
  recognition: "recognition model",
  prior: "dream",
  variation: "edit",
};

type RowProps = ProgramRankingProps & {
  readonly found: FoundProgram;
  readonly index: number;
  readonly onKey: (event: KeyboardEvent, index: number) => void;
};

function Row(props: RowProps): ReactNode {
  const { found, index, spec, views, options, programs } = props;
  const isOn = index === props.chosen;
  const best = programs[0];
  const compared = index === 0 || !best ? null : best.program;
  const picture = <views.ProgramCell spec={spec} options={options} program={found.program} best={compared} />;
  return (
    <tr className={isOn ? "try-on" : undefined} data-weight={found.weight} data-best={index === 0 ? "true" : undefined}>
      <td>
        <button
          type="button"
          className="try-pick"
          aria-pressed={isOn}
          tabIndex={isOn ? 0 : -1}
          onClick={() => props.onChoose(index)}
          onKeyDown={(event) => props.onKey(event, index)}
        >
          {views.programColumn === null ? picture : <span className="code">{found.printed}</span>}
          {index === 0 ? <span className="visually-hidden"> (best)</span> : null}
        </button>
        {views.programColumn === null ? null : (
          <span className="try-cell" aria-hidden="true">
            {picture}
          </span>
        )}
      </td>
      <td>
        <span className="wsl-weight-bar try-bar" aria-hidden="true">
          <i style={{ width: `${100 * found.weight}%` }} />
        </span>
        <span className="number">{weightText(Math.max(found.weight, Number.MIN_VALUE))}</span>
      </td>
      <td className="try-number try-wide">{natsText(found.logPrior)}</td>
      <td className="try-number try-wide">{natsText(found.logLikelihood)}</td>
      <td className="try-number">{natsText(found.logJoint)}</td>
      <td className="try-wide try-origin" data-origin={found.origin}>
        {ORIGINS[found.origin] ?? found.origin}
      </td>
    </tr>
  );
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
