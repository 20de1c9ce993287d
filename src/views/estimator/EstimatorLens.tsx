// The estimator lens: the same particles of one observation, and the coefficients that each algorithm would give them.
// Filled bars: a on grad log p (theta); outlined bars: b on grad log q (phi). Every row has its own scale, stated.

import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import type { Answers, LensRow } from "../../engine/worker/questions";
import { FigureFrame, type FigureFrameProps } from "../frame/FigureFrame";
import { useWidth } from "../frame/useWidth";
import { columnLabels, columnWidth, LABEL_WIDTH, lensTable, rowScale, SCALE_WIDTH, scaleText } from "./lensLayout";
import { RowBars } from "./RowBars";
import "./estimator.css";

export type EstimatorLensProps = {
  /** Null before the first answer: the figure keeps its place. */
  readonly lens: Answers["lens"] | null;
  /** "picture 2". */
  readonly observationLabel: string;
  /** "rule", "rules". */
  readonly programName: { readonly one: string; readonly many: string };
  readonly headingLevel?: FigureFrameProps["headingLevel"];
};

/** Rows an algorithm has at most before the first answer: keeps the height. */
const USUAL_ROWS = 6;

/** Rows are chosen with arrow keys or a click; the sentence of the chosen one stands beneath. */
export function EstimatorLens(props: EstimatorLensProps): ReactNode {
  const { lens, programName } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 340);
  const [chosen, setChosen] = useState<string | null>(null);
  const rows = lens?.rows ?? [];
  const row = rows.find(({ title }) => title === chosen) ?? rows.find(({ isOwn }) => isOwn) ?? rows[0];
  const count = lens?.particles.length ?? 0;
  return (
    <FigureFrame
      name="lens"
      kind="picture"
      title={`Coefficients for ${props.observationLabel}`}
      unit={lens ? `same ${count} ${programName.many}` : "not asked yet"}
      sentence={row ? `${row.title}: ${row.sentence}` : "No coefficients yet."}
      table={() => lensTable(lens)}
      redrawn={lens}
      {...(props.headingLevel ? { headingLevel: props.headingLevel } : {})}
    >
      <div ref={box} className="wsl-lens">
        <Head lens={lens} width={width} name={programName.one} />
        <Rows rows={rows} row={row} lens={lens} width={width} onChoose={setChosen} />
        <p className="wsl-lens-sentence" aria-live="off">
          {row?.sentence}
          {row?.note ? <small> {row.note}</small> : null}
        </p>
        <NumberedPrograms lens={lens} width={width} name={programName.one} />
        <Legend note={lens?.note ?? ""} hasDraws={rows.some(({ inner }) => inner)} />
      </div>
    </FigureFrame>
  );
}

function Head(props: {
  readonly lens: Answers["lens"] | null;
  readonly width: number;
  readonly name: string;
}): ReactNode {
  const { lens, width } = props;
  const particles = lens?.particles ?? [];
  const column = columnWidth(width, particles.length);
  const labels = columnLabels(particles, props.name, column);
  const numRemembered = particles.filter((particle) => particle.isRemembered).length;
  const middle = (from: number, to: number) => LABEL_WIDTH + (column * (from + to)) / 2;
  const edge = LABEL_WIDTH + column * numRemembered;
  return (
    <svg className="wsl-lens-head" width={width} height={30} aria-hidden="true" focusable="false">
      {numRemembered > 0 ? (
        <text x={middle(0, numRemembered)} y={10} textAnchor="middle">
          remembered
        </text>
      ) : null}
      {numRemembered < particles.length ? (
        <text x={middle(numRemembered, particles.length)} y={10} textAnchor="middle">
          drawn
        </text>
      ) : null}
      {numRemembered > 0 && numRemembered < particles.length ? (
        <line x1={edge} x2={edge} y1={0} y2={30} stroke="var(--line-2)" />
      ) : null}
      {labels.map((label, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: equal programs may stand in several columns
        <text key={k} x={LABEL_WIDTH + column * (k + 0.5)} y={25} textAnchor="middle">
          {label}
        </text>
      ))}
    </svg>
  );
}

