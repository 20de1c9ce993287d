// The pictures of the clusters domain, found by the workbench through the folder's name.

import type { ReactNode } from "react";
import type { MemoryEntry } from "../../../engine/run/records";
import type { DomainViewProps, DomainViews, MemoryExtras } from "../../domainViews";
import { weightText } from "../../numberText";
import "./clusters.css";
import { clusterNumbers } from "./clusterNumbers";
import { clusterView } from "./clusterView";
import { DataSetFigure } from "./DataSetFigure";
import { explainScore } from "./explainScore";
import { MassFigure } from "./MassFigure";
import { ObservationPicture } from "./ObservationPicture";
import { PresetPicture } from "./PresetPicture";
import { ProgramCell } from "./ProgramCell";
import { RunPicture } from "./RunPicture";
import { SameCluster } from "./SameCluster";

/** Everything that the workbench shows for clusters. */
export const views: DomainViews = {
  ObservationPicture,
  Main,
  Side,
  RunPicture,
  ProgramCell,
  programColumn: "Points 1 to 7",
  memoryExtras,
  posterior: clusterNumbers,
  PresetPicture,
  UserDataDialog: null,
};

function Main(props: DomainViewProps): ReactNode {
  const view = clusterView(props);
  if (!view) return null;
  return (
    <DataSetFigure
      view={view}
      count={props.facts.numTrain}
      print={(program) => props.spec.program.print([program], props.options)}
      onSelect={props.onSelect}
      onSelectProgram={props.onSelectProgram}
    />
  );
}

function Side(props: DomainViewProps): ReactNode {
  const view = clusterView(props);
  if (!view) return null;
  return (
    <div className="wsl-clusters-side">
      <SameCluster view={view} />
      <MassFigure view={view} />
    </div>
  );
}

/** The exact posterior of every member, as a column and as a tick on its weight bar. */
function memoryExtras(props: DomainViewProps): MemoryExtras | null {
  const picture = clusterView(props)?.picture;
  if (!picture) return null;
  const exact = new Map(Array.from(picture.programs, (program, i) => [program, picture.exact[i] ?? Number.NaN]));
  const of = (entry: MemoryEntry) => exact.get(entry.program[0] ?? -1);
  return {
    columns: [
      {
        head: "exact",
        help: "Exact posterior probability under the learned model, from all 877 clusterings.",
        text: (entry) => {
          const value = of(entry);
          return value === undefined ? "" : weightText(value);
        },
      },
    ],
    tick: (entry) => of(entry) ?? null,
    explain: (entry, part) => explainScore(props, entry, part),
    note: `holding ${weightText(picture.memoryMass)} of the exact mass`,
  };
}
