// What the model will see of a series: its 128 points in the person's own units, what is kept back to judge the forecast,
// which columns are taken, how the text was read. Everything here can be undone.

import { type ReactNode, useMemo, useRef } from "react";
import type { OwnSeries } from "../../../../domains/timeseries/upload/ownSeries";
import { useWidth } from "../../../frame/useWidth";
import { countText } from "../../../numberText";
import type { PreviewProps } from "../../../try/tryOwn";
import { SeriesPlot } from "../SeriesPlot";
import { DrawCurve } from "./DrawCurve";
import { SeriesChoice } from "./SeriesChoice";
import { SeriesReading } from "./SeriesReading";
import {
  columnOf,
  ownToolsOf,
  readInput,
  type SeriesInput,
  seriesOf,
  sourceOf,
  withColumn,
  withInput,
} from "./trySeries";

const SPACING = 4 / 127;

/** Plot, sentences and switches of a column; the pad of a drawn curve. */
export function SeriesPreview(props: PreviewProps): ReactNode {
  const { spec, item } = props;
  const tools = ownToolsOf(spec);
  const source = sourceOf(item);
  const made = useMemo(() => seriesOf(tools, item), [tools, item]);
  return (
    <div className="try-series" data-picture="try-preview">
      {source.kind === "drawn" ? (
        <DrawCurve curve={source.curve} onChange={(curve) => props.onChange({ kind: "drawn", curve })} />
      ) : null}
      {made.ok ? <SeenSeries name={item.name} series={made.series} words={made.words} /> : null}
      {source.kind === "column" ? <Reading {...props} input={source.input} column={source.column} /> : null}
    </div>
  );
}

function SeenSeries({
  name,
  series,
  words,
}: {
  readonly name: string;
  readonly series: OwnSeries;
  readonly words: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 400);
  const values = useMemo(() => Float32Array.from(series.values), [series]);
  const { scale } = series;
  return (
    <div ref={box} className="try-seen-series" data-seen={series.values.map((value) => value.toFixed(3)).join(" ")}>
      <SeriesPlot name={name} values={values} spacing={SPACING} fit={null} scale={scale} width={width} height={170} />
      <p className="try-cursor-text" data-note="resampling">
        {words}
      </p>
    </div>
  );
}

function Reading({
  spec,
  items,
  onItems,
  input,
  column,
}: PreviewProps & { readonly input: SeriesInput; readonly column: number }) {
  const tools = ownToolsOf(spec);
  const read = readInput(tools, input);
  const change = (settings: Partial<SeriesInput["settings"]>) =>
    onItems(withInput(tools, items, input, { ...input, settings: { ...input.settings, ...settings } }));
  const chosen = items.flatMap((item) => {
    const source = sourceOf(item);
    return source.kind === "column" && source.input === input ? [source.column] : [];
  });
  const shown = columnOf(read, column);
  return (
    <>
      {read.ok ? (
        <p className="try-cursor-text">
          {input.name === "" ? "Pasted text" : input.name}: {countText(read.table.columns[0]?.cells.length ?? 0)}{" "}
          {read.table.isAcross ? "values a line" : "rows"}, {countText(read.columns.length)}{" "}
          {read.columns.length === 1 ? "series" : "columns"}.{shown ? ` ${shown.read.notes.join(" ")}` : ""}
        </p>
      ) : null}
      {read.ok && read.columns.length > 1 ? (
        <SeriesChoice
          columns={read.columns}
          chosen={chosen}
          most={tools.mostSeries}
          onToggle={(number) => onItems(withColumn(tools, items, input, number))}
        />
      ) : null}
      <SeriesReading read={read} settings={input.settings} onChange={change} />
    </>
  );
}
