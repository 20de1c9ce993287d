// An equation: MathML with a text alternative, and what its symbols mean on focus, hover and touch.

import { type RefObject, useEffect, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { type FormulaEntry, type FormulaId, formulaOf } from "./formulaTable";
import "./formulas.css";

export type FormulaProps = { readonly id: FormulaId };

/** An inline equation; a tab stop, so that its symbols can be explained from the keyboard. Escape closes the tip. */
export function Formula({ id }: FormulaProps) {
  const tipId = useId();
  const anchor = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const schedule = (open: boolean) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(open), 140);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const formula = formulaOf(id);
  return (
    <>
      <span
        ref={anchor}
        role="math"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: focus explains the symbols, as hovering does
        tabIndex={0}
        className="formula"
        data-formula={id}
        aria-label={formula.words}
        aria-describedby={isOpen ? tipId : undefined}
        onPointerEnter={() => schedule(true)}
        onPointerLeave={() => schedule(document.activeElement === anchor.current)}
        onFocus={() => schedule(true)}
        onBlur={() => schedule(false)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !isOpen) return;
          event.stopPropagation();
          setOpen(false);
        }}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: MathML made at build time from formulas.json
        dangerouslySetInnerHTML={{ __html: formula.html }}
      />
      {isOpen ? <SymbolTip id={tipId} formula={formula} anchor={anchor} /> : null}
    </>
  );
}

type SymbolTipProps = {
  readonly id: string;
  readonly formula: FormulaEntry;
  readonly anchor: RefObject<HTMLElement | null>;
};

/** The list of symbols beside its formula; on top of whatever scrolls. */
function SymbolTip({ id, formula, anchor }: SymbolTipProps) {
  const box = anchor.current?.getBoundingClientRect();
  if (!box) return null;
  const isAbove = box.top > window.innerHeight / 2;
  const left = Math.max(8, Math.min(box.left, window.innerWidth - 348));
  return createPortal(
    <div
      id={id}
      role="tooltip"
      className="formula-tip"
      style={{ left, ...(isAbove ? { bottom: window.innerHeight - box.top + 6 } : { top: box.bottom + 6 }) }}
    >
      <dl>
        {formula.symbols.map((symbol) => (
          <div key={symbol.id}>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: MathML made at build time from formulas.json */}
            <dt dangerouslySetInnerHTML={{ __html: symbol.html }} />
            <dd>{symbol.meaning}</dd>
          </div>
        ))}
      </dl>
    </div>,
    anchor.current?.closest("main, [role=dialog]") ?? document.body,
  );
}
