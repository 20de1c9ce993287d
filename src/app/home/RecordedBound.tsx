// The bound of the recorded run on a fixed axis: the line up to the step on show, a cursor, and a tick wherever another
// rule became the best of the picture.

import { useMemo } from "react";
import { linePath } from "../../views/charts/thinning";
import { tickText } from "../../views/numberText";
import { FRAMES, NEW_BEST_AT } from "./recordedRun";

const SIZE = { width: 232, height: 142, left: 38, right: 8, top: 8, bottom: 20 } as const;
const LEVELS = [-100, -200, -300] as const;
/** Value at the bottom of the axis, nats: the first steps lie below the lowest level. */
const LOWEST = -340;

const last = FRAMES[FRAMES.length - 1]?.step ?? 1;
const bottom = SIZE.height - SIZE.bottom;
const AXIS = [
  [0, "start"],
  [last / 2, "middle"],
  [last, "end"],
] as const;

function toX(step: number): number {
  return SIZE.left + (step / last) * (SIZE.width - SIZE.left - SIZE.right);
}

function toY(nats: number): number {
  return SIZE.top + ((LEVELS[0] - nats) / (LEVELS[0] - LOWEST)) * (bottom - SIZE.top);
}

/** A small chart of its own: the charts of the workbench are fetched with the workbench. */
export function RecordedBound({ step }: { readonly step: number }) {
  const line = useMemo(() => {
    const frames = FRAMES.filter((frame) => frame.step <= step && frame.bound !== null);
    const steps = frames.map((frame) => frame.step);
    const nats = frames.map((frame) => frame.bound ?? 0);
    return linePath(steps, nats, [...steps.keys()], toX, toY);
  }, [step]);
  const ticks = NEW_BEST_AT.filter((at) => at <= step);
  const bound = FRAMES[step]?.bound;
  return (
    <div className="demo-bound">
      <p>
        <b data-figure-text="">Bound</b> <span data-figure-text="">nats per picture</span>
      </p>
      <svg width={SIZE.width} height={SIZE.height} viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} aria-hidden="true">
        {LEVELS.map((level) => (
          <g key={level}>
            <line x1={SIZE.left} x2={SIZE.width - SIZE.right} y1={toY(level)} y2={toY(level)} stroke="var(--line-1)" />
            <text x={SIZE.left - 6} y={toY(level) + 3.5} textAnchor="end">
              {tickText(level, 100)}
            </text>
          </g>
        ))}
        <line x1={SIZE.left} x2={SIZE.width - SIZE.right} y1={bottom} y2={bottom} stroke="var(--line-2)" />
        {AXIS.map(([at, anchor]) => (
          <text key={at} x={toX(at)} y={SIZE.height - 5} textAnchor={anchor}>
            {at === last ? `step ${at}` : at}
          </text>
        ))}
        <path d={ticks.map((at) => `M${toX(at)},${bottom}v-5`).join("")} stroke="var(--memory)" strokeWidth="1.4" />
        <line x1={toX(step)} x2={toX(step)} y1={SIZE.top} y2={bottom} stroke="var(--line-3)" />
        <path d={line} fill="none" stroke="var(--data)" strokeWidth="1.75" strokeLinejoin="round" />
        {bound == null ? null : <circle cx={toX(step)} cy={toY(bound)} r="2.7" fill="var(--data)" />}
      </svg>
      <p className="demo-ticks">
        <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
          <path d="M4,8V2" stroke="var(--memory)" strokeWidth="1.4" />
        </svg>
        new best rule
      </p>
    </div>
  );
}
