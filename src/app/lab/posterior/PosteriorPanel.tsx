// The posterior picture of the list on show: bars by category for what its programs are made of.

import type { MemoryView } from "../../../engine/run/records";
import type { DomainViewProps, DomainViews } from "../../../views/domainViews";
import { PosteriorBars } from "../../../views/posterior/PosteriorBars";

export type PosteriorPanelProps = {
  readonly views: DomainViews;
  readonly props: DomainViewProps;
  readonly view: MemoryView | null;
};

export function PosteriorPanel({ views, props, view }: PosteriorPanelProps) {
  const bars = view ? views.posterior(view, props) : null;
  if (!bars) return <p className="starting">No {props.spec.programName.many} yet.</p>;
  return (
    <div data-part="posterior">
      <PosteriorBars {...bars} />
    </div>
  );
}
