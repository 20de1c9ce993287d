// The tooltip of a number: formula in symbols, the same with the numbers, what it means. It opens on hover and focus
// after 140 ms, stays under the pointer and closes on Escape.

import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";

export type TipLines = {
  readonly symbols: string;
  readonly numbers: string;
  readonly meaning: string;
};

export type TipProps = {
  readonly lines: () => TipLines;
  readonly children: ReactNode;
  /** True while the element around it has the focus: opens the tooltip from the keyboard. */
  readonly isFocused?: boolean;
};

type Place = { readonly left: number; readonly top: number; readonly above: boolean };

/** Wraps a number; its explanation appears beside it and is tied to it by aria-describedby. */
export function Tip(props: TipProps): ReactNode {
  const id = useId();
  const anchor = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [place, setPlace] = useState<Place | null>(null);
  const isFocused = props.isFocused ?? false;
  const schedule = (open: boolean) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setPlace(open ? placeOf(anchor.current) : null), 140);
  };
  useEffect(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setPlace(isFocused ? placeOf(anchor.current) : null), 140);
    return () => clearTimeout(timer.current);
  }, [isFocused]);
  useEffect(() => {
    if (!place) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") setPlace(null);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [place]);
  const lines = place ? props.lines() : null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only adds an explanation that focus gives as well
    <span
      ref={anchor}
      className="wsl-tip-anchor"
      aria-describedby={lines ? id : undefined}
      onMouseEnter={() => schedule(true)}
      onMouseLeave={() => schedule(isFocused)}
    >
      {props.children}
      {lines && place
        ? createPortal(
            <div
              id={id}
              role="tooltip"
              className="wsl-tip"
              style={{ left: place.left, top: place.top, transform: place.above ? "translateY(-100%)" : undefined }}
              onMouseEnter={() => schedule(true)}
              onMouseLeave={() => schedule(isFocused)}
            >
              <div className="wsl-tip-symbols">{lines.symbols}</div>
              <div>{lines.numbers}</div>
              <div>{lines.meaning}</div>
            </div>,
            anchor.current?.closest("main") ?? document.body,
          )
        : null}
    </span>
  );
}

function placeOf(element: HTMLElement | null): Place | null {
  if (!element) return null;
  const box = element.getBoundingClientRect();
  const above = box.bottom + 110 > window.innerHeight;
  const left = Math.max(8, Math.min(box.left, window.innerWidth - 328));
  return { left, top: above ? box.top - 6 : box.bottom + 6, above };
}
