// The export button of a figure: a small menu of file formats, closed by Escape or by leaving it.

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { ExportFormat } from "./exportFigure";
import { Icon } from "./icons";

const names: Readonly<Record<ExportFormat, string>> = {
  csv: "CSV, all rows",
  json: "JSON, all rows",
  svg: "SVG, light theme",
  png: "PNG, twice the size",
};

export type ExportMenuProps = {
  readonly title: string;
  readonly formats: readonly ExportFormat[];
  readonly onExport: (format: ExportFormat) => void;
  /** False while the table hides the drawing: SVG and PNG are then not offered. */
  readonly canDraw: () => boolean;
};

/** Button with a menu of formats; arrow keys move, Escape closes and returns the focus. */
export function ExportMenu(props: ExportMenuProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) menu.current?.querySelector<HTMLButtonElement>("button:not(:disabled)")?.focus();
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const items = [...(menu.current?.querySelectorAll<HTMLButtonElement>("button:not(:disabled)") ?? [])];
    const at = items.findIndex((item) => item.matches(":focus"));
    items[(at + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length]?.focus();
  };
  return (
    <div
      className="wsl-menu-anchor"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className="wsl-quiet"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={`Export ${props.title}`}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="export" size={14} />
      </button>
      {isOpen ? (
        <div
          ref={menu}
          className="wsl-menu"
          role="menu"
          aria-label={`Export ${props.title}`}
          onKeyDown={onKeyDown}
          tabIndex={-1}
        >
          {props.formats.map((format) => (
            <button
              key={format}
              type="button"
              role="menuitem"
              disabled={(format === "svg" || format === "png") && !props.canDraw()}
              onClick={() => {
                props.onExport(format);
                close();
              }}
            >
              {names[format]}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
