// The caption strip of slow motion and stage stepping: phase mark, number, what happens, and nine dots.

import type { StageReport } from "../../engine/run/records";
import { PhaseMark } from "../../views/frame/marks";
import { fixedText } from "../../views/numberText";
import { STAGE_ORDER, stagesByPhase } from "./stageOrder";

/** Reserved height; `report` is null before the first stage. */
export function CaptionStrip({ report }: { readonly report: StageReport | null }) {
  return (
    <section className="caption-strip" aria-label="Stage of the step" data-stage={report?.stage ?? "none"}>
      {report ? (
        <>
          <PhaseMark phase={report.phase} size={16} />
          <span className="caption-number number">{STAGE_ORDER.indexOf(report.stage) + 1}</span>
          <p className="caption" role="status">
            {report.caption}
          </p>
          <p className="caption-detail number">{detailOf(report)}</p>
        </>
      ) : (
        <p className="caption-empty">Press Play or Step: each stage of a step is named here.</p>
      )}
      <ol className="stage-dots" aria-label="Nine stages">
        {stagesByPhase().map((group) => (
          <li key={group.phase}>
            {group.stages.map((stage) => (
              <i key={stage} data-on={stage === report?.stage ? "" : undefined} data-phase-name={group.phase} />
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The best proposal in numbers, as far as they are known at this stage. */
function detailOf(report: StageReport): string {
  const scored = report.proposals.filter((proposal) => proposal.logLikelihood !== null);
  const best = scored.reduce<StageReport["proposals"][number] | null>(
    (top, proposal) => (top === null || jointOf(proposal) > jointOf(top) ? proposal : top),
    null,
  );
  if (best) return `best proposal ${best.printed}: ${fixedText(jointOf(best), 1)} nats`;
  return report.proposals.length > 0 ? `${report.proposals.length} proposals` : "";
}

function jointOf(proposal: StageReport["proposals"][number]): number {
  return (proposal.logPrior ?? 0) + (proposal.logLikelihood ?? 0);
}
