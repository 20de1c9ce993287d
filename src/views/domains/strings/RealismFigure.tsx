// How like real spreadsheet columns the concepts are: each figure with the band it should lie in and the value measured
// on real columns.

import { memo, type ReactNode, useMemo } from "react";
import type { StringsTools } from "../../../domains/strings";
import type { Concept } from "../../../domains/strings/concepts";
import type { RealismFigure as Figure } from "../../../domains/strings/data/realism";
import { FigureFrame } from "../../frame/FigureFrame";
import { countText, fixedText } from "../../numberText";

export type RealismFigureProps = { readonly tools: StringsTools; readonly concepts: readonly Concept[] };

const TRACK = 96;

/** One line a figure: name, band with marks, value, real value. */
export const RealismFigure = memo(function RealismFigure({ tools, concepts }: RealismFigureProps): ReactNode {
  const figures = useMemo(() => tools.realism(concepts), [tools, concepts]);
  const inside = figures.filter((one) => one.isInside).length;
  return (
    <FigureFrame
      name="realism"
      kind="picture"
      title="The data beside real columns"
      unit={`${countText(concepts.length)} concepts`}
      sentence={`${inside} of ${figures.length} figures of the data lie in the band of real spreadsheet columns.`}
      redrawn={figures}
      table={() => ({
        columns: ["figure", "unit", "here", "real columns", "accepted from", "to"],
        rows: figures.map((one) => [one.title, one.unit, one.value, one.target, one.low, one.high]),
      })}
    >
      <p className="wsl-realism-key">pale: accepted band; line: real columns; dot: here, share of concepts</p>
      <dl className="wsl-realism">
        {figures.map((one) => (
          <div key={one.id} data-realism={one.id} data-inside={String(one.isInside)}>
            <dt>{one.title}</dt>
            <dd>
              <Band figure={one} />
              <span>{valueText(one)}</span>
              <span>{one.isInside ? "" : "outside"}</span>
            </dd>
          </div>
        ))}
      </dl>
    </FigureFrame>
  );
});

function valueText({ value, unit }: Figure): string {
  return unit === "%" ? `${fixedText(value, 0)} %` : fixedText(value, 1);
}

function Band({ figure }: { readonly figure: Figure }): ReactNode {
  const end = figure.unit === "%" ? 100 : 24;
  const x = (value: number) => Math.round((Math.min(end, value) / end) * (TRACK - 8)) + 4;
  return (
    <svg width={TRACK} height={14} viewBox={`0 0 ${TRACK} 14`} aria-hidden="true" focusable="false">
      <line x1={4} x2={TRACK - 4} y1={7} y2={7} stroke="var(--line-1)" />
      <rect
        x={x(figure.low)}
        y={3}
        width={Math.max(2, x(figure.high) - x(figure.low))}
        height={8}
        fill="var(--line-2)"
      />
      <line x1={x(figure.target)} x2={x(figure.target)} y1={1} y2={13} stroke="var(--exact)" strokeWidth="1.5" />
      <circle
        cx={x(figure.value)}
        cy={7}
        r={3.4}
        fill={figure.isInside ? "var(--data)" : "var(--surface-0)"}
        stroke="var(--data)"
        strokeWidth="1.4"
      />
    </svg>
  );
}
