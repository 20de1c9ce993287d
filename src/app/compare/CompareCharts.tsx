// Three charts of all groups on one horizontal axis: one large at the left, two at the right.

import { memo, type ReactNode, useMemo, useState } from "react";
import { LearningCurve } from "../../views/charts/LearningCurve";
import { Segmented } from "../../views/frame/Segmented";
import { countText, fixedText } from "../../views/numberText";
import type { AxisName } from "../router/labLink";
import { ChartNote } from "./ChartNote";
import { ChooseMetric } from "./ChooseMetric";
import type { CompareMetric } from "./chartMetrics";
import { quantityOf } from "./comparability";
import { type CompareRun, useCompare } from "./compareStore";
import { setView } from "./comparison";
import { axisEnd, chartSeries, kindsOf, sharedReferences, valueAxis } from "./curves";
import type { CompareGroup } from "./groups";
import { BANDS, type BandKind } from "./planView";
import { sharingNote } from "./queue";

export type CompareChartsProps = {
  readonly groups: readonly CompareGroup[];
  readonly runs: readonly CompareRun[];
  readonly metrics: readonly CompareMetric[];
  readonly charts: readonly CompareMetric[];
};

const AXIS_LABELS: Readonly<Record<AxisName, string>> = {
  step: "step",
  time: "training time, s",
  proposals: "proposals scored",
};

/** The horizontal axis of every chart and panel, unless one is unlocked. */
export function useCompareAxis(runs: readonly CompareRun[], axis: AxisName) {
  const end = axisEnd(runs, axis);
  return useMemo(
    () => ({
      label: AXIS_LABELS[axis],
      domain: [0, end] as const,
      ...(axis === "time" ? { format: (value: number) => fixedText(value, end < 20 ? 1 : 0) } : { format: countText }),
    }),
    [axis, end],
  );
}

/** The charts and, under them, how the runs shared the device. */
export function CompareCharts({ groups, runs, metrics, charts }: CompareChartsProps) {
  const view = useCompare((state) => state.view);
  const hidden = useCompare((state) => state.hidden);
  const seats = useCompare((state) => state.seats);
  const [cursor, setCursor] = useState<number | null>(null);
  const xAxis = useCompareAxis(runs, view.axis);
  const isGrouped = groups.some((group) => group.runs.length > 1);
  const choose = (place: number, name: string) => {
    const next = charts.map((chart) => chart.name);
    const other = next.indexOf(name);
    // A metric that another chart shows changes places with this one's.
    if (other >= 0) next[other] = next[place] ?? name;
    next[place] = name;
    setView({ charts: next, ...(place === 0 ? { threshold: null } : {}) });
  };
  return (
    <>
      <div className="compare-charts">
        {charts.map((metric, place) => (
          <Chart
            key={metric.name}
            metric={metric}
            place={place}
            groups={groups}
            runs={runs}
            hidden={hidden}
            axis={view.axis}
            band={view.band}
            xAxis={xAxis}
            cursor={cursor}
            onCursor={setCursor}
            onCommon={() => choose(place, "logPx")}
            choice={
              <ChooseMetric
                place={place}
                metrics={metrics}
                chosen={metric.name}
                onChoose={(name) => choose(place, name)}
              />
            }
          />
        ))}
      </div>
      <div className="compare-notes">
        {isGrouped ? (
          <Segmented
            label="Band around a mean"
            value={view.band}
            options={BANDS.map((name) => ({ value: name, label: name === "range" ? "lowest to highest" : "± sd" }))}
            onChange={(band) => setView({ band })}
          />
        ) : null}
        <p className="sharing-note">{sharingNote(seats, runs.length)}</p>
      </div>
    </>
  );
}

type ChartProps = {
  readonly metric: CompareMetric;
  readonly place: number;
  readonly groups: readonly CompareGroup[];
  readonly runs: readonly CompareRun[];
  readonly hidden: ReadonlySet<string>;
  readonly axis: AxisName;
  readonly band: BandKind;
  readonly xAxis: ReturnType<typeof useCompareAxis>;
  readonly cursor: number | null;
  readonly onCursor: (x: number | null) => void;
  readonly onCommon: () => void;
  readonly choice: ReactNode;
};

/** One chart with one kind of quantity; what is another kind stands under it with the reason. */
const Chart = memo(function Chart(props: ChartProps) {
  const { metric, place, groups, runs, axis, band, xAxis } = props;
  const [isOwn, setOwn] = useState(false);
  const [wanted, setWanted] = useState("");
  const kinds = kindsOf(metric, groups);
  const kind = kinds.find((each) => each.id === wanted) ?? kinds[0];
  const drawn = groups.filter((group) => quantityOf(metric.name, group.options).id === kind?.id);
  const series = chartSeries(metric, drawn, props.hidden, axis, band);
  const last = Math.max(1, ...series.map((one) => Number(one.x[one.x.length - 1] ?? 0)));
  const yDomain = valueAxis(metric, series, sharedReferences(metric, runs));
  const words = kind?.words ? `, ${kind.words}` : "";
  return (
    <div className="compare-chart" data-place={place} data-x-domain={isOwn ? `0 ${last}` : xAxis.domain.join(" ")}>
      <LearningCurve
        name={metric.name}
        title={metric.title}
        unit={`${metric.unit}${words}`.replace(/^, /, "") || (metric.scale === "log" ? "log scale" : "")}
        help={metric.help}
        scale={metric.scale}
        series={series}
        references={sharedReferences(metric, runs)}
        {...(yDomain ? { yDomain } : {})}
        xAxis={isOwn ? { ...xAxis, domain: [0, last] } : xAxis}
        height={place === 0 ? 374 : 158}
        cursor={props.cursor}
        onCursor={props.onCursor}
        switches={
          <>
            <button
              type="button"
              className="text-button own-axis"
              aria-pressed={isOwn}
              aria-label={`Own horizontal axis for ${metric.title}`}
              title="Ends this axis where its values end"
              onClick={() => setOwn(!isOwn)}
            >
              {isOwn ? "shared axis" : "own axis"}
            </button>
            {props.choice}
          </>
        }
      />
      <ChartNote
        metric={metric}
        groups={groups}
        kinds={kinds}
        drawn={kind}
        onDraw={setWanted}
        onCommon={props.onCommon}
      />
    </div>
  );
}, isSameChart);

/** The crosshair moves often and concerns only the overlay, but histories grow in place: their versions tell. */
function isSameChart(before: ChartProps, after: ChartProps): boolean {
  return (
    before.metric === after.metric &&
    before.groups === after.groups &&
    before.hidden === after.hidden &&
    before.axis === after.axis &&
    before.band === after.band &&
    before.xAxis === after.xAxis &&
    before.cursor === after.cursor
  );
}
