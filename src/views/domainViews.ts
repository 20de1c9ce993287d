// What a domain's pictures are to the workbench: components that take plain data and emit events.
// Each folder views/domains/<id>/ exports `views: DomainViews` from index.tsx; the app finds it by the folder's name.

import type { ComponentType } from "react";
import type { DataFacts, DomainSpec, UserData } from "../engine/domain";
import type { OptionValues } from "../engine/options";
import type { MemoryEntry, MemoryView } from "../engine/run/records";
import type { ScoreAnswer } from "../engine/worker/questions";
import type { TipLines } from "./frame/Tip";
import type { PosteriorBarsProps } from "./posterior/PosteriorBars";

export type DomainViewProps = {
  readonly spec: DomainSpec;
  readonly options: OptionValues;
  readonly facts: DataFacts;
  /** The domain's picture of the latest snapshot (its own record type), null before the first. */
  readonly picture: unknown;
  readonly memory: MemoryView | null;
  /** Training row on show. */
  readonly selected: number;
  readonly onSelect: (observation: number) => void;
  /** Printed form of the selected program, or null: highlighted in every linked picture. */
  readonly selectedProgram: string | null;
  readonly onSelectProgram: (printed: string | null) => void;
  /**
   * Asks the run on show for the scores of a program typed by hand, on the observation on show; null if it cannot answer
   * now. Absent where nobody can be asked (recorded runs, comparisons).
   */
  readonly onScore?: (text: string) => Promise<ScoreAnswer | null>;
};

export type ProgramCellProps = {
  readonly spec: DomainSpec;
  readonly options: OptionValues;
  readonly program: readonly number[];
  /** The best program of the same memory, to mark what differs; null for the best itself. */
  readonly best: readonly number[] | null;
};

/** What a domain adds to the memory table: exact weights where they are known. */
export type MemoryExtras = {
  readonly columns: readonly {
    readonly head: string;
    readonly help: string;
    readonly text: (entry: MemoryEntry) => string;
    /** px on a wide screen, default 64. */
    readonly width?: number;
  }[];
  /** Position 0..1 of a tick on the weight bar, or null. */
  readonly tick?: (entry: MemoryEntry) => number | null;
  /** Added to the title's line: "holding 0.97 of the exact mass". */
  readonly note?: string;
  /** A part of a score with the domain's own numbers, under the present model; null where it has nothing to add. */
  readonly explain?: (entry: MemoryEntry, part: "prior" | "likelihood") => TipLines | null;
};

export type UserDataDialogProps = {
  readonly spec: DomainSpec;
  readonly options: OptionValues;
  readonly open: boolean;
  /** A file that was dropped or chosen before the dialog opened, else null. */
  readonly file: File | null;
  readonly onClose: () => void;
  /** The person accepts: train with this as one more observation. */
  readonly onUse: (userData: UserData, options: OptionValues) => void;
};

export type ObservationPictureProps = {
  readonly spec: DomainSpec;
  readonly options: OptionValues;
  /** What the domain's describeObservation gives: rows of digits, points. */
  readonly observation: unknown;
  /** Accessible name: "dream 3, rule 110". */
  readonly label: string;
  /** Longest side in CSS px; whole-number scales only. */
  readonly size: number;
};

export type RunPictureProps = DomainViewProps & {
  /** Longest side in CSS px. */
  readonly size: number;
};

export type DomainViews = {
  /** One observation as a small picture: dreams, samples, small multiples. */
  readonly ObservationPicture: ComponentType<ObservationPictureProps>;
  /** The pictures in the middle column, above the memory table. */
  readonly Main: ComponentType<DomainViewProps>;
  /** The domain's own figure in the right column, under the learning curves. */
  readonly Side: ComponentType<DomainViewProps> | null;
  /** The chosen observation as one run explains it, small: stands beside those of other runs. */
  readonly RunPicture: ComponentType<RunPictureProps>;
  /** The program as a picture in a row of the memory table. */
  readonly ProgramCell: ComponentType<ProgramCellProps>;
  /** Head of that column: "Bits, 111 to 000". Null where programs are lines of text: their cell is their printed form. */
  readonly programColumn: string | null;
  /** px of the longest side of an observation in the gallery of dreams; default 64. */
  readonly dreamSize?: number;
  /** Columns and marks that the domain adds to the memory table, or null while it has none. */
  readonly memoryExtras?: (props: DomainViewProps) => MemoryExtras | null;
  /** How certain a list of weighted programs is about their parts, by the type of the part; null without programs. */
  readonly posterior: (view: MemoryView, props: DomainViewProps) => PosteriorBarsProps | null;
  /** 34 x 34 picture of a preset. */
  readonly PresetPicture: ComponentType<{ readonly presetId: string }>;
  /** Keys of the domain's own pictures, for the list that "?" opens. */
  readonly keys?: readonly { readonly keys: string; readonly text: string }[];
  /** Null where people cannot bring their own data yet. */
  readonly UserDataDialog: ComponentType<UserDataDialogProps> | null;
};
