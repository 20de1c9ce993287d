// The export button of a figure: a small menu of file formats, closed by Escape or by leaving it.

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { ExportFormat } from "./exportFigure";
import "./export.css";
import { Icon } from "./icons";

const names: Readonly<Record<ExportFormat, string>> = {
  csv: "CSV, all rows",
  json: "JSON, all rows",
  txt: "Text, one line each",
  svg: "SVG, light theme",
  png: "PNG, twice the size",
};

/** The line lies over the drawing: it goes again. */
const SAID_MS = 6000;

export type ExportMenuProps = {
  readonly title: string;
  readonly formats: readonly ExportFormat[];
  readonly onExport: (format: ExportFormat) => void;
  /** Puts drawing and caption on the clipboard; null where the page cannot. */
  readonly onCopy: (() => Promise<void>) | null;
  /** False while the table hides the drawing: SVG and PNG are then not offered. */
  readonly canDraw: () => boolean;
};

/** Button with a menu of formats; arrow keys move, Escape closes and returns the focus. */
export function ExportMenu(props: ExportMenuProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (said === "") return;
    const timer = setTimeout(() => setSaid(""), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    try {
      await props.onCopy?.();
      setSaid("Figure and caption copied.");
    } catch (error) {
      console.info("Clipboard:", error);
      setSaid("The clipboard is closed to this page. Export SVG instead.");
    }
  };
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className="wsl-menu-anchor">
      <button
        ref={button}
        type="button"
        className="wsl-quiet"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={`Export ${props.title}`}
        onClick={() => {
          setSaid("");
          setOpen(!isOpen);
        }}
      >
        <Icon name="export" size={14} />
      </button>
      {isOpen ? <FormatMenu {...props} copy={copy} onClose={close} onLeave={() => setOpen(false)} /> : null}
      {said ? (
        <span role="status" className="wsl-menu-said">
          {said}
        </span>
      ) : null}
    </div>
  );
}

type FormatMenuProps = ExportMenuProps & {
  readonly copy: () => Promise<void>;
  readonly onClose: () => void;
  readonly onLeave: () => void;
};

function FormatMenu(props: FormatMenuProps): ReactNode {
  const menu = useRef<HTMLDivElement>(null);
  const items = () => [...(menu.current?.querySelectorAll<HTMLButtonElement>("button:not(:disabled)") ?? [])];
  useEffect(() => {
    menu.current?.querySelector<HTMLButtonElement>("button:not(:disabled)")?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      props.onClose();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const all = items();
    const at = all.findIndex((item) => item.matches(":focus"));
    all[(at + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length]?.focus();
  };
  return (
    <div
      ref={menu}
      className="wsl-menu"
      role="menu"
      aria-label={`Export ${props.title}`}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) props.onLeave();
      }}
    >
      {props.formats.map((format) => (
        <button
          key={format}
          type="button"
          role="menuitem"
          disabled={(format === "svg" || format === "png") && !props.canDraw()}
          onClick={() => {
            props.onExport(format);
            props.onClose();
          }}
        >
          {names[format]}
        </button>
      ))}
      {props.onCopy ? (
        <button
          type="button"
          role="menuitem"
          disabled={!props.canDraw()}
          onClick={() => {
            void props.copy();
            props.onClose();
          }}
        >
          Copy as figure
        </button>
      ) : null}
    </div>
  );
}
