// A panel that is closed unless the link or a click opens it; its content is fetched then.

import { type ReactNode, Suspense } from "react";
import type { ExtraPanelId } from "../../router/labLink";
import { toggleExtraPanel, useLayout } from "../../stores/layoutStore";
import { Icon } from "../../ui/Icon";
import { Shown } from "../Shown";

export type ExtraSectionProps = {
  readonly id: ExtraPanelId;
  readonly title: string;
  readonly children: ReactNode;
};

/** Title button and, while open, the content; a teacher's link may leave it out. */
export function ExtraSection({ id, title, children }: ExtraSectionProps) {
  const isOpen = useLayout((layout) => layout.opened.includes(id));
  return (
    <Shown part={id}>
      <section className="panel" data-panel={id}>
        <h2 className="panel-title">
          <button type="button" aria-expanded={isOpen} onClick={() => toggleExtraPanel(id)}>
            {title}
            <Icon name="down" size={12} />
          </button>
        </h2>
        {isOpen ? (
          <Suspense fallback={<p className="starting">Loading {title.toLowerCase()}.</p>}>{children}</Suspense>
        ) : null}
      </section>
    </Shown>
  );
}
