// What the generative model dreams of, now and at earlier steps, of the run on view.

import { useRef } from "react";
import type { DomainViewProps, DomainViews } from "../../../views/domainViews";
import { useOnScreen } from "../../../views/frame/useOnScreen";
import { DreamGallery } from "../../../views/posterior/DreamGallery";
import { PICTURE_MS, useAnswer } from "./useAnswer";

export type DreamPanelProps = { readonly views: DomainViews; readonly props: DomainViewProps };

export function DreamPanel({ views, props }: DreamPanelProps) {
  const part = useRef<HTMLDivElement>(null);
  const isOnScreen = useOnScreen(part);
  const dreams = useAnswer(isOnScreen ? { kind: "dreams" } : null, PICTURE_MS);
  return (
    <div ref={part} data-part="dreams">
      <DreamGallery
        dreams={dreams}
        spec={props.spec}
        options={props.options}
        ObservationPicture={views.ObservationPicture}
        ProgramCell={views.ProgramCell}
        isText={views.programColumn === null}
        size={views.dreamSize}
      />
    </div>
  );
}
