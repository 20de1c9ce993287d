// All series as small multiples: number, curve, and a mark where the best remembered expression has the kernel that made
// the series. Only rows in view are drawn; arrow keys walk through them.

import { type KeyboardEvent, memo, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { FigureFrame } from "../../frame/FigureFrame";
import { FigureScaleContext } from "../../frame/figureScale";
import type { FigureTable } from "../../frame/figureTable";
import { Icon } from "../../frame/icons";
import { useWidth } from "../../frame/useWidth";
import { countText } from "../../numberText";
import { kernelText } from "./kernelText";
import { OBSERVED } from "./PlotLayers";
import { type SeriesView, seriesName, valuesOf } from "./seriesView";
import { sparkPath } from "./sparkline";

export type SeriesGridProps = {
  readonly view: SeriesView;
  readonly onSelect: (row: number) => void;
};

/** CSS px of a tile and its curve, rows in view. */
const TILE = { width: 96, height: 54, curve: 34 };
const ROWS_SHOWN = 2;
const ROWS_PRESENTED = 5;

const FOUND = 1;
const UNKNOWN = 255;

/** Its height does not depend on the number of series. */
export function SeriesGrid(props: SeriesGridProps): ReactNode {
  const { view } = props;
  const { data, picture } = view;
  const marks = picture?.isRecovered ?? null;
  const known = marks ? marks.filter((mark) => mark !== UNKNOWN).length : 0;
  const found = marks ? marks.filter((mark) => mark === FOUND).length : 0;
  const unit =
    known > 0
      ? `${countText(data.count)}; check mark: the kernel that made it is found, ${found} of ${known}`
      : countText(data.count);
  return (
    <FigureFrame
      name="all-series"
      kind="picture"
      title="Series"
      unit={unit}
      sentence={`${countText(data.count)} series. ${known > 0 ? `For ${found} of ${known} the best expression has the kernel that made the series. ` : ""}On show: ${seriesName(data, view.row)}.`}
      table={() => gridTable(view)}
    >
      <Grid {...props} />
    </FigureFrame>
  );
}

function Grid({ view, onSelect }: SeriesGridProps): ReactNode {
  const { data, row, picture } = view;
  const list = useRef<HTMLDivElement>(null);
  const width = useWidth(list, 760) - 8;
  const { picture: scale } = useContext(FigureScaleContext);
  const height = Math.round(TILE.height * scale);
  const shown = scale > 1 ? ROWS_PRESENTED : ROWS_SHOWN;
  const columns = Math.max(2, Math.floor(width / (TILE.width * scale)));
  const rows = Math.ceil(data.count / columns);
  const [top, setTop] = useState(0);
  useKeptInView(list, Math.floor(row / columns) * height, height, shown);
  const first = Math.max(0, Math.floor(top / height) - 1) * columns;
  const end = Math.min(data.count, (Math.floor(top / height) + shown + 2) * columns);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = tileStep(event.key, row, data.count, columns, shown);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    onSelect(next);
  };
  return (
    <div
      ref={list}
      role="listbox"
      tabIndex={0}
      className="wsl-series-grid"
      style={{ height: Math.min(shown, rows) * height }}
      aria-label="Series"
      aria-activedescendant={row >= first && row < end ? `series-${row}` : undefined}
      onKeyDown={onKeyDown}
      onScroll={(event) => setTop(Math.floor(event.currentTarget.scrollTop / height) * height)}
    >
      <div role="presentation" style={{ height: rows * height }}>
        {Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i).map((each) => (
          <Tile
            key={each}
            row={each}
            values={valuesOf(data, each)}
            name={seriesName(data, each)}
            truth={data.truths[each] ?? ""}
            count={data.count}
            mark={picture?.isRecovered[each] ?? UNKNOWN}
            isSelected={each === row}
            left={(100 * (each % columns)) / columns}
            top={Math.floor(each / columns) * height}
            width={width / columns}
            height={height}
            scale={scale}
            onSelect={onSelect}
          />
        ))}
      </div>
    </div>
  );
}

/** Scrolls so that the row of the series on show is in view. */
function useKeptInView(
  list: { readonly current: HTMLElement | null },
  at: number,
  height: number,
  shown: number,
): void {
  useEffect(() => {
    const target = list.current;
    if (!target) return;
    if (at < target.scrollTop) target.scrollTop = at;
    else if (at + height > target.scrollTop + shown * height) target.scrollTop = at + height - shown * height;
  }, [list, at, height, shown]);
}

type TileProps = {
  readonly row: number;
  readonly values: Float32Array;
  readonly name: string;
  readonly truth: string;
  readonly count: number;
  readonly mark: number;
  readonly isSelected: boolean;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly onSelect: (row: number) => void;
};

const Tile = memo(
  function Tile(props: TileProps): ReactNode {
    const { row, name, mark, values, width, scale } = props;
    const curve = { width: Math.floor(width) - 10, height: Math.round(TILE.curve * scale) };
    const d = useMemo(() => sparkPath(values, curve.width, curve.height), [values, curve.width, curve.height]);
    const isFound = mark === FOUND;
    const state = isFound ? ", its kernel is found" : mark === UNKNOWN ? "" : ", its kernel is not found";
    const truth = props.truth === "" ? "" : `, made with ${kernelText(props.truth)}`;
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
      // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
      <div
        role="option"
        id={`series-${row}`}
        className="wsl-series-tile"
        aria-selected={props.isSelected}
        aria-setsize={props.count}
        aria-posinset={row + 1}
        aria-label={`${name}${truth}${state}`}
        data-row={row}
        data-found={isFound ? "" : undefined}
        style={{ left: `${props.left}%`, top: props.top, width, height: props.height }}
        onClick={() => props.onSelect(row)}
      >
        <svg width={curve.width} height={curve.height} aria-hidden="true" focusable="false">
          <path d={d} fill="none" stroke={OBSERVED} strokeWidth="1.2" />
        </svg>
        <span>
          {name.replace(/^series /, "")}
          {isFound ? <Icon name="check" size={11} /> : null}
        </span>
      </div>
    );
  },
  (a, b) =>
    (Object.keys(a) as (keyof TileProps)[]).every(
      (key) => key === "values" || key === "onSelect" || a[key] === b[key],
    ) &&
    a.values.buffer === b.values.buffer &&
    a.values.byteOffset === b.values.byteOffset,
);

/** Row that a key leads to; null for keys that mean nothing here. */
export function tileStep(key: string, row: number, count: number, columns: number, shown: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: columns * shown,
    PageUp: -columns * shown,
    Home: -row,
    End: count - 1 - row,
  };
  const step = steps[key];
  return step === undefined ? null : Math.min(count - 1, Math.max(0, row + step));
}

function gridTable({ data, picture }: SeriesView): FigureTable {
  const words = (mark: number | undefined) => (mark === FOUND ? "yes" : mark === 0 ? "no" : "not known");
  return {
    columns: ["series", "made with", "kernel found", "mean", "standard deviation"],
    rows: Array.from({ length: data.count }, (_, row) => {
      const values = valuesOf(data, row);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      const truth = data.truths[row] ?? "";
      const found = words(picture?.isRecovered[row]);
      return [seriesName(data, row), truth || "not known", found, mean, Math.sqrt(variance)];
    }),
  };
}
