// Shares of the weight by category: how certain a list of weighted programs is about one part of them. Dotted marks: the
// exact answer, where there is one.

import { type ReactNode, useRef } from "react";
import { FigureFrame } from "../frame/FigureFrame";
import { useWidth } from "../frame/useWidth";
import { fixedText } from "../numberText";
import "./posterior.css";

export type PosteriorBar = {
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
  /** Exact probability, or null. */
  readonly exact: number | null;
};

export type PosteriorBarsProps = {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  /** What the categories are: "bit", "clusters". */
  readonly category: string;
  readonly bars: readonly PosteriorBar[];
};

const HEIGHT = 96;
const BASE = 76;

/** One bar a category on a common scale from 0 to 1. */
export function PosteriorBars(props: PosteriorBarsProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 600);
  return (
    <FigureFrame
      name={props.name}
      kind="picture"
      title={props.title}
      unit={props.unit}
      sentence={barsSentence(props)}
      table={() => ({
        columns: [props.category, "share of the weight", "exact"],
        rows: props.bars.map((bar) => [bar.label, bar.share, bar.exact]),
      })}
      redrawn={props.bars}
    >
      <div ref={box} style={{ height: HEIGHT }}>
        <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true" focusable="false">
          {[0, 0.5, 1].map((value) => (
            <g key={value}>
              <line x1={26} x2={width} y1={heightOf(value)} y2={heightOf(value)} stroke="var(--line-1)" />
              <text x={20} y={heightOf(value) + 3.5} textAnchor="end">
                {value}
              </text>
            </g>
          ))}
          {props.bars.map((bar, i) => (
            <Bar
              key={bar.label}
              bar={bar}
              x={26 + ((width - 26) * (i + 0.5)) / props.bars.length}
              room={(width - 26) / props.bars.length}
            />
          ))}
        </svg>
      </div>
    </FigureFrame>
  );
}

function Bar(props: { readonly bar: PosteriorBar; readonly x: number; readonly room: number }): ReactNode {
  const { bar, x, room } = props;
  const width = Math.min(28, room - 4);
  return (
    <g data-share={bar.share}>
      <rect x={x - width / 2} y={heightOf(1)} width={width} height={BASE - heightOf(1)} fill="var(--memory-soft)" />
      <rect
        x={x - width / 2}
        y={heightOf(bar.share)}
        width={width}
        height={BASE - heightOf(bar.share)}
        fill="var(--memory)"
      />
      {bar.exact === null ? null : (
        <line
          x1={x - width / 2 - 3}
          x2={x + width / 2 + 3}
          y1={heightOf(bar.exact)}
          y2={heightOf(bar.exact)}
          stroke="var(--exact)"
          strokeWidth="1.6"
          strokeDasharray="1 3"
          strokeLinecap="round"
        />
      )}
      <text x={x} y={HEIGHT - 5} textAnchor="middle">
        {bar.label}
      </text>
    </g>
  );
}

const heightOf = (share: number): number => BASE - share * 68;

function barsSentence({ title, category, bars }: PosteriorBarsProps): string {
  if (bars.every((bar) => bar.share === 0)) return `${title}: no programs yet.`;
  const parts = bars.map((bar) => `${bar.label} ${fixedText(bar.share, 2)}`);
  return `${title}, share of the weight by ${category}: ${parts.join(", ")}.`;
}
