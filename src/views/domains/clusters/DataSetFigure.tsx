// One data set with its best (or selected) clustering, the layers that can be laid over it, and the difference between
// the memory and the exact answer as a number.

import { type ReactNode, useRef, useState } from "react";
import type { DomainViewProps } from "../../domainViews";
import { FigureFrame } from "../../frame/FigureFrame";
import type { FigureTable } from "../../frame/figureTable";
import { Icon } from "../../frame/icons";
import { Segmented } from "../../frame/Segmented";
import { useWidth } from "../../frame/useWidth";
import { fixedText, weightText } from "../../numberText";
import { type ClusterView, clusterLetter } from "./clusterView";
import { type CloudChoice, ScatterPlot } from "./ScatterPlot";

const clouds: readonly { readonly value: CloudChoice; readonly label: string }[] = [
  { value: "none", label: "no cloud" },
  { value: "centres", label: "centres" },
  { value: "predictive", label: "predictive" },
];

export type DataSetFigureProps = {
  readonly view: ClusterView;
  readonly print: (program: number) => string;
  readonly count: number;
  readonly onSelect: DomainViewProps["onSelect"];
  readonly onSelectProgram: DomainViewProps["onSelectProgram"];
};

/** Scatter plot with layers; a click on the drawing selects the clustering's row in the memory. */
export function DataSetFigure(props: DataSetFigureProps): ReactNode {
  const { view } = props;
  const box = useRef<HTMLButtonElement>(null);
  const width = useWidth(box, 720);
  const height = Math.round(Math.min(380, Math.max(260, width * 0.52)));
  const [cloud, setCloud] = useState<CloudChoice>("none");
  const [showExact, setShowExact] = useState(false);
  const printed = view.program === null ? null : props.print(view.program);
  return (
    <FigureFrame
      name="clusters"
      kind="picture"
      title={`Data set ${view.row + 1} and its best clustering`}
      unit="circles: 1 and 2 learned standard deviations"
      sentence={sentenceOf(view, printed)}
      table={() => pointTable(view)}
      redrawn={view.picture ?? view.points}
      switches={<DataSetPager row={view.row} count={props.count} onSelect={props.onSelect} />}
    >
      <button
        ref={box}
        type="button"
        className="wsl-scatter"
        aria-label={printed === null ? "No clustering yet" : `Select clustering ${printed} in the memory`}
        disabled={printed === null}
        onClick={() => props.onSelectProgram(printed)}
      >
        <ScatterPlot view={view} width={width} height={height} cloud={cloud} showExact={showExact} />
      </button>
      <div className="wsl-layers">
        <label className="wsl-layer">
          <input type="checkbox" checked={showExact} onChange={(event) => setShowExact(event.currentTarget.checked)} />
          exact answer
        </label>
        <Segmented label="Cloud of samples" options={clouds} value={cloud} onChange={setCloud} />
        <span className="wsl-difference">{differenceText(view)}</span>
      </div>
    </FigureFrame>
  );
}

function DataSetPager(props: {
  readonly row: number;
  readonly count: number;
  readonly onSelect: (row: number) => void;
}): ReactNode {
  const go = (row: number) => props.onSelect(Math.min(props.count - 1, Math.max(0, row)));
  return (
    <span className="wsl-dataset-pager">
      <button
        type="button"
        className="wsl-quiet"
        aria-label="Previous data set"
        disabled={props.row === 0}
        onClick={() => go(props.row - 1)}
      >
        <Icon name="previous" size={14} />
      </button>
      <label>
        <span className="wsl-hidden">Data set, 1 to {props.count}</span>
        <input
          type="number"
          min={1}
          max={props.count}
          value={props.row + 1}
          onChange={(event) => {
            const row = event.currentTarget.valueAsNumber - 1;
            if (Number.isInteger(row)) go(row);
          }}
        />
      </label>
      of {props.count}
      <button
        type="button"
        className="wsl-quiet"
        aria-label="Next data set"
        disabled={props.row === props.count - 1}
        onClick={() => go(props.row + 1)}
      >
        <Icon name="next" size={14} />
      </button>
    </span>
  );
}

/** How far the weighted clusterings are from the exact posterior, in words and a number. */
export function differenceText(view: ClusterView): string {
  const { picture } = view;
  if (!picture || Number.isNaN(picture.klOwn)) return "Distance to the exact answer: not known before the first visit";
  const who = picture.source === "memory" ? "the memory holds" : "the samples hold";
  return `Distance to the exact answer: KL ${fixedText(picture.klOwn, 2)} nats; ${who} ${weightText(picture.memoryMass)} of its mass`;
}

function sentenceOf(view: ClusterView, printed: string | null): string {
  const { picture, program, tools } = view;
  if (!picture || program === null || printed === null) return "Seven points; no clustering is known for them yet.";
  const sd = Math.sqrt(((picture.sigma[0] ?? 0) + (picture.sigma[3] ?? 0)) / 2);
  const truth = picture.truth < 0 ? "" : ` The points were drawn from: ${tools.explain(picture.truth)}`;
  return `Clustering ${printed}: ${tools.explain(program)} Learned standard deviation ${fixedText(sd, 2)}. ${differenceText(view)}.${truth}`;
}

function pointTable(view: ClusterView): FigureTable {
  const { tools, picture, program } = view;
  const own = program === null ? null : tools.labels(program);
  const exact = picture ? tools.labels(picture.topPrograms[0] ?? picture.best) : null;
  const truth = picture && picture.truth >= 0 ? tools.labels(picture.truth) : null;
  const letter = (labels: Int32Array | null, j: number) => (labels ? clusterLetter(labels[j] ?? 0) : null);
  return {
    columns: ["point", "first coordinate", "second coordinate", "cluster", "exact best", "drawn from"],
    rows: [0, 1, 2, 3, 4, 5, 6].map((j) => [
      j + 1,
      view.points[2 * j] ?? null,
      view.points[2 * j + 1] ?? null,
      letter(own, j),
      letter(exact, j),
      letter(truth, j),
    ]),
  };
}
