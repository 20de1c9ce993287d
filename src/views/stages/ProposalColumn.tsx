// The proposals of the stage panel: with q, with the two parts of their score, with what became of them.

import type { ReactNode } from "react";
import type { StageProposal } from "../../engine/run/records";
import { MemoryMark } from "../frame/marks";
import { natsText, weightText } from "../numberText";
import { MoreRow, ProgramRow, ROW_HEIGHT } from "./ProgramRow";
import type { StageColumnProps } from "./StagePanel";

/** Up to maxRows proposals. */
export function ProposalColumn(props: StageColumnProps): ReactNode {
  const { report, maxRows } = props;
  const { proposals } = report;
  const most = Math.max(1e-9, ...proposals.map(costOf).filter(Number.isFinite));
  return (
    <>
      <h4 data-part="proposals recognition" className="wsl-stage-phi">
        <i className="wsl-math">φ</i> proposes
        <small>{headOf(props)}</small>
      </h4>
      <ul data-part="proposals">
        {shownProposals(proposals, maxRows).map((proposal, k) => (
          <ProgramRow
            // biome-ignore lint/suspicious/noArrayIndexKey: equal programs may be proposed twice; the draw is the identity
            key={k}
            panel={props}
            program={proposal.program}
            printed={proposal.printed}
            isOut={isOut(proposal)}
          >
            <ProposalValue proposal={proposal} most={most} />
          </ProgramRow>
        ))}
        <MoreRow count={proposals.length - maxRows} />
      </ul>
    </>
  );
}

/** In the order in which they were drawn; where not all have room, those first that entered or weigh most. */
export function shownProposals(proposals: readonly StageProposal[], maxRows: number): readonly StageProposal[] {
  if (proposals.length <= maxRows) return proposals;
  const rank = (proposal: StageProposal) => (proposal.weight ?? 0) + (hasEntered(proposal) ? 1 : 0);
  return [...proposals].sort((a, b) => rank(b) - rank(a)).slice(0, maxRows);
}

function headOf({ report }: StageColumnProps): string {
  const [first] = report.proposals;
  if (!first) return "";
  if (first.fate !== null) return "what became of each";
  if (first.weight !== null) return "prior + likelihood, short is good; weight";
  if (first.logLikelihood !== null) return "prior + likelihood, nats; short is good";
  return "log q, nats";
}

function ProposalValue(props: { readonly proposal: StageProposal; readonly most: number }): ReactNode {
  const { proposal, most } = props;
  if (proposal.fate !== null) return <MemoryMark event={proposal.fate} />;
  if (proposal.logLikelihood !== null && proposal.logPrior !== null) {
    return (
      <>
        <ScoreBar proposal={proposal} most={most} />
        <span className="wsl-stage-number">
          {proposal.weight === null ? natsText(-costOf(proposal)) : weightText(proposal.weight)}
        </span>
      </>
    );
  }
  return (
    <>
      <span className="wsl-stage-bar" data-kind="q" aria-hidden="true">
        <i style={{ width: `${100 * Math.exp(proposal.logQ ?? Number.NEGATIVE_INFINITY)}%` }} />
      </span>
      <span className="wsl-stage-number">{proposal.logQ === null ? "" : natsText(proposal.logQ)}</span>
    </>
  );
}

/** Nats that a program and its observation cost: prior part pale, likelihood part full. */
function ScoreBar(props: { readonly proposal: StageProposal; readonly most: number }): ReactNode {
  const { proposal, most } = props;
  const width = (nats: number | null) => `${Math.max(0, Math.min(100, (-100 * (nats ?? 0)) / most))}%`;
  const words = `log prior ${natsText(proposal.logPrior ?? 0)}, log likelihood ${natsText(proposal.logLikelihood ?? 0)} nats`;
  return (
    <span
      className="wsl-stage-bar"
      data-kind="score"
      data-part="generative"
      role="img"
      aria-label={words}
      title={words}
    >
      <i style={{ width: width(proposal.logPrior) }} />
      <b style={{ width: width(proposal.logLikelihood) }} />
    </span>
  );
}

function costOf(proposal: StageProposal): number {
  return -(proposal.logPrior ?? 0) - (proposal.logLikelihood ?? 0);
}

function isOut(proposal: StageProposal): boolean {
  return proposal.fate !== null && !hasEntered(proposal);
}

function hasEntered(proposal: StageProposal): boolean {
  return proposal.fate === "accepted" || proposal.fate === "newBest";
}

/** Arrows from proposals that entered to their rows in the memory. */
export function EntryArrows({ report, maxRows }: StageColumnProps): ReactNode {
  const members = report.memory?.members ?? [];
  const arrows = shownProposals(report.proposals, maxRows).flatMap((proposal, k) => {
    const to = members.findIndex((member) => member.printed === proposal.printed);
    return hasEntered(proposal) && to >= 0 && to < maxRows ? [{ k, from: rowMiddle(k), to: rowMiddle(to) }] : [];
  });
  const height = rowMiddle(maxRows);
  return (
    <svg width="48" height={height} viewBox={`0 0 48 ${height}`} aria-hidden="true" focusable="false">
      {arrows.map(({ k, from, to }) => (
        <g key={k} className="wsl-stage-arrow">
          <path pathLength="1" d={`M2 ${from}C20 ${from} 20 ${to} 42 ${to}`} />
          <path d={`M38 ${to - 4}L43 ${to}L38 ${to + 4}`} />
        </g>
      ))}
    </svg>
  );
}

function rowMiddle(row: number): number {
  return 24 + ROW_HEIGHT * row + ROW_HEIGHT / 2;
}
