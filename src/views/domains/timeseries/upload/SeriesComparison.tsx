// The series with one expression fitted to it: curve, forecast with its band in the person's units, how good the forecast
// was where that is known, addends, some more steps of fitting, and an expression typed by hand in its place.

import { type ReactNode, useMemo, useRef, useState } from "react";
import type { OwnScale, SeriesData, SeriesTools } from "../../../../domains/timeseries";
import type { FitTask, OwnFit } from "../../../../domains/timeseries/upload/ownFit";
import type { OwnTools } from "../../../../domains/timeseries/upload/ownTools";
import { FigureFrame } from "../../../frame/FigureFrame";
import { Segmented } from "../../../frame/Segmented";
import { useWidth } from "../../../frame/useWidth";
import { fixedText, natsText } from "../../../numberText";
import type { ResultProps } from "../../../try/tryOwn";
import { ComponentPlots } from "../ComponentPlots";
import { KernelLine } from "../KernelLine";
import { numbersOf } from "../ObservationPicture";
import { type PlotMode, SeriesPlot } from "../SeriesPlot";
import { seriesSentence, seriesTable } from "../seriesReadout";
import type { SeriesView } from "../seriesView";
import { KernelEdit } from "./KernelEdit";
import { ownToolsOf, type SeenSeries, wholeOptions } from "./trySeries";
import { REFINE_STEPS, useOwnFit } from "./useOwnFit";

const SPACING = 4 / 127;
const MODES: readonly { readonly value: PlotMode; readonly label: string }[] = [
  { value: "fit", label: "fit" },
  { value: "residual", label: "residual" },
];

/** Everything below the chosen row. Parameters are fitted on the page: the search integrates them out. */
export function SeriesComparison(props: ResultProps): ReactNode {
  const { spec, printed, program, item } = props;
  const options = useMemo(() => wholeOptions(spec, props.options), [spec, props.options]);
  const { values, scale } = useSeries(props.observation);
  const [typed, setTyped] = useState("");
  const hand = useMemo(() => (typed === "" ? null : spec.program.parse(typed, options)), [spec, options, typed]);
  const byHand = hand?.ok ? hand.program : null;
  const shown = byHand ? spec.program.print(byHand, options) : printed;
  const found = item.programs.find((one) => one.printed === shown);
  const task: FitTask = { program: byHand ?? program, weight: found?.weight ?? 0, values, scale, options };
  const key = `${shown} ${seriesKey(values)}`;
  const tools = ownToolsOf(spec);
  const state = useOwnFit(tools, key, task);
  const own = state.shown?.fit ?? null;
  return (
    <section className="try-fit" data-picture="try-comparison" data-shown={state.shown?.key === key ? shown : ""}>
      <Figure printed={shown} values={values} scale={scale} own={own} />
      <FitLine {...state} own={own} />
      <ForecastLine tools={tools} own={own} scale={scale} />
      <KernelEdit
        text={typed}
        onChange={setTyped}
        problem={hand && !hand.ok ? hand.message : null}
        chosen={printed}
        answer={handWords(spec.tools as SeriesTools, state.isWorking ? null : own, props)}
      />
    </section>
  );
}

/** The observation of this domain as numbers with units, the same ones while nothing changes. */
function useSeries(observation: unknown): { readonly values: Float32Array; readonly scale: OwnScale } {
  // describeObservation of this domain; scale stands there for a person's own series.
  const { scale } = observation as SeenSeries;
  const key = seriesKey(numbersOf(observation));
  // biome-ignore lint/correctness/useExhaustiveDependencies: reports bring equal numbers in new lists
  return useMemo(() => ({ values: Float32Array.from(numbersOf(observation)), scale }), [key]);
}

function seriesKey(values: ArrayLike<number>): string {
  return Array.from(values, (value) => value.toFixed(4)).join();
}

type FigureProps = {
  readonly printed: string;
  readonly values: Float32Array;
  readonly scale: OwnScale;
  readonly own: OwnFit | null;
};

