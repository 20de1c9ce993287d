// The frame of every chart and picture: title with unit and sample size on one line, switches at the right, "Table" in
// place of the drawing, an export menu, and one sentence made from the data for people who do not see the picture.

import { createContext, type ReactNode, useContext, useEffect, useId, useRef, useState } from "react";
import { ExportMenu } from "./ExportMenu";
import type { ExportFormat, FigureContent } from "./exportFigure";
import { type FigureTable, shownRows } from "./figureTable";
import { countDrawing } from "./useFrame";
import "./frame.css";
import { valueText } from "../numberText";
import { Icon } from "./icons";

export type FigureExports = {
  /** Lines that every export carries: version, options, seed, backend, data and its hash. */
  readonly provenance: readonly string[];
  /** Takes over the export; default: the file goes to the person's downloads. */
  readonly onExport?: (format: ExportFormat, content: FigureContent) => void;
};

/** What the app gives all figures at once; a figure's own props win. */
export const FigureExportContext = createContext<FigureExports>({ provenance: [] });

export type FigureFrameProps = {
  /** Value of data-chart or data-picture, and the exported file's name. */
  readonly name: string;
  readonly kind: "chart" | "picture" | "table";
  /** What is seen, sentence case: "What comes next". */
  readonly title: string;
  /** Unit, sample size, estimator: on the title's line, quiet. */
  readonly unit?: ReactNode;
  /** The same as plain text for exports, where `unit` is more than text. */
  readonly unitText?: string;
  /** One sentence made from the data. */
  readonly sentence: string;
  /** The numbers; null where the figure is a table itself. Called only when shown or exported. */
  readonly table: (() => FigureTable) | null;
  /** Numbers for CSV and JSON of a figure that is a table itself. */
  readonly exportTable?: () => FigureTable;
  /** Rows of the CSV where they are not those of the table. */
  readonly csvTable?: () => FigureTable;
  /** Lines of a text file: programs, strings, rows of a picture. */
  readonly lines?: () => readonly string[];
  readonly switches?: ReactNode;
  /** Changes whenever an SVG is drawn anew: counted in data-frame (canvases count their own drawings). */
  readonly redrawn?: unknown;
  /** Charts: number of series and last value by series id. */
  readonly seriesCount?: number;
  readonly lastValues?: Readonly<Record<string, number>>;
  readonly provenance?: readonly string[];
  readonly onExport?: FigureExports["onExport"];
  readonly headingLevel?: 2 | 3;
  readonly children: ReactNode;
};

/** A titled figure with table, export and description; the drawing keeps its place when the table replaces it. */
export function FigureFrame(props: FigureFrameProps): ReactNode {
  const titleId = useId();
  const figure = useRef<HTMLElement>(null);
  const drawing = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (figure.current && props.redrawn !== undefined && props.redrawn !== null) countDrawing(figure.current);
  }, [props.redrawn]);
  const [tableHeight, setTableHeight] = useState<number | null>(null);
  const Heading = props.headingLevel === 3 ? "h3" : "h2";
  const toggleTable = () =>
    setTableHeight((height) => (height === null ? Math.max(96, drawing.current?.offsetHeight ?? 0) : null));
  return (
    <figure
      ref={figure}
      className="wsl-figure"
      aria-labelledby={titleId}
      aria-describedby={`${titleId}d`}
      {...markers(props)}
    >
      <div className="wsl-figure-head">
        <div className="wsl-figure-titles">
          <Heading id={titleId}>{props.title}</Heading>
          {props.unit ? <span className="wsl-figure-unit">{props.unit}</span> : null}
        </div>
        <div className="wsl-figure-actions">
          {props.switches}
          {props.table ? (
            <button
              type="button"
              className="wsl-quiet"
              aria-pressed={tableHeight !== null}
              aria-label={tableHeight === null ? `Show ${props.title} as table` : `Show ${props.title} as picture`}
              onClick={toggleTable}
            >
              <Icon name={tableHeight === null ? "table" : "picture"} size={14} />
              <span className="wsl-wide">{tableHeight === null ? "Table" : "Picture"}</span>
            </button>
          ) : null}
          <FigureExport figure={props} drawing={drawing} />
        </div>
      </div>
      <p id={`${titleId}d`} className="wsl-figure-sentence">
        {props.sentence}
      </p>
      {tableHeight !== null && props.table ? (
        <TableInPlace title={props.title} table={props.table()} height={tableHeight} />
      ) : (
        <div ref={drawing} className="wsl-figure-drawing">
          {props.children}
        </div>
      )}
    </figure>
  );
}

function FigureExport(props: {
  readonly figure: FigureFrameProps;
  readonly drawing: { readonly current: HTMLElement | null };
}): ReactNode {
  const shared = useContext(FigureExportContext);
  const { figure } = props;
  const source = figure.exportTable ?? figure.table;
  if (!source) return null;
  const isTable = figure.kind === "table";
  const unit = figure.unitText ?? (typeof figure.unit === "string" ? figure.unit : undefined);
  const content = (): FigureContent => ({
    name: figure.name,
    title: figure.title,
    ...(unit === undefined ? {} : { unit }),
    sentence: figure.sentence,
    provenance: figure.provenance ?? shared.provenance,
    table: source,
    ...(figure.csvTable ? { csvTable: figure.csvTable } : {}),
    ...(figure.lines ? { lines: figure.lines } : {}),
    drawing: props.drawing.current,
    isTable,
  });
  const run = (format: ExportFormat) => {
    const take = figure.onExport ?? shared.onExport;
    if (take) take(format, content());
    else void import("./exportFigure").then((module) => module.downloadFigure(format, content()));
  };
  const copy = () => import("./copyFigure").then((module) => module.copyFigure(content()));
  const formats: readonly ExportFormat[] = ["csv", "json", ...(figure.lines ? (["txt"] as const) : []), "svg", "png"];
  return (
    <ExportMenu
      title={figure.title}
      formats={formats}
      onExport={run}
      onCopy={copy}
      canDraw={() => isTable || props.drawing.current !== null}
    />
  );
}

function markers(props: FigureFrameProps): Record<string, string> {
  const out: Record<string, string> = {};
  if (props.kind === "chart") out["data-chart"] = props.name;
  if (props.kind === "picture") out["data-picture"] = props.name;
  if (props.kind === "table") out["data-table"] = props.name;
  if (props.seriesCount !== undefined) out["data-series-count"] = String(props.seriesCount);
  if (props.lastValues) out["data-last-values"] = JSON.stringify(props.lastValues);
  return out;
}

function TableInPlace(props: {
  readonly title: string;
  readonly table: FigureTable;
  readonly height: number;
}): ReactNode {
  const { rows, every } = shownRows(props.table);
  return (
    <section
      className="wsl-figure-table"
      style={{ height: props.height }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs to be reachable by keyboard
      tabIndex={0}
      aria-label={`${props.title}, table`}
    >
      <table>
        {every > 1 ? <caption>{`every ${every} rows; exports hold all ${props.table.rows.length}`}</caption> : null}
        <thead>
          <tr>
            {props.table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own
            <tr key={i}>
              {row.map((value, j) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no identity of their own
                <td key={j} className={typeof value === "number" ? "wsl-number" : undefined}>
                  {cellText(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function cellText(value: number | string | null): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  return Number.isInteger(value) ? valueText(value).replace(/\.0+$/, "") : valueText(value);
}
