// The pictures of the strings domain, found by the workbench through the folder's name.

import type { ReactNode } from "react";
import type { DomainViewProps, DomainViews, MemoryExtras } from "../../domainViews";
import { ConceptFigure } from "./ConceptFigure";
import { ConceptList } from "./ConceptList";
import { EvaluatorFigure } from "./EvaluatorFigure";
import { memoryExtras } from "./memoryExtras";
import { ObservationPicture } from "./ObservationPicture";
import { PresetPicture } from "./PresetPicture";
import { ProgramCell } from "./ProgramCell";
import { RealismFigure } from "./RealismFigure";
import { RunPicture } from "./RunPicture";
import "./concepts.css";
import "./handEdit.css";
import "./strings.css";
import "./stringsSmall.css";
import { stringsView } from "./stringsView";
import { tokenPosterior } from "./tokenPosterior";

/** Everything that the workbench shows for strings. */
export const views: DomainViews = {
  ObservationPicture,
  Main,
  Side,
  RunPicture,
  ProgramCell,
  programColumn: null,
  dreamSize: 114,
  memoryExtras: (props): MemoryExtras | null => memoryExtras(props),
  posterior: tokenPosterior,
  PresetPicture,
  UserDataDialog: null,
};

function Main(props: DomainViewProps): ReactNode {
  const view = stringsView(props);
  if (!view) return null;
  const { userRow } = props.facts;
  return (
    <div className="wsl-strings-main">
      <ConceptList concepts={view.data.concepts} selected={view.row} userRow={userRow} onSelect={props.onSelect} />
      <ConceptFigure
        key={view.row}
        view={view}
        memory={props.memory}
        isOwn={userRow >= 0 && view.row >= userRow}
        isChosen={view.shown !== null && props.selectedProgram === view.shown.printed}
        onSelect={props.onSelect}
        onSelectProgram={props.onSelectProgram}
        onScore={props.onScore ?? null}
      />
    </div>
  );
}

function Side(props: DomainViewProps): ReactNode {
  const view = stringsView(props);
  if (!view) return null;
  return (
    <div className="wsl-strings-side">
      <EvaluatorFigure tools={view.tools} logits={view.logits} />
      <RealismFigure tools={view.tools} concepts={view.data.concepts} />
    </div>
  );
}
