// The chosen concept: the program in force in large type, what a person may type instead, and the strings, given, held
// out and generated, each character tied to the part of the program that made it.

import { type ReactNode, useMemo, useState } from "react";
import type { DomainViewProps } from "../../domainViews";
import { FigureFrame } from "../../frame/FigureFrame";
import type { FigureTable } from "../../frame/figureTable";
import { Icon } from "../../frame/icons";
import { Segmented } from "../../frame/Segmented";
import { natsText, weightText } from "../../numberText";
import { AlikeConcepts } from "./AlikeConcepts";
import { type AlignedString, countMade, totalLogProb } from "./alignment";
import { HandEdit } from "./HandEdit";
import { ProgramLine } from "./ProgramLine";
import { partWords } from "./partWords";
import { type ProgramLayout, partText } from "./programLayout";
import { StringColumn, type StringMode } from "./StringColumn";
import { bestEntry, type StringsView } from "./stringsView";
import { type AlignedConcept, useAlignedConcept } from "./useAlignedConcept";
import { useHandProgram } from "./useHandProgram";
import { type AskScore, useScore } from "./useScore";

const modes: readonly { readonly value: StringMode; readonly label: string }[] = [
  { value: "alignment", label: "alignment" },
  { value: "residual", label: "residual" },
];

const HINT = "Tints tie characters to the class that made them. Point at a part, or walk over it with arrow keys.";

export type ConceptFigureProps = {
  readonly view: StringsView;
  readonly memory: DomainViewProps["memory"];
  readonly isOwn: boolean;
  readonly onSelectProgram: DomainViewProps["onSelectProgram"];
  readonly onSelect: DomainViewProps["onSelect"];
  readonly isChosen: boolean;
  readonly onScore: AskScore | null;
};

/** Its height changes with nothing but the number of strings. */
export function ConceptFigure(props: ConceptFigureProps): ReactNode {
  const { view } = props;
  const { concept, row, tools } = view;
  // Before the first snapshot a typed program is aligned under uniform classes; the engine's own number replaces that.
  const [uniform] = useState(() => tools.uniformLogits());
  const logits = view.logits ?? uniform;
  const edit = useHandProgram(tools);
  const shown = edit.program ?? view.shown;
  const [mode, setMode] = useState<StringMode>("alignment");
  const [draw, setDraw] = useState(0);
  const aligned = useAlignedConcept({ tools, logits, concept, row, draw, shown });
  const part = useMarkedPart(aligned.layout);
  const answer = useScore(props.onScore, edit.problem === null ? (edit.program?.printed ?? null) : null, view.logits);
  const best = bestEntry(props.memory?.entries ?? []);
  const isTyped = edit.program !== null && edit.problem === null;
  const name = `${props.isOwn ? "Your concept" : "Concept"} ${row + 1}`;
  return (
    <FigureFrame
      name="concept"
      kind="picture"
      title={name}
      unit={`${concept.name}; numbers: log probability, nats`}
      sentence={conceptSentence(name, view, aligned, shown?.printed ?? null)}
      table={() => stringTable(aligned)}
      redrawn={aligned}
      switches={<Segmented label="What the strings show" options={modes} value={mode} onChange={setMode} />}
    >
      <div className="wsl-program-head">
        <ProgramName {...props} isTyped={edit.program !== null} />
        <p className="wsl-part-words">{markedWords(aligned, part.marked, mode)}</p>
      </div>
      {aligned.layout ? (
        <ProgramLine
          layout={aligned.layout}
          marked={part.marked}
          pinned={part.pinned}
          onPoint={part.point}
          onFocus={part.focus}
          onPin={part.pin}
        />
      ) : (
        <p className="wsl-program-line wsl-program-none">no program that makes all of them yet</p>
      )}
      <Columns aligned={aligned} part={part} mode={mode} onDraw={() => setDraw(draw + 1)} />
      <AlikeConcepts {...{ tools, logits, row, shown }} concepts={view.data.concepts} onSelect={props.onSelect} />
      <HandEdit
        hand={edit.hand}
        onChange={edit.change}
        problem={edit.problem}
        logLikelihood={isTyped ? totalLogProb(aligned.given) : null}
        answer={isTyped ? answer : null}
        best={best}
        hasEngine={props.onScore !== null}
      />
    </FigureFrame>
  );
}

function ProgramName(props: ConceptFigureProps & { readonly isTyped: boolean }): ReactNode {
  const { shown } = props.view;
  if (props.isTyped) return <b className="wsl-program-name">Your program</b>;
  if (!shown) return <b className="wsl-program-name">Best program</b>;
  const weight = shown.entry ? `, weight ${weightText(shown.entry.weight)}` : "";
  return (
    <button
      type="button"
      className="wsl-program-name"
      aria-current={props.isChosen ? "true" : undefined}
      title="Choose it in the memory"
      onClick={() => props.onSelectProgram(props.isChosen ? null : shown.printed)}
    >
      <b>{shown.isBest ? "Best program" : "Chosen program"}</b>
      {weight}
    </button>
  );
}

export type MarkedPart = {
  readonly marked: number | null;
  readonly pinned: number | null;
  readonly range: { readonly first: number; readonly end: number } | null;
  readonly point: (part: number | null) => void;
  readonly focus: (part: number | null) => void;
  readonly pin: (part: number | null) => void;
  readonly pointAtom: (atom: number | null) => void;
};

