// The estimator lens as a panel of the right column; its code comes when the panel is open.

import { lazy, Suspense } from "react";
import type { DomainSpec } from "../../../engine/domain";
import { useViewed } from "../../stores/runStore";
import { PanelSection } from "../PanelSection";
import { useViewProps } from "../Pictures";
import { Shown } from "../Shown";
import { observationLabel } from "./observationLabel";

const LensPanel = lazy(() => import("./LensPanel").then((module) => ({ default: module.LensPanel })));

export function LensSection({ spec }: { readonly spec: DomainSpec }) {
  return (
    <Shown part="lens">
      <PanelSection id="lens" title="Estimator lens">
        <Lens spec={spec} />
      </PanelSection>
    </Shown>
  );
}

function Lens({ spec }: { readonly spec: DomainSpec }) {
  const props = useViewProps(spec, useViewed());
  if (!props) return null;
  return (
    <Suspense fallback={<p className="starting">Loading the lens.</p>}>
      <LensPanel props={props} label={observationLabel(props)} />
    </Suspense>
  );
}
