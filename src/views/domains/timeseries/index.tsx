// The pictures of the time-series domain, found by the workbench through the folder's name.

import type { ReactNode } from "react";
import type { DomainViewProps, DomainViews } from "../../domainViews";
import { kernelPosterior } from "./kernelPosterior";
import { memoryExtras } from "./memoryExtras";
import { ObservationPicture } from "./ObservationPicture";
import { PresetPicture } from "./PresetPicture";
import { ProgramCell } from "./ProgramCell";
import { RunPicture } from "./RunPicture";
import { SeriesFigure } from "./SeriesFigure";
import { SeriesGrid } from "./SeriesGrid";
import { seriesView } from "./seriesView";
import "./timeseries.css";

/** Everything that the workbench shows for time series. */
export const views: DomainViews = {
  ObservationPicture,
  Main,
  Side: null,
  RunPicture,
  ProgramCell,
  programColumn: null,
  dreamSize: 58,
  memoryExtras,
  posterior: kernelPosterior,
  PresetPicture,
  UserDataDialog: null,
};

function Main(props: DomainViewProps): ReactNode {
  const view = seriesView(props);
  if (!view) return null;
  const { shown } = view;
  return (
    <div className="wsl-timeseries">
      <SeriesGrid view={view} onSelect={props.onSelect} />
      <SeriesFigure
        key={view.row}
        view={view}
        isChosen={shown !== null && props.selectedProgram === shown.printed}
        onSelectProgram={props.onSelectProgram}
      />
    </div>
  );
}
