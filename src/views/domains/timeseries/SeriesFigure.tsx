// The series on show with the expression in force: fit and forecast, the expression as program and in words with its
// score, and under it what each addend contributes.

import { type ReactNode, useContext, useRef, useState } from "react";
import type { SeriesFit } from "../../../domains/timeseries/facts";
import type { DomainViewProps } from "../../domainViews";
import { FigureFrame } from "../../frame/FigureFrame";
import { FigureScaleContext } from "../../frame/figureScale";
import { Segmented } from "../../frame/Segmented";
import { useCalm } from "../../frame/useCalm";
import { useWidth } from "../../frame/useWidth";
import { natsText, weightText } from "../../numberText";
import { ComponentPlots } from "./ComponentPlots";
import { KernelLine } from "./KernelLine";
import { captionText, fitWords, kernelText } from "./kernelText";
import { type PlotMode, SeriesPlot } from "./SeriesPlot";
import { seriesSentence, seriesTable } from "./seriesReadout";
import { type SeriesView, type ShownExpression, seriesName } from "./seriesView";

const MODES: readonly { readonly value: PlotMode; readonly label: string }[] = [
  { value: "fit", label: "fit" },
  { value: "residual", label: "residual" },
];

/** ms between two drawings of fits while a run streams them. */
const CALM_MS = 400;

export type SeriesFigureProps = {
  readonly view: SeriesView;
  readonly isChosen: boolean;
  readonly onSelectProgram: DomainViewProps["onSelectProgram"];
};

/** Its height never changes while values stream in. */
export function SeriesFigure(props: SeriesFigureProps): ReactNode {
  const { view } = props;
  const { data, row, values, scale, truth } = view;
  const shown = useCalmShown(view);
  const fit = shown?.fit ?? null;
  const [mode, setMode] = useState<PlotMode>("fit");
  const [hasSamples, setHasSamples] = useState(true);
  const name = seriesName(data, row);
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const printed = shown?.printed ?? null;
  return (
    <FigureFrame
      name="series"
      kind="picture"
      title={title}
      unit={unitText(view)}
      sentence={seriesSentence({ name: title, values, spacing: data.spacing, scale, fit, printed, truth })}
      table={() => seriesTable(values, data.spacing, scale, fit)}
      redrawn={fit ?? values}
      switches={
        <>
          <label className="wsl-series-check">
            <input
              type="checkbox"
              checked={hasSamples}
              onChange={(event) => setHasSamples(event.currentTarget.checked)}
            />
            samples
          </label>
          <Segmented label="What the plot shows" options={MODES} value={mode} onChange={setMode} />
        </>
      }
    >
      <Plot view={view} fit={fit} name={name} mode={mode} hasSamples={hasSamples} />
      <Caption {...props} shown={shown} />
      <ComponentPlots view={view} fit={fit} />
    </FigureFrame>
  );
}

/** The expression in force at a calm pace, but at once when another series or expression is chosen. */
function useCalmShown(view: SeriesView): ShownExpression | null {
  const { row, shown } = view;
  const key = `${row} ${shown?.isBest ? "best" : shown?.printed}`;
  const calm = useCalm({ key, shown }, CALM_MS);
  const isStale = calm.key !== key || (calm.shown === null) !== (shown === null);
  return isStale ? shown : calm.shown;
}

function Plot(props: {
  readonly view: SeriesView;
  readonly fit: SeriesFit | null;
  readonly name: string;
  readonly mode: PlotMode;
  readonly hasSamples: boolean;
}): ReactNode {
  const { view, ...rest } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 760);
  const { picture } = useContext(FigureScaleContext);
  const height = Math.round(Math.min(230, Math.max(190, width * 0.28)) * picture);
  return (
    <div ref={box}>
      <SeriesPlot
        {...rest}
        values={view.values}
        spacing={view.data.spacing}
        scale={view.scale}
        width={width}
        height={height}
      />
    </div>
  );
}

function Caption(props: SeriesFigureProps & { readonly shown: ShownExpression | null }): ReactNode {
  const { shown, isChosen, onSelectProgram } = props;
  if (!shown) {
    return (
      <div className="wsl-series-caption">
        <p>No expression is known for it yet.</p>
      </div>
    );
  }
  const { fit, printed } = shown;
  return (
    <div className="wsl-series-caption">
      <p className="wsl-series-words">
        {fit ? `${fitWords(fit)}.` : "Only the three best expressions are fitted: this one has no curve."}
      </p>
      <button
        type="button"
        aria-current={isChosen ? "true" : undefined}
        aria-label={`${shown.isBest ? "Best" : "Chosen"} expression: ${fit ? captionText(printed, fit.parameters) : kernelText(printed)}. Choose it in the memory`}
        onClick={() => onSelectProgram(isChosen ? null : printed)}
      >
        <KernelLine printed={printed} parameters={fit?.parameters ?? null} />
      </button>
      <span className="wsl-series-score">{scoreText(shown)}</span>
    </div>
  );
}

/** Score of what is drawn: the likelihood of these very parameters, to which the memory adds a penalty; and the weight. */
function scoreText({ fit, entry }: ShownExpression): string {
  const score = fit ? `log p(x | z) of this curve ${natsText(fit.logLikelihood)} nats, before penalty` : "";
  const weight = entry ? `weight ${weightText(entry.weight)}` : "";
  return [score, weight].filter((part) => part !== "").join(", ");
}

function unitText({ data, scale, truth }: SeriesView): string {
  const band = "band: 2 standard deviations";
  if (scale) return `${data.points} values, ${band}`;
  return truth === ""
    ? `${data.points} points, ${band}`
    : `${data.points} points made with ${kernelText(truth)}; ${band}`;
}
