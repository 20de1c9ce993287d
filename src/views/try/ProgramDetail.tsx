// The four parts of a chosen program: printed form, words, prior and likelihood, and why the next one ranks below it.

import type { ReactNode } from "react";
import type { DomainSpec } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";
import { natsText } from "../numberText";
import type { ReportItem, Theta, TryOwn } from "./tryOwn";
import { whyNot } from "./verdict";

export type ProgramDetailProps = {
  readonly spec: DomainSpec;
  readonly tryOwn: TryOwn;
  readonly options: OptionValues;
  readonly item: ReportItem;
  readonly theta: Theta;
  readonly chosen: number;
  /** Programs are code: their letters stay as they are. */
  readonly isCode: boolean;
};

/** Below the ranking; for a program that is not the best, "why not this one" against the best. */
export function ProgramDetail(props: ProgramDetailProps): ReactNode {
  const { item, chosen, tryOwn, isCode } = props;
  const found = item.programs[chosen];
  const best = item.programs[0];
  if (!found || !best) return null;
  const other = chosen === 0 ? item.programs[1] : found;
  return (
    <div className="try-detail" data-detail={found.printed}>
      <section>
        <h3>Printed</h3>
        <p className="code">{found.printed}</p>
        <h3>In words</h3>
        <p>{found.explanation.join(" ")}</p>
      </section>
      <section>
        <h3>Prior and likelihood</h3>
        <p className="number">
          {natsText(found.logPrior)} + ({natsText(found.logLikelihood)}) = {natsText(found.logJoint)} nats
        </p>
        <h3>{chosen === 0 ? "Why not the next one?" : "Why not this one?"}</h3>
        <p>
          {other && isCode ? (
            <>
              <code className="code">{other.printed}</code>:{" "}
            </>
          ) : null}
          {other
            ? `${whyNot(best, other, tryOwn.one, isCode ? "it" : undefined)} ${tryOwn.difference(props, best.program, other.program)}`
            : "Nothing else has been found so far."}
        </p>
      </section>
    </div>
  );
}
