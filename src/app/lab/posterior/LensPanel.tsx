// The estimator lens of the run on view, asked for while it is on screen.

import { useRef } from "react";
import type { DomainViewProps } from "../../../views/domainViews";
import { EstimatorLens } from "../../../views/estimator/EstimatorLens";
import { useOnScreen } from "../../../views/frame/useOnScreen";
import { PICTURE_MS, useAnswer } from "./useAnswer";

export type LensPanelProps = { readonly props: DomainViewProps; readonly label: string };

export function LensPanel({ props, label }: LensPanelProps) {
  const part = useRef<HTMLDivElement>(null);
  const isOnScreen = useOnScreen(part);
  const lens = useAnswer(isOnScreen ? { kind: "lens", observation: props.selected } : null, PICTURE_MS);
  return (
    <div ref={part} data-part="lens">
      <EstimatorLens lens={lens} observationLabel={label} programName={props.spec.programName} />
    </div>
  );
}