function Figure({ printed, values, scale, own }: FigureProps): ReactNode {
  const [mode, setMode] = useState<PlotMode>("fit");
  const [hasSamples, setHasSamples] = useState(true);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 700);
  const fit = own?.fit ?? null;
  const { name } = scale;
  return (
    <FigureFrame
      name="try-forecast"
      kind="picture"
      title="Fit and forecast"
      unit="band: 2 standard deviations"
      sentence={seriesSentence({ name, values, spacing: SPACING, scale, fit, printed, truth: "" })}
      table={() => seriesTable(values, SPACING, scale, fit)}
      redrawn={fit ?? values}
      headingLevel={3}
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
      <div ref={box}>
        <SeriesPlot
          {...{ name, values, scale, fit, width, mode, hasSamples }}
          spacing={SPACING}
          height={Math.round(Math.min(250, Math.max(190, width * 0.3)))}
        />
      </div>
      <div className="wsl-series-caption">
        <p className="wsl-series-words">{own?.words[0] ?? "Fitting the parameters."}</p>
        <KernelLine printed={printed} parameters={fit?.parameters ?? null} />
      </div>
      <ComponentPlots view={viewOf(values, scale)} fit={fit} />
    </FigureFrame>
  );
}

/** What the plots of addends read of a workbench's view. */
function viewOf(values: Float32Array, scale: OwnScale): SeriesView {
  const data: SeriesData = {
    kind: "timeseries",
    count: 1,
    points: values.length,
    spacing: SPACING,
    values,
    truths: [""],
    own: [scale],
    note: "",
  };
  return { data, picture: null, row: 0, values, scale, truth: "", shown: null };
}

type FitLineProps = Pick<ReturnType<typeof useOwnFit>, "shown" | "isWorking" | "refine"> & {
  readonly own: OwnFit | null;
};

function FitLine({ shown, isWorking, refine, own }: FitLineProps): ReactNode {
  const gain = own && shown && shown.before !== null ? own.fit.logLikelihood - shown.before : null;
  const gained =
    gain === null
      ? ""
      : gain < 0.005
        ? " The last steps gained nothing."
        : ` The last steps gained ${fixedText(gain, 2)} nats.`;
  return (
    <p className="try-fit-line" data-steps={own?.refinement.steps ?? 0} data-score={own?.fit.logLikelihood ?? ""}>
      <button type="button" className="text-button" disabled={isWorking || own === null} onClick={refine}>
        Refine
      </button>
      <span className="number">
        {own
          ? `log p(x | z) ${natsText(own.fit.logLikelihood)} nats after ${own.refinement.steps} steps on the parameters.${gained}`
          : isWorking
            ? "Fitting the parameters."
            : "The parameters could not be fitted."}
      </span>
      <span className="visually-hidden">Refine makes {REFINE_STEPS} more steps.</span>
    </p>
  );
}

function ForecastLine(props: {
  readonly tools: OwnTools;
  readonly own: OwnFit | null;
  readonly scale: OwnScale;
}): ReactNode {
  const { tools, own, scale } = props;
  const score = own ? tools.forecastScore(own.fit, scale) : null;
  if (!score) {
    const text = scale.future.length === 0 ? "Nothing was kept back, so the forecast cannot be judged yet." : "";
    return <p className="try-cursor-text">{text}</p>;
  }
  return (
    <p className="try-cursor-text" data-inside={score.inside} data-known={score.known}>
      {tools.scoreWords(score)}
    </p>
  );
}

/** What the fit of a typed expression says beside that of the chosen one. */
function handWords(tools: SeriesTools, own: OwnFit | null, { program, printed }: ResultProps): string {
  if (own === null) return "Fitting.";
  const score = `Fitted: log p(x | z) ${natsText(own.fit.logLikelihood)} nats`;
  const penalty =
    own.penalty === 0 ? "" : `, less ${fixedText(own.penalty, 0)} for its ${symbolCount(tools, own)} symbols`;
  const isSame = tools.isSameKernel(own.fit.program, program);
  return `${score}${penalty}.${isSame ? ` The same kernel as ${printed}.` : ""}`;
}

function symbolCount(tools: SeriesTools, own: OwnFit): number {
  return tools.symbolsOf(own.fit.program).length;
}
