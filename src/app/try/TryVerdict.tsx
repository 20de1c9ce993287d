// How sure the answer is, in words with its rule, and whether the search has reached the exact optimum.

import type { DomainSpec } from "../../engine/domain";
import { countText, natsText, weightText } from "../../views/numberText";
import type { ReportItem, TryOwn } from "../../views/try/tryOwn";
import { entryOf, useTry } from "./tryStore";

export function TryVerdict({ spec, tryOwn }: { readonly spec: DomainSpec; readonly tryOwn: TryOwn }) {
  const state = useTry(spec.id);
  const answer = entryOf(state)[state.side];
  const item = answer?.report.items[state.item];
  if (!answer || !item) return null;
  const verdict = tryOwn.verdict({ spec, options: answer.options, item, theta: answer.report.theta });
  return (
    <div className="try-verdict" data-verdict={verdict.kind} role={state.work === "idle" ? "status" : undefined}>
      <p>
        <b>{verdict.head}</b> {verdict.text} {verdict.rule}
      </p>
      <ExactLine item={item} spec={spec} />
    </div>
  );
}

function ExactLine({ item, spec }: { readonly item: ReportItem; readonly spec: DomainSpec }) {
  const { exact, logPx, programs } = item;
  if (!exact) return null;
  const mass = logPx === null ? null : programs.reduce((sum, found) => sum + Math.exp(found.logJoint - logPx), 0);
  const gap = exact.logJoint - (programs[0]?.logJoint ?? Number.NaN);
  return (
    <p className="try-exact" data-exact={exact.isReached ? "reached" : "open"}>
      The exact optimum is {exact.printed}:{" "}
      {exact.isReached
        ? `the search has reached it, within ${countText(exact.afterDraws ?? item.draws)} proposals.`
        : `the search is ${natsText(gap)} nats short of it.`}
      {mass === null
        ? ""
        : ` The ${spec.programName.many} shown hold ${weightText(Math.min(1, mass))} of the exact posterior.`}
    </p>
  );
}
