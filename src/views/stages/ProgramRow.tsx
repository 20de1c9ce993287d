// A program in a column of the stage panel: printed form, picture, and what the stage says about it.

import type { ReactNode } from "react";
import type { StageColumnProps } from "./StagePanel";

/** Height of one row, px; arrows count on it. */
export const ROW_HEIGHT = 25;

export type ProgramRowProps = {
  readonly panel: StageColumnProps;
  readonly program: readonly number[];
  readonly printed: string;
  /** The program did not stay: struck out. */
  readonly isOut?: boolean;
  readonly isMarked?: boolean;
  readonly children?: ReactNode;
};

/** One row of fixed height. */
export function ProgramRow(props: ProgramRowProps): ReactNode {
  const { ProgramCell, spec, options, isText } = props.panel;
  const cell = <ProgramCell spec={spec} options={options} program={props.program} best={null} />;
  const name = isText ? cell : props.printed;
  return (
    <li
      className={isText ? "wsl-stage-row wsl-stage-text" : "wsl-stage-row"}
      style={{ height: ROW_HEIGHT }}
      data-out={props.isOut ? "" : undefined}
      data-marked={props.isMarked ? "" : undefined}
    >
      <span className="wsl-stage-program" title={props.printed}>
        {props.isOut ? <s>{name}</s> : name}
      </span>
      <span className="wsl-stage-cell">{isText ? null : cell}</span>
      <span className="wsl-stage-value">{props.children}</span>
    </li>
  );
}

/** "and 4 more", where a list is longer than its column. */
export function MoreRow({ count }: { readonly count: number }): ReactNode {
  if (count <= 0) return null;
  return <li className="wsl-stage-more">and {count} more</li>;
}
