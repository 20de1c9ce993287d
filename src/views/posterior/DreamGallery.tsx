// Dreams: programs and observations drawn from the generative model, a row of nine for each step. Choosing one shows
// its program and what it says.

import { type ComponentType, type ReactNode, useState } from "react";
import type { DomainSpec } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";
import type { Answers, DreamRecord } from "../../engine/worker/questions";
import type { ObservationPictureProps, ProgramCellProps } from "../domainViews";
import { FigureFrame } from "../frame/FigureFrame";
import type { FigureTable } from "../frame/figureTable";
import { countText } from "../numberText";
import "./posterior.css";

export type DreamGalleryProps = {
  readonly dreams: Answers["dreams"] | null;
  readonly spec: DomainSpec;
  readonly options: OptionValues;
  readonly ObservationPicture: ComponentType<ObservationPictureProps>;
  readonly ProgramCell: ComponentType<ProgramCellProps>;
  /** True where a program's cell is its printed form. */
  readonly isText?: boolean;
  /** px of one dream, default 64. */
  readonly size?: number | undefined;
};

type Gallery = Answers["dreams"]["galleries"][number];
type Chosen = { readonly step: number; readonly index: number };

/** px of one dream. */
const SIZE = 64;

/** Now on top, then the start and half-way; the other steps on demand. */
export function DreamGallery(props: DreamGalleryProps): ReactNode {
  const { dreams } = props;
  const [showsAll, setShowsAll] = useState(false);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const newestFirst = [...(dreams?.galleries ?? [])].reverse();
  const shown = showsAll ? newestFirst : newestFirst.filter((_, i) => isShown(i, newestFirst.length));
  const dream = chosen ? dreamAt(newestFirst, chosen) : null;
  return (
    <FigureFrame
      name="dreams"
      kind="picture"
      title="Dreams"
      unit={dreams ? `drawn from the generative model; ${countText(newestFirst.length)} steps kept` : "not asked yet"}
      sentence={dreamSentence(newestFirst)}
      table={() => dreamTable(newestFirst)}
      lines={() => dreamLines(newestFirst)}
      redrawn={dreams}
      switches={
        newestFirst.length > 3 ? (
          <button type="button" className="wsl-quiet" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? "fewer steps" : `all ${newestFirst.length} steps`}
          </button>
        ) : null
      }
    >
      <div className="wsl-dreams">
        {shown.map((gallery) => (
          <DreamRow key={gallery.step} table={props} gallery={gallery} chosen={chosen} onChoose={setChosen} />
        ))}
        <DreamDetail table={props} dream={dream} step={chosen?.step ?? 0} />
      </div>
    </FigureFrame>
  );
}

type RowProps = {
  readonly table: DreamGalleryProps;
  readonly gallery: Gallery;
  readonly chosen: Chosen | null;
  readonly onChoose: (chosen: Chosen | null) => void;
};

function DreamRow({ table, gallery, chosen, onChoose }: RowProps): ReactNode {
  const { step } = gallery;
  const isNow = step === table.dreams?.step;
  const label = isNow ? `now, step ${countText(step)}` : `step ${countText(step)}`;
  return (
    <div className="wsl-dream-row" data-step={step}>
      <span className="wsl-dream-step" data-figure-text="">
        {label}
      </span>
      <ul aria-label={`Dreams, ${label}`}>
        {gallery.dreams.map((dream, index) => {
          const isChosen = chosen?.step === step && chosen.index === index;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a dream is its place in the row
            <li key={index}>
              <button
                type="button"
                aria-pressed={isChosen}
                title={dream.printed}
                onClick={() => onChoose(isChosen ? null : { step, index })}
              >
                <table.ObservationPicture
                  spec={table.spec}
                  options={table.options}
                  observation={dream.observation}
                  label={`Dream ${index + 1}, ${dream.printed}`}
                  size={table.size ?? SIZE}
                />
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function DreamDetail(props: {
  readonly table: DreamGalleryProps;
  readonly dream: DreamRecord | null;
  readonly step: number;
}): ReactNode {
  const { table, dream } = props;
  if (!dream) return <p className="wsl-dream-detail">Choose a dream to see its {table.spec.programName.one}.</p>;
  return (
    <div className="wsl-dream-detail" data-part="dream">
      {table.isText ? null : <b className="wsl-program">{dream.printed}</b>}
      <table.ProgramCell spec={table.spec} options={table.options} program={dream.program} best={null} />
      <p>{table.spec.explain(dream.program, table.options).slice(0, 3).join(" ")}</p>
    </div>
  );
}

/** Newest first: now, half-way and the start. */
function isShown(index: number, count: number): boolean {
  return index === 0 || index === count - 1 || index === count >> 1;
}

function dreamAt(galleries: readonly Gallery[], { step, index }: Chosen): DreamRecord | null {
  return galleries.find((gallery) => gallery.step === step)?.dreams[index] ?? null;
}

function dreamSentence(newestFirst: readonly Gallery[]): string {
  const [now] = newestFirst;
  if (!now) return "No dreams yet.";
  const programs = new Set(now.dreams.map((dream) => dream.printed));
  const earlier = newestFirst.slice(1).map((gallery) => countText(gallery.step));
  const before = earlier.length > 0 ? ` Earlier dreams are kept from step ${earlier.reverse().join(", ")}.` : "";
  return `${now.dreams.length} dreams at step ${countText(now.step)}, ${programs.size} different programs.${before}`;
}

/** One line a dream: step, program, and the observation as JSON. */
function dreamLines(galleries: Parameters<typeof dreamTable>[0]): readonly string[] {
  return galleries.flatMap(({ step, dreams }) =>
    dreams.map((dream) => `${step}\t${dream.printed}\t${JSON.stringify(dream.observation)}`),
  );
}

function dreamTable(newestFirst: readonly Gallery[]): FigureTable {
  return {
    columns: ["step", "dream", "program"],
    rows: newestFirst.flatMap(({ step, dreams }) => dreams.map((dream, i) => [step, i + 1, dream.printed])),
  };
}
