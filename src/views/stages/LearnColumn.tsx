// The learning stages of the panel: which programs a model will find more or less likely, the observation, the dream.

import type { ReactNode } from "react";
import { fixedText } from "../numberText";
import { MoreRow, ProgramRow } from "./ProgramRow";
import type { StageColumnProps } from "./StagePanel";

/** Programs with the share with which their log probability rises (arrow up) or falls (arrow down). */
export function LearnColumn(props: StageColumnProps): ReactNode {
  const { learns } = props.report;
  if (!learns) return null;
  const isTheta = learns.target === "theta";
  return (
    <>
      <h4
        className={isTheta ? "wsl-stage-theta" : "wsl-stage-phi"}
        data-part={isTheta ? "generative" : "recognition"}
        data-learns={learns.target}
      >
        <i className="wsl-math">{isTheta ? "θ" : "φ"}</i> learns
        <small>
          share of the gradient of <i className="wsl-math">log {isTheta ? "p" : "q"}</i>
        </small>
      </h4>
      <ul>
        {learns.programs.length === 0 ? <li className="wsl-stage-more">nothing: no program explains it</li> : null}
        {learns.programs.slice(0, props.maxRows).map((program) => (
          <ProgramRow key={program.printed} panel={props} program={program.program} printed={program.printed}>
            <Direction coefficient={program.coefficient} target={learns.target} />
          </ProgramRow>
        ))}
        <MoreRow count={learns.programs.length - props.maxRows} />
      </ul>
    </>
  );
}

function Direction(props: { readonly coefficient: number; readonly target: "theta" | "phi" }): ReactNode {
  const isUp = props.coefficient > 0;
  return (
    <span className={`wsl-stage-direction wsl-stage-${props.target}`} data-direction={isUp ? "up" : "down"}>
      <svg width="12" height="14" viewBox="0 0 12 14" aria-hidden="true" focusable="false">
        <path d={isUp ? "M6 13V2M2 6L6 1.5L10 6" : "M6 1V12M2 8L6 12.5L10 8"} />
      </svg>
      <span className="wsl-stage-word">{isUp ? "more likely" : "less likely"}</span>
      <span className="wsl-stage-number">{coefficientText(props.coefficient)}</span>
    </span>
  );
}

/** "+0.50", "−0.20"; shares that would read 0.00 say that they are small. */
export function coefficientText(coefficient: number): string {
  if (Math.abs(coefficient) < 0.005) return coefficient > 0 ? "< 0.01" : `> ${fixedText(-0.01, 2)}`;
  return `${coefficient > 0 ? "+" : ""}${fixedText(coefficient, 2)}`;
}

/** The observation of the step. */
export function ObservedColumn(props: StageColumnProps): ReactNode {
  const { ObservationPicture, report, spec, options, observationLabel } = props;
  return (
    <>
      <h4>
        {observationLabel}
        <small>one of {report.batch.length} in this step's batch</small>
      </h4>
      <div className="wsl-stage-picture" data-part="observation">
        {ObservationPicture ? (
          <ObservationPicture
            spec={spec}
            options={options}
            observation={report.observed}
            label={observationLabel}
            size={118}
          />
        ) : null}
      </div>
    </>
  );
}

/** The dream: a fresh program and the observation that it gives. */
export function DreamColumn(props: StageColumnProps): ReactNode {
  const { ObservationPicture, report, spec, options } = props;
  const { dream } = report;
  if (!dream) return null;
  return (
    <>
      <h4 className="wsl-stage-theta" data-part="generative dreams">
        <i className="wsl-math">θ</i> dreams
        <small>a fresh {spec.programName.one}, and what it gives</small>
      </h4>
      <ul>
        <ProgramRow panel={props} program={dream.program} printed={dream.printed} />
      </ul>
      <div className="wsl-stage-picture">
        {ObservationPicture ? (
          <ObservationPicture
            spec={spec}
            options={options}
            observation={dream.observed}
            label={`dream of ${dream.printed}`}
            size={96}
          />
        ) : null}
      </div>
    </>
  );
}
