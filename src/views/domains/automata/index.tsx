// The pictures of the automata domain, found by the workbench through the folder's name.

import type { ReactNode } from "react";
import type { DomainViewProps, DomainViews } from "../../domainViews";
import "./automata.css";
import { automataView } from "./automataView";
import { bitPosterior } from "./bitPosterior";
import { Extrapolation } from "./Extrapolation";
import { explainScore } from "./explainScore";
import { ImageWall } from "./ImageWall";
import { ObservationPicture } from "./ObservationPicture";
import { PresetPicture } from "./PresetPicture";
import { ProgramCell } from "./ProgramCell";
import { RuleExplorer } from "./RuleExplorer";
import { RunPicture } from "./RunPicture";
import { UserDataDialog } from "./UserDataDialog";

/** Everything that the workbench shows for automata. */
export const views: DomainViews = {
  ObservationPicture,
  Main,
  Side,
  RunPicture,
  ProgramCell,
  programColumn: "Bits, highest first",
  memoryExtras: explainScore,
  posterior: bitPosterior,
  PresetPicture,
  UserDataDialog,
};

function Main(props: DomainViewProps): ReactNode {
  const view = automataView(props);
  if (!view) return null;
  return (
    <div className="wsl-automata">
      <ImageWall
        view={view}
        userRow={props.facts.userRow}
        onSelect={props.onSelect}
        onSelectProgram={props.onSelectProgram}
      />
      <Extrapolation view={view} memory={props.memory} />
    </div>
  );
}

function Side(props: DomainViewProps): ReactNode {
  const view = automataView(props);
  return view ? <RuleExplorer view={view} /> : null;
}
