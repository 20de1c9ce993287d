// A table of results: columns sort by their heads, the rows under the rule stay where they are. Scrolls in itself.

import { type ReactNode, useState } from "react";
import "./compareViews.css";

export type SortedColumn = {
  readonly key: string;
  readonly head: string;
  /** What the column holds, on hover and for screen readers. */
  readonly help?: string;
  readonly isNumber: boolean;
};

export type SortedCell = {
  readonly content: ReactNode;
  /** What the column sorts by; NaN and "" go last. */
  readonly sort: number | string;
};

export type SortedRow = { readonly id: string; readonly cells: readonly SortedCell[] };

export type SortedTableProps = {
  readonly label: string;
  readonly columns: readonly SortedColumn[];
  readonly rows: readonly SortedRow[];
  /** Rows that do not take part in sorting: differences. */
  readonly foot: readonly { readonly id: string; readonly cells: readonly ReactNode[] }[];
};

type Order = { readonly key: string; readonly isUp: boolean };

/** Ascending at the first press of a head, descending at the second, the given order at the third. */
export function SortedTable(props: SortedTableProps): ReactNode {
  const { columns, foot } = props;
  const [order, setOrder] = useState<Order | null>(null);
  const rows = order === null ? props.rows : sorted(props.rows, columns, order);
  const press = (key: string) =>
    setOrder((now) => (now?.key !== key ? { key, isUp: true } : now.isUp ? { key, isUp: false } : null));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs to be reachable by keyboard
    <section className="wsl-results-scroll" tabIndex={0} aria-label={`${props.label}, table`}>
      <table className="wsl-results">
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} order={order} onPress={press} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-result={row.id}>
              {row.cells.map((cell, i) => (
                <Cell key={columns[i]?.key ?? i} isHead={i === 0} isNumber={columns[i]?.isNumber ?? false}>
                  {cell.content}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
        {foot.length > 0 ? (
          <tfoot>
            {foot.map((row) => (
              <tr key={row.id} data-difference={row.id}>
                {row.cells.map((content, i) => (
                  <Cell key={columns[i]?.key ?? i} isHead={i === 0} isNumber={columns[i]?.isNumber ?? false}>
                    {content}
                  </Cell>
                ))}
              </tr>
            ))}
          </tfoot>
        ) : null}
      </table>
    </section>
  );
}

type HeadProps = {
  readonly column: SortedColumn;
  readonly order: Order | null;
  readonly onPress: (key: string) => void;
};

function Head({ column, order, onPress }: HeadProps): ReactNode {
  const isSorted = order?.key === column.key;
  const direction = isSorted ? (order.isUp ? "ascending" : "descending") : "none";
  return (
    <th scope="col" aria-sort={direction} className={column.isNumber ? "wsl-number" : undefined}>
      <button type="button" title={column.help} onClick={() => onPress(column.key)}>
        {column.head}
        <svg width={8} height={10} viewBox="0 0 8 10" aria-hidden="true" focusable="false">
          {direction === "descending" ? null : <path d="M1 4L4 1L7 4" data-on={isSorted ? "" : undefined} />}
          {direction === "ascending" ? null : <path d="M1 6L4 9L7 6" data-on={isSorted ? "" : undefined} />}
        </svg>
      </button>
    </th>
  );
}

function Cell(props: {
  readonly isHead: boolean;
  readonly isNumber: boolean;
  readonly children: ReactNode;
}): ReactNode {
  if (props.isHead) return <th scope="row">{props.children}</th>;
  return <td className={props.isNumber ? "wsl-number" : undefined}>{props.children}</td>;
}

function sorted(rows: readonly SortedRow[], columns: readonly SortedColumn[], order: Order): readonly SortedRow[] {
  const index = columns.findIndex((column) => column.key === order.key);
  const sign = order.isUp ? 1 : -1;
  const isMissing = (value: number | string) => value === "" || (typeof value === "number" && Number.isNaN(value));
  return [...rows].sort((a, b) => {
    const first = a.cells[index]?.sort ?? "";
    const second = b.cells[index]?.sort ?? "";
    if (isMissing(first) || isMissing(second)) return Number(isMissing(first)) - Number(isMissing(second));
    if (typeof first === "number" && typeof second === "number") return sign * (first - second);
    return sign * String(first).localeCompare(String(second), "en", { numeric: true });
  });
}
