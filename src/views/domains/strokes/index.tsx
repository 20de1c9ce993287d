// The pictures of the strokes domain, found by the workbench through the folder's name.

import { type ReactNode, useMemo } from "react";
import type { DomainViewProps, DomainViews } from "../../domainViews";
import { AlphabetFigure } from "./AlphabetFigure";
import { BankFigure } from "./BankFigure";
import { CharacterFigure } from "./CharacterFigure";
import { explainScore } from "./explainScore";
import { ObservationPicture } from "./ObservationPicture";
import { PresetPicture } from "./PresetPicture";
import { ProgramCell } from "./ProgramCell";
import { RecoveryFigure } from "./RecoveryFigure";
import { RunPicture } from "./RunPicture";
import "./strokes.css";
import { strokeSlots } from "./strokeColours";
import { type StrokesView, strokesView } from "./strokesView";
import { tokenPosterior } from "./tokenPosterior";
import { UserDataDialog } from "./UserDataDialog";
import { useDrawing } from "./useDrawing";
import { useMarks } from "./useMarks";
import { WallFigure } from "./WallFigure";

/** Everything that the workbench shows for strokes. */
export const views: DomainViews = {
  ObservationPicture,
  Main,
  Side,
  RunPicture,
  ProgramCell,
  programColumn: null,
  dreamSize: 56,
  memoryExtras: explainScore,
  posterior: tokenPosterior,
  PresetPicture,
  UserDataDialog,
};

function Main(props: DomainViewProps): ReactNode {
  const view = strokesView(props);
  return view ? <Pictures {...props} view={view} /> : null;
}

function Pictures({ view, ...props }: DomainViewProps & { readonly view: StrokesView }): ReactNode {
  const drawing = useDrawing(props.spec);
  const marks = useMarks();
  const { tools, shown } = view;
  const key = shown?.tokens.join() ?? "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the program
  const slots = useMemo(() => strokeSlots(shown?.tokens ?? [], tools), [key, tools]);
  const uses = (stroke: number) => charactersWith(view, stroke);
  const { userRow } = props.facts;
  return (
    <div className="wsl-strokes-room">
      <div className="wsl-strokes">
        <CharacterFigure
          view={view}
          drawing={drawing}
          slots={slots}
          marks={marks}
          isOwn={userRow >= 0 && view.row >= userRow}
          isChosen={shown !== null && props.selectedProgram === shown.printed}
          onSelectProgram={props.onSelectProgram}
        />
        <BankFigure view={view} drawing={drawing} slots={slots} marks={marks} uses={uses} />
        <WallFigure
          view={view}
          drawing={drawing}
          userRow={userRow}
          marked={marks.shown?.stroke ?? null}
          onSelect={props.onSelect}
        />
      </div>
    </div>
  );
}

/** What only some runs have: the hidden strokes that made the data, and the habits of an alphabet. */
function Side(props: DomainViewProps): ReactNode {
  const view = strokesView(props);
  const drawing = useDrawing(props.spec);
  if (!view || !drawing) return null;
  return (
    <>
      {view.data.trueBank ? <RecoveryFigure view={view} drawing={drawing} marks={null} /> : null}
      {view.data.isConditional ? <AlphabetFigure view={view} drawing={drawing} /> : null}
    </>
  );
}

/** Number of characters whose best program draws this stroke. */
function charactersWith({ picture, data, tools }: StrokesView, stroke: number): number {
  if (!picture) return 0;
  const { programs, hasProgram } = picture;
  let count = 0;
  for (let n = 0; n < hasProgram.length; n++) {
    if (hasProgram[n] !== 1) continue;
    const tokens = programs.subarray(n * data.tokens, (n + 1) * data.tokens);
    if (tokens.some((token) => tools.isDown(token) && tools.strokeOf(token) === stroke)) count++;
  }
  return count;
}
