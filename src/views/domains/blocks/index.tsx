// The pictures of the blocks domain, found by the workbench through the folder's name.

import type { ReactNode } from "react";
import type { DomainViewProps, DomainViews } from "../../domainViews";
import { SCENE_KEYS } from "../../scene3d/sceneKeyList";
import { blocksView } from "./blocksView";
import { CameraFigure } from "./CameraFigure";
import { memoryExtras } from "./memoryExtras";
import { ObservationPicture } from "./ObservationPicture";
import { PresetPicture } from "./PresetPicture";
import { ProgramCell } from "./ProgramCell";
import { RunPicture } from "./RunPicture";
import { SceneFigure } from "./SceneFigure";
import { SceneWall } from "./SceneWall";
import { TypesFigure } from "./TypesFigure";
import { towerPosterior } from "./towerPosterior";
import "./blocks.css";

/** Everything that the workbench shows for blocks. */
export const views: DomainViews = {
  ObservationPicture,
  Main,
  Side,
  RunPicture,
  ProgramCell,
  programColumn: null,
  memoryExtras,
  posterior: towerPosterior,
  PresetPicture,
  keys: SCENE_KEYS,
  UserDataDialog: null,
};

function Main(props: DomainViewProps): ReactNode {
  const view = blocksView(props);
  if (!view) return null;
  return (
    <div className="wsl-blocks">
      <SceneWall view={view} onSelect={props.onSelect} />
      <SceneFigure
        key={view.row}
        view={view}
        selectedProgram={props.selectedProgram}
        onSelectProgram={props.onSelectProgram}
      />
      <TypesFigure view={view} iterations={Number(props.options["iterations"] ?? 0)} />
    </div>
  );
}

/** The published figure, of the scene on show. */
function Side(props: DomainViewProps): ReactNode {
  const view = blocksView(props);
  return view ? <CameraFigure view={view} /> : null;
}