/** The part under the pointer, else the focused one, else the one that was pressed. All are of one layout. */
export function useMarkedPart(layout: ProgramLayout | null): MarkedPart {
  const [chosen, setChosen] = useState(NOTHING);
  const now = chosen.layout === layout ? chosen : NOTHING;
  const marked = now.pointed ?? now.focused ?? now.pinned;
  const part = marked === null ? null : (layout?.parts[marked] ?? null);
  const [first, end] = part ? [part.firstAtom, part.endAtom] : [-1, -1];
  const range = useMemo(() => (first < 0 ? null : { first, end }), [first, end]);
  return useMemo(() => {
    const set = (change: Partial<typeof NOTHING>) =>
      setChosen((before) => ({ ...(before.layout === layout ? before : NOTHING), layout, ...change }));
    return {
      marked: part ? marked : null,
      pinned: now.pinned,
      range,
      point: (pointed) => set({ pointed }),
      focus: (focused) => set({ focused }),
      pin: (pinned) => set({ pinned }),
      pointAtom: (atom) => set({ pointed: atom === null ? null : atomPart(layout, atom) }),
    };
  }, [layout, part, marked, now.pinned, range]);
}

type Chosen = {
  readonly layout: ProgramLayout | null;
  readonly pointed: number | null;
  readonly focused: number | null;
  readonly pinned: number | null;
};

const NOTHING: Chosen = { layout: null, pointed: null, focused: null, pinned: null };

function atomPart(layout: ProgramLayout | null, atom: number): number | null {
  const found = layout?.parts.findIndex(
    (part) => (part.kind === "literal" || part.kind === "class") && part.firstAtom === atom,
  );
  return found === undefined || found < 0 ? null : found;
}

/** The strings, given, held out and generated, under the program in force. */
export function Columns(props: {
  readonly aligned: AlignedConcept;
  readonly part: MarkedPart;
  readonly mode: StringMode;
  readonly onDraw: () => void;
}): ReactNode {
  const { aligned, part, mode } = props;
  const { given, heldOut, generated, layout, cost } = aligned;
  const shared = { layout, marked: part.range, mode, cost, onPoint: part.pointAtom };
  const numRows = Math.max(given.length, heldOut.length, 5);
  const made = (strings: readonly AlignedString[]) => strings.filter((one) => one.atoms !== null).length;
  const note = (strings: readonly AlignedString[]) =>
    layout ? `${made(strings)} of ${strings.length} can be made` : "";
  return (
    <div className="wsl-columns">
      <StringColumn {...shared} title="given" note={note(given)} strings={given} numRows={numRows} hasTotal />
      <StringColumn
        {...shared}
        title="held out"
        note={heldOut.length > 0 ? note(heldOut) : "none for this concept"}
        strings={heldOut}
        numRows={numRows}
        hasTotal
      />
      <div className="wsl-generated">
        <StringColumn
          {...shared}
          title="generated"
          note="by this program"
          strings={generated}
          numRows={numRows}
          hasTotal={false}
        />
        <button type="button" className="wsl-quiet" disabled={layout === null} onClick={props.onDraw}>
          <Icon name="rotate" size={13} />
          Draw others
        </button>
      </div>
    </div>
  );
}

/** What the marked part makes, in words. */
export function markedWords(
  { layout, given, heldOut, operators }: AlignedConcept,
  marked: number | null,
  mode: StringMode = "alignment",
): ReactNode {
  if (!layout) return "";
  const part = marked === null ? undefined : layout.parts[marked];
  if (!part) return mode === "alignment" ? HINT : "Darker: more nats left to chance. A literal leaves none.";
  const { made, all } = countMade([...given, ...heldOut], part.firstAtom, part.endAtom);
  return (
    <>
      <code>{partText(layout, part)}</code> {partWords(layout, part, operators)}; made {made} of {all} characters
    </>
  );
}

function conceptSentence(name: string, view: StringsView, aligned: AlignedConcept, printed: string | null): string {
  const { concept } = view;
  const pattern = concept.pattern === null ? "" : ` The strings were drawn from ${concept.pattern}.`;
  const strings = `${name}, ${concept.name}: ${concept.strings.join(", ")}.`;
  if (printed === null || !aligned.layout) return `${strings} No program is known yet.${pattern}`;
  const out = aligned.heldOut.filter((one) => one.atoms === null).map((one) => one.text);
  const missed = out.length > 0 ? ` It cannot make the held-out ${out.join(", ")}.` : "";
  const total = totalLogProb(aligned.given);
  return `${strings} Program ${printed}: log likelihood ${natsText(total)} nats.${missed}${pattern}`;
}

function stringTable({ given, heldOut, generated, layout }: AlignedConcept): FigureTable {
  const rows = (kind: string, strings: readonly AlignedString[]) =>
    strings.map((one) => [
      kind,
      one.text,
      layout && one.atoms ? one.logProb : null,
      layout ? (one.atoms ? Array.from(one.atoms, (atom) => atom + 1).join(" ") : "cannot be made") : null,
    ]);
  return {
    columns: ["kind", "string", "log probability, nats", "part of each character"],
    rows: [...rows("given", given), ...rows("held out", heldOut), ...rows("generated", generated)],
  };
}
