// All concepts as a quiet list in columns: number and strings. Only the rows in view are drawn, so that two thousand
// concepts cost as much as twenty. A search narrows it; arrow keys walk through what is left.

import {
  type KeyboardEvent,
  memo,
  type ReactNode,
  useContext,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Concept } from "../../../domains/strings/concepts";
import { FigureFrame } from "../../frame/FigureFrame";
import { FigureScaleContext } from "../../frame/figureScale";
import { useWidth } from "../../frame/useWidth";
import { countText } from "../../numberText";
import { conceptMatches, gridStep, rowsInView } from "./conceptGrid";

export type ConceptListProps = {
  readonly concepts: readonly Concept[];
  readonly selected: number;
  /** Row of the person's own data, or -1; what follows it is theirs too. */
  readonly userRow: number;
  readonly onSelect: (row: number) => void;
};

/** px of a row under a mouse and under a finger, and of the narrowest column. */
const FINE_ROW = 26;
const COARSE_ROW = 44;
const COLUMN = 226;
const ROWS_SHOWN = 4;
const ROWS_PRESENTED = 9;

/** Search field and list; its height never changes. */
export const ConceptList = memo(function ConceptList(props: ConceptListProps): ReactNode {
  const { concepts, selected } = props;
  const [sought, setSought] = useState("");
  const deferred = useDeferredValue(sought);
  const found = useMemo(() => conceptMatches(concepts, deferred), [concepts, deferred]);
  const unit =
    found.length === concepts.length
      ? `${countText(concepts.length)}, each by its strings`
      : `${countText(found.length)} of ${countText(concepts.length)} with "${deferred}"`;
  return (
    <FigureFrame
      name="concepts"
      kind="picture"
      title="Concepts"
      unit={unit}
      sentence={`${countText(concepts.length)} concepts. Concept ${selected + 1} is on show: ${concepts[selected]?.strings.join(", ") ?? ""}.`}
      table={() => ({
        columns: ["concept", "name", "strings", "held out"],
        rows: concepts.map((one, i) => [i + 1, one.name, one.strings.join("  "), one.heldOut.join("  ")]),
      })}
      switches={
        <input
          type="search"
          className="wsl-concept-search"
          aria-label="Search concepts"
          placeholder="Search"
          spellCheck={false}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
      }
    >
      <Grid {...props} found={found} />
    </FigureFrame>
  );
});

function Grid(props: ConceptListProps & { readonly found: readonly number[] }): ReactNode {
  const { found, concepts, selected } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 720);
  const scale = useContext(FigureScaleContext).picture;
  const isCoarse = useState(() => matchMedia("(pointer: coarse)").matches)[0];
  const height = Math.round((isCoarse ? COARSE_ROW : FINE_ROW) * scale);
  const shown = scale > 1 ? ROWS_PRESENTED : ROWS_SHOWN;
  const columns = Math.max(1, Math.floor(width / (COLUMN * scale)));
  const [top, setTop] = useState(0);
  const place = found.indexOf(selected);
  useEffect(() => {
    const target = box.current;
    if (!target || place < 0) return;
    const at = Math.floor(place / columns) * height;
    if (at < target.scrollTop) target.scrollTop = at;
    else if (at + height > target.scrollTop + shown * height) target.scrollTop = at + height - shown * height;
  }, [place, columns, height, shown]);
  const { first, end, rows } = rowsInView({ count: found.length, columns, top, row: height, shown });
  const onKeyDown = (event: KeyboardEvent) => {
    const next = gridStep(event.key, place, found.length, columns, shown);
    const row = next === null ? undefined : found[next];
    if (row === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    props.onSelect(row);
  };
  return (
    <div
      ref={box}
      role="listbox"
      tabIndex={0}
      className="wsl-concepts"
      style={{ height: shown * height }}
      aria-label="Concepts"
      aria-activedescendant={place >= first && place < end ? `concept-${selected}` : undefined}
      onKeyDown={onKeyDown}
      onScroll={(event) => setTop(Math.floor(event.currentTarget.scrollTop / height) * height)}
    >
      <div style={{ height: Math.max(rows, 1) * height }} role="presentation">
        {found.length === 0 ? <p className="wsl-concepts-none">No concept has this.</p> : null}
        {found.slice(first, end).map((row, i) => (
          <ConceptOption
            key={row}
            row={row}
            place={first + i}
            columns={columns}
            height={height}
            count={found.length}
            concept={concepts[row]}
            isSelected={row === selected}
            isOwn={props.userRow >= 0 && row >= props.userRow}
            onSelect={props.onSelect}
          />
        ))}
      </div>
    </div>
  );
}

type OptionProps = {
  readonly row: number;
  readonly place: number;
  readonly columns: number;
  /** px of a row. */
  readonly height: number;
  readonly count: number;
  readonly concept: Concept | undefined;
  readonly isSelected: boolean;
  readonly isOwn: boolean;
  readonly onSelect: (row: number) => void;
};

const ConceptOption = memo(function ConceptOption(props: OptionProps): ReactNode {
  const { row, place, columns, concept } = props;
  const strings = concept?.strings ?? [];
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
    <div
      role="option"
      id={`concept-${row}`}
      className="wsl-concept"
      aria-selected={props.isSelected}
      aria-setsize={props.count}
      aria-posinset={place + 1}
      aria-label={`${props.isOwn ? "your concept" : "concept"} ${row + 1}, ${concept?.name ?? ""}: ${strings.join(", ")}`}
      data-row={row}
      style={{
        top: Math.floor(place / columns) * props.height,
        left: `${(100 * (place % columns)) / columns}%`,
        width: `${100 / columns}%`,
        height: props.height,
      }}
      title={`${concept?.name ?? ""}: ${strings.join("   ")}`}
      onClick={() => props.onSelect(row)}
    >
      <span>{props.isOwn ? "yours" : row + 1}</span>
      <code>{strings.slice(0, 3).join("\u2002")}</code>
    </div>
  );
});