/** Programs whose printed forms have no room over their columns, by the numbers that stand there. */
function NumberedPrograms(props: {
  readonly lens: Answers["lens"] | null;
  readonly width: number;
  readonly name: string;
}): ReactNode {
  const particles = props.lens?.particles ?? [];
  const labels = columnLabels(particles, props.name, columnWidth(props.width, particles.length));
  if (particles.every((particle, k) => particle.printed.endsWith(labels[k] ?? ""))) return null;
  return (
    <ol className="wsl-lens-programs">
      {particles.map((particle, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: equal programs may stand in several columns
        <li key={k} title={particle.printed}>
          <span>{k + 1}</span>
          <code>{particle.printed}</code>
        </li>
      ))}
    </ol>
  );
}

type RowsProps = {
  readonly rows: readonly LensRow[];
  readonly row: LensRow | undefined;
  readonly lens: Answers["lens"] | null;
  readonly width: number;
  readonly onChoose: (title: string) => void;
};

function Rows({ rows, row, lens, width, onChoose }: RowsProps): ReactNode {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const next = by && row ? rows[(rows.indexOf(row) + by + rows.length) % rows.length] : undefined;
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(next.title);
    event.currentTarget.querySelector<HTMLElement>(`[data-lens-row="${next.title}"]`)?.focus();
  };
  return (
    <div
      role="radiogroup"
      aria-label="Algorithm"
      className="wsl-lens-rows"
      style={{ minHeight: 33 * Math.max(rows.length, USUAL_ROWS) }}
      onKeyDown={onKeyDown}
    >
      {rows.map((each) => (
        // biome-ignore lint/a11y/useSemanticElements: a row with a drawing is more than a radio input can hold
        <button
          key={each.title}
          type="button"
          role="radio"
          aria-checked={each === row}
          aria-label={`${each.title}${each.isOwn ? ", this run" : ""}, bars up to ${scaleText(each)}`}
          tabIndex={each === row ? 0 : -1}
          data-lens-row={each.title}
          data-own={each.isOwn ? "" : undefined}
          data-has-draws={each.inner ? "" : undefined}
          onClick={() => onChoose(each.title)}
        >
          <span className="wsl-lens-name" style={{ width: LABEL_WIDTH }} data-figure-text="">
            {each.title}
          </span>
          <RowBars
            row={each}
            width={width - LABEL_WIDTH - SCALE_WIDTH}
            column={columnWidth(width, lens?.particles.length ?? 0)}
          />
          <span className="wsl-lens-scale" style={{ width: SCALE_WIDTH }} data-figure-text="">
            {rowScale(each) > 0 ? scaleText(each) : ""}
          </span>
        </button>
      ))}
    </div>
  );
}

function Legend({ note, hasDraws }: { readonly note: string; readonly hasDraws: boolean }): ReactNode {
  return (
    <p className="wsl-lens-legend">
      <span>
        <svg width="9" height="8" aria-hidden="true" focusable="false">
          <rect width="9" height="8" fill="var(--theta)" />
        </svg>
        <i className="wsl-math">a</i> on log <i className="wsl-math">p</i>, moves <i className="wsl-math">θ</i>
      </span>
      <span>
        <svg width="9" height="8" aria-hidden="true" focusable="false">
          <rect x=".7" y=".7" width="7.6" height="6.6" fill="none" stroke="var(--phi)" strokeWidth="1.4" />
        </svg>
        <i className="wsl-math">b</i> on log <i className="wsl-math">q</i>
        {hasDraws ? " of the structure" : ""}, moves <i className="wsl-math">φ</i>
      </span>
      <span>right: length of a full bar</span>
      {hasDraws ? (
        <span>
          small bars, each line on its own scale: every draw of the numbers, on log p, and on log q of numbers
        </span>
      ) : null}
      <span>{note}</span>
    </p>
  );
}
