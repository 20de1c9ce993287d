// Arrow keys inside a table that is a grid: one tab stop, arrows walk over the cells, Enter and Space choose the row.

import { type FocusEvent, type KeyboardEvent, useCallback } from "react";

export type GridHandlers = {
  readonly onKeyDown: (event: KeyboardEvent<HTMLTableElement>) => void;
  readonly onFocus: (event: FocusEvent<HTMLTableElement>) => void;
};

/** Handlers for a table with role grid; cells that take part have a tabIndex (0 for one, -1 for the others). */
export function useGridKeys(): GridHandlers {
  const onKeyDown = useCallback((event: KeyboardEvent<HTMLTableElement>) => {
    const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("td[tabindex]") : null;
    if (!cell) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      event.stopPropagation();
      cell.closest("tr")?.click();
      return;
    }
    const next = neighbour(event.currentTarget, cell, event.key);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  }, []);
  // The cell that had the focus last keeps the tab stop.
  const onFocus = useCallback((event: FocusEvent<HTMLTableElement>) => {
    if (!(event.target instanceof HTMLElement) || !event.target.matches("td[tabindex]")) return;
    for (const cell of event.currentTarget.querySelectorAll<HTMLElement>('td[tabindex="0"]')) cell.tabIndex = -1;
    event.target.tabIndex = 0;
  }, []);
  return { onKeyDown, onFocus };
}

function neighbour(table: HTMLElement, cell: HTMLElement, key: string): HTMLElement | null {
  const rows = [...table.querySelectorAll("tr")]
    .map((row) => [...row.querySelectorAll<HTMLElement>("td[tabindex]")])
    .filter((cells) => cells.length > 0);
  const at = rows.findIndex((cells) => cells.includes(cell));
  const row = rows[at] ?? [];
  const column = row.indexOf(cell);
  switch (key) {
    case "ArrowDown":
      return inRow(rows[at + 1], column);
    case "ArrowUp":
      return inRow(rows[at - 1], column);
    case "ArrowRight":
      return row[column + 1] ?? null;
    case "ArrowLeft":
      return row[column - 1] ?? null;
    case "Home":
      return row[0] ?? null;
    case "End":
      return row[row.length - 1] ?? null;
    default:
      return null;
  }
}

function inRow(row: HTMLElement[] | undefined, column: number): HTMLElement | null {
  return row ? (row[Math.min(column, row.length - 1)] ?? null) : null;
}
