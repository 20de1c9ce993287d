// The wall of training pictures with the rule that is remembered for each: cells that disagree are red, and they are
// exactly the corruption that the model must assume. Arrow keys walk through all pictures, page by page.

import { type KeyboardEvent, type ReactNode, useContext, useMemo, useRef, useState } from "react";
import type { Grid } from "../../../domains/automata";
import type { DomainViewProps } from "../../domainViews";
import { FigureFrame } from "../../frame/FigureFrame";
import { FigureScaleContext } from "../../frame/figureScale";
import type { FigureTable } from "../../frame/figureTable";
import { Icon } from "../../frame/icons";
import { Segmented } from "../../frame/Segmented";
import { useWidth } from "../../frame/useWidth";
import { countText } from "../../numberText";
import { type AutomataView, bestRule, boundaryOf, gridOf, ruleName } from "./automataView";
import { type WallMode, wholeScale } from "./cellCanvas";
import { WallTile } from "./WallTile";

const modes: readonly { readonly value: WallMode; readonly label: string }[] = [
  { value: "marked", label: "picture" },
  { value: "expected", label: "expected" },
  { value: "residual", label: "residual" },
];

export type ImageWallProps = {
  readonly view: AutomataView;
  readonly userRow: number;
  readonly onSelect: DomainViewProps["onSelect"];
  readonly onSelectProgram: DomainViewProps["onSelectProgram"];
};

/** Pages of pictures; the page follows the selected picture. */
export function ImageWall(props: ImageWallProps): ReactNode {
  const { view } = props;
  const { data } = view;
  const wall = useRef<HTMLDivElement>(null);
  const width = useWidth(wall, 720);
  const [mode, setMode] = useState<WallMode>("marked");
  const side = 96 * useContext(FigureScaleContext).picture;
  const scale = wholeScale(data.width, side);
  const pitch = Math.max(side, data.width * scale) + 28;
  const columns = Math.max(2, Math.floor((width + 16) / pitch));
  const perPage = columns * (data.height * scale > 1.15 * side ? 1 : 2);
  const page = Math.floor(view.row / perPage);
  // The last page is filled up from before, so that the wall keeps its height.
  const first = Math.max(0, Math.min(page * perPage, data.count - perPage));
  const rows = Array.from({ length: Math.min(perPage, data.count) }, (_, i) => first + i);
  const pick = (row: number) => {
    props.onSelect(row);
    const rule = bestRule(view.picture, row);
    props.onSelectProgram(rule === null ? null : view.tools.printRule(rule, data.neighbours));
  };
  const move = (row: number) => {
    const next = Math.min(Math.max(0, row), data.count - 1);
    pick(next);
    const tile = () => wall.current?.querySelector<HTMLElement>(`[data-row="${next}"]`);
    // At once where it is on show: a press of Enter before the next frame would choose the tile before it again.
    const shown = tile();
    if (shown) shown.focus();
    else requestAnimationFrame(() => tile()?.focus());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = keyStep(event.key, columns, perPage, view.row, data.count);
    if (step === null) return;
    event.preventDefault();
    event.stopPropagation();
    move(view.row + step);
  };
  const last = rows[rows.length - 1] ?? 0;
  return (
    <FigureFrame
      name="images"
      kind="picture"
      title={`Pictures and the rules ${view.picture?.source === "recogniser" ? "recognised in" : "remembered for"} them`}
      unit={`${first + 1} to ${last + 1} of ${countText(data.count)}`}
      sentence={wallSentence(view)}
      table={() => wallTable(view)}
      switches={
        <>
          <Pager
            page={page}
            pages={Math.ceil(data.count / perPage)}
            onPage={(to) => pick(Math.min(data.count - 1, to * perPage))}
          />
          <Segmented label="What the pictures show" options={modes} value={mode} onChange={setMode} />
        </>
      }
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of form fields */}
      <div ref={wall} className="wsl-wall" role="group" aria-label="Pictures" onKeyDown={onKeyDown}>
        <Tiles {...props} rows={rows} scale={scale} mode={mode} columns={columns} onPick={pick} />
      </div>
      <p className="wsl-wall-key">
        <i /> rule disagrees with the cell; the number counts these cells. Time runs to the right.{" "}
        <button type="button" className="wsl-to-explorer" onClick={goToExplorer}>
          Try another rule
        </button>
      </p>
    </FigureFrame>
  );
}

/** The rule explorer stands under the curves; the press leads there, and to its first button. */
function goToExplorer(): void {
  const explorer = document.querySelector('[data-picture="rule-explorer"]');
  explorer?.scrollIntoView({ block: "center" });
  explorer?.querySelector<HTMLElement>(".wsl-rule-buttons button")?.focus({ preventScroll: true });
}

