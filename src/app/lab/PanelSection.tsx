// A part of the workbench that can be closed; what is closed is part of the link.

import type { ReactNode } from "react";
import type { PanelId } from "../router/labLink";
import { togglePanel, useLayout } from "../stores/layoutStore";
import { Icon } from "../ui/Icon";

export type PanelSectionProps = { readonly id: PanelId; readonly title: string; readonly children: ReactNode };

/** Title button and content. */
export function PanelSection({ id, title, children }: PanelSectionProps) {
  const isOpen = useLayout((layout) => !layout.closed.includes(id));
  return (
    <section className="panel" data-panel={id}>
      <h2 className="panel-title">
        <button type="button" aria-expanded={isOpen} onClick={() => togglePanel(id)}>
          {title}
          <Icon name="down" size={12} />
        </button>
      </h2>
      {isOpen ? children : null}
    </section>
  );
}
