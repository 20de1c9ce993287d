// A number that explains itself on hover and focus: formula, formula with the numbers, what it means. A tab stop of its
// own, unless it stands in a group that has one.

import { type CSSProperties, type ReactNode, useState } from "react";
import { Tip, type TipLines } from "./Tip";

export type FormulaTipProps = {
  /** What is explained, where the content does not say it: "training −143.1". */
  readonly label?: string;
  /** Called when the tip opens, so that its numbers are those of that moment. */
  readonly lines: () => TipLines;
  /** Default true. */
  readonly isTabStop?: boolean;
  readonly className?: string;
  readonly style?: CSSProperties;
  readonly children?: ReactNode;
};

/** Opens after 140 ms on hover or focus; Escape closes it. */
export function FormulaTip(props: FormulaTipProps): ReactNode {
  const [isFocused, setFocused] = useState(false);
  return (
    <span
      role="note"
      tabIndex={(props.isTabStop ?? true) ? 0 : -1}
      aria-label={props.label}
      className={`wsl-formula-tip ${props.className ?? ""}`}
      style={props.style}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <Tip lines={props.lines} isFocused={isFocused}>
        {props.children}
      </Tip>
    </span>
  );
}