type TilesProps = ImageWallProps & {
  readonly rows: readonly number[];
  readonly scale: number;
  readonly mode: WallMode;
  readonly columns: number;
  readonly onPick: (row: number) => void;
};

function Tiles(props: TilesProps): ReactNode {
  const { view } = props;
  const { tools, data, picture } = view;
  const first = props.rows[0] ?? 0;
  const count = props.rows.length;
  // Grids and counts do not change while a page is on show.
  const facts = useMemo(() => {
    return Array.from({ length: count }, (_, i) => {
      const row = first + i;
      const grid: Grid = gridOf(data, row);
      return { row, grid, counts: tools.countTransitions(grid, data.neighbours, boundaryOf(data, row)) };
    });
  }, [data, tools, first, count]);
  const bits = tools.numBits(data.neighbours);
  const phi = Math.min(0.49, Math.max(0.001, picture?.phi ?? 0.25));
  return (
    <div className="wsl-tiles" style={{ gridTemplateColumns: `repeat(${props.columns}, 1fr)` }}>
      {facts.map(({ row, grid, counts }) => {
        const isSelected = row === view.row;
        const rule = isSelected ? view.rule : bestRule(picture, row);
        return (
          <WallTile
            key={row}
            tools={tools}
            row={row}
            grid={grid}
            boundary={boundaryOf(data, row)}
            neighbours={data.neighbours}
            scale={props.scale}
            mode={props.mode}
            rule={rule}
            mismatches={rule === null ? 0 : tools.mismatches(counts, 0, bits, rule)}
            probability={tools.posteriorBits({ counts, from: 0, bits, height: data.height }, phi, null)}
            isSelected={isSelected}
            isOwn={row === props.userRow}
            onPick={props.onPick}
          />
        );
      })}
    </div>
  );
}

function Pager(props: {
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}): ReactNode {
  if (props.pages < 2) return null;
  return (
    <span className="wsl-pager">
      <button
        type="button"
        className="wsl-quiet"
        aria-label="Previous pictures"
        disabled={props.page === 0}
        onClick={() => props.onPage(props.page - 1)}
      >
        <Icon name="previous" size={14} />
      </button>
      <button
        type="button"
        className="wsl-quiet"
        aria-label="Next pictures"
        disabled={props.page === props.pages - 1}
        onClick={() => props.onPage(props.page + 1)}
      >
        <Icon name="next" size={14} />
      </button>
    </span>
  );
}

/** Rows that a key moves the selection by, or null for keys that mean nothing here. */
export function keyStep(key: string, columns: number, perPage: number, row: number, count: number): number | null {
  switch (key) {
    case "ArrowRight":
      return 1;
    case "ArrowLeft":
      return -1;
    case "ArrowDown":
      return columns;
    case "ArrowUp":
      return -columns;
    case "PageDown":
      return perPage;
    case "PageUp":
      return -perPage;
    case "Home":
      return -row;
    case "End":
      return count - 1 - row;
    default:
      return null;
  }
}

function wallSentence(view: AutomataView): string {
  const { data, picture, row, rule } = view;
  const all = `${countText(data.count)} pictures of ${data.height} by ${data.width} cells.`;
  if (!picture) return `${all} No rules are known yet.`;
  const known = picture.hasRule.reduce((sum, value) => sum + value, 0);
  const total = picture.mismatches.reduce((sum, value, i) => sum + (picture.hasRule[i] === 1 ? value : 0), 0);
  const share = known > 0 ? (100 * total) / (known * picture.transitions) : 0;
  const onShow =
    rule === null
      ? ""
      : ` Picture ${row + 1}: rule ${ruleName(view.tools, rule, data.neighbours)} disagrees with ${countText(picture.mismatches[row] ?? 0)} cells.`;
  return `${all} ${countText(known)} have a rule from the ${picture.source}; ${share.toFixed(1)} % of their cells disagree.${onShow}`;
}

function wallTable(view: AutomataView): FigureTable {
  const { data, picture, tools } = view;
  const rows = Array.from({ length: data.count }, (_, row) => {
    const rule = bestRule(picture, row);
    return [
      row + 1,
      rule === null ? null : ruleName(tools, rule, data.neighbours),
      rule === null ? null : (picture?.mismatches[row] ?? null),
      data.isKnown[row] === 1 ? ruleName(tools, data.rules[row] ?? 0, data.neighbours) : null,
    ];
  });
  return { columns: ["picture", "best rule", "cells that disagree", "true rule"], rows };
}
