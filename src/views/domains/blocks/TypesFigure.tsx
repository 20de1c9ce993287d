// What the model has learned that blocks are: every type with its size to scale and its colour, and the dotted outline of
// the true type that it stands for; under it that true type and how far it is off; beside them the way the sizes came.

import { type ReactNode, useMemo, useRef } from "react";
import { FigureFrame } from "../../frame/FigureFrame";
import type { FigureTable } from "../../frame/figureTable";
import { useCalm } from "../../frame/useCalm";
import { useWidth } from "../../frame/useWidth";
import { fixedText, percentText } from "../../numberText";
import { sizeText } from "./BlockList";
import type { BlocksView } from "./blocksView";
import { Cuboid, ROOM } from "./Cuboid";
import { SizeHistory } from "./SizeHistory";

/** ms between two drawings while a run streams types. */
const CALM_MS = 250;
/** CSS px of a type's place, the least of it, and what a unit has of it; of the history. */
const PLACE = 86;
const LEAST_PLACE = 68;
const UNIT = 0.67;
const HISTORY = { least: 190, height: 128 };

type Match = ReturnType<BlocksView["tools"]["matchTypes"]>[number];

export type TypesFigureProps = { readonly view: BlocksView; readonly iterations: number };

/** Its height does not depend on what is learned. */
export function TypesFigure({ view: latest, iterations }: TypesFigureProps): ReactNode {
  const view = useCalm(latest, CALM_MS);
  const { data, picture, tools } = view;
  const types = picture?.types ?? null;
  const numTrue = data.trueTypes.names.length;
  const matches = useMemo(
    () => (types && numTrue > 0 ? tools.matchTypes(types, data.trueTypes) : []),
    [types, numTrue, tools, data],
  );
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 776);
  const fitting = Math.floor(width / data.numTypes);
  const place = fitting >= LEAST_PLACE ? Math.min(PLACE, fitting) : PLACE;
  const left = data.numTypes * place;
  const beside = width - left - 24;
  return (
    <FigureFrame
      name="types"
      kind="picture"
      title="Block types"
      unit={`${data.numTypes} learned${numTrue > 0 ? `, ${numTrue} true ones; dotted: the true size; sides in units` : ", sides in units"}`}
      sentence={typesSentence(view, matches)}
      table={() => typesTable(view, matches)}
      redrawn={types}
    >
      <div ref={box} className="wsl-types-room">
        <ul className="wsl-types" aria-label="Learned block types">
          {Array.from({ length: data.numTypes }, (_, type) => (
            <Learned
              // biome-ignore lint/suspicious/noArrayIndexKey: a type is its number
              key={type}
              view={view}
              type={type}
              match={matches.find((match) => match.type === type) ?? null}
              place={place}
            />
          ))}
        </ul>
        <SizeHistory
          view={view}
          iterations={iterations}
          width={beside >= HISTORY.least ? beside : width}
          height={HISTORY.height}
        />
      </div>
    </FigureFrame>
  );
}

type LearnedProps = {
  readonly view: BlocksView;
  readonly type: number;
  readonly match: Match | null;
  /** CSS px of its place. */
  readonly place: number;
};

function Learned({ view, type, match, place }: LearnedProps): ReactNode {
  const { data, picture, tools } = view;
  const { trueTypes, shades, isCuboid } = data;
  const unit = UNIT * place;
  const frame = { unit, width: place - 4, height: Math.ceil(ROOM.height * unit) + 2, shades };
  const isDead = picture?.isDead[type] === 1;
  const usage = picture?.usage[type] ?? 0;
  const use = isDead ? "unused" : picture ? percentText(usage) : "";
  const size = picture ? sizeText(picture.types.sizes.subarray(3 * type, 3 * type + 3), isCuboid) : "";
  const truth = match?.trueType ?? -1;
  const trueSize = trueTypes.sizes.subarray(3 * truth, 3 * truth + 3);
  return (
    <li data-dead={isDead ? "" : undefined} style={{ width: place }} aria-label={typeWords(view, type, match)}>
      {picture ? (
        <Cuboid
          {...frame}
          {...picture.types}
          type={type}
          isFaint={isDead}
          outline={match ? [trueSize[0] ?? 0, trueSize[1] ?? 0, trueSize[2] ?? 0] : null}
        />
      ) : (
        <svg width={frame.width} height={frame.height} aria-hidden="true" focusable="false" />
      )}
      <p data-figure-text="">
        <b>{tools.typeName(type)}</b> <span>{isCuboid ? use : size}</span>
      </p>
      <p className={isCuboid ? "wsl-types-sides" : undefined} data-figure-text="">
        {isCuboid ? size.replaceAll(" \u00d7", "") : use}
      </p>
      <div className="wsl-types-true">
        {match ? (
          <>
            <Cuboid {...trueTypes} type={truth} shades={shades} unit={unit / 2} width={28} height={34} />
            <span title={trueTypes.names[truth]}>
              <span data-figure-text="">{isCuboid ? "true" : `true ${fixedText(trueSize[0] ?? 0, 2)}`}</span>
              <br />
              <span data-figure-text="">{fixedText(match.sizeError, 2)} off</span>
            </span>
          </>
        ) : null}
      </div>
    </li>
  );
}

function typeWords({ data, picture, tools }: BlocksView, type: number, match: Match | null): string {
  const name = `Type ${tools.typeName(type)}`;
  if (!picture) return `${name}, not learned yet`;
  const size = sizeText(picture.types.sizes.subarray(3 * type, 3 * type + 3), data.isCuboid);
  const use = picture.isDead[type] === 1 ? "unused" : `${percentText(picture.usage[type] ?? 0)} of all blocks`;
  const truth = match
    ? `, stands for ${data.trueTypes.names[match.trueType]}: size ${fixedText(match.sizeError, 2)} off${data.isColored ? `, colour ${fixedText(match.colorError, 2)} off` : ""}`
    : "";
  return `${name}: ${data.isCuboid ? "sides" : "side"} ${size}, ${use}${truth}`;
}

function typesSentence(view: BlocksView, matches: readonly Match[]): string {
  const { data, picture } = view;
  const known = data.trueTypes.names.length;
  if (!picture) return `${data.numTypes} types to learn; none is known yet.`;
  const used = picture.isDead.filter((dead) => dead === 0).length;
  const found = matches.filter((match) => match.sizeError <= FOUND && (!data.isColored || match.colorError <= FOUND));
  const truth =
    known > 0
      ? ` ${found.length} of ${known} true types have a learned one within ${FOUND} in size${data.isColored ? " and colour" : ""}.`
      : "";
  return `${data.numTypes} learned types, ${used} in use.${truth}`;
}

/** Largest error of a type that counts as found. */
const FOUND = 0.1;

function typesTable({ data, picture, tools }: BlocksView, matches: readonly Match[]): FigureTable {
  const columns = [
    "type",
    "width",
    "height",
    "depth",
    "red",
    "green",
    "blue",
    "share of blocks",
    "stands for",
    "size off",
    "colour off",
  ];
  if (!picture) return { columns, rows: [] };
  const { sizes, colors } = picture.types;
  const rows = Array.from({ length: data.numTypes }, (_, type) => {
    const match = matches.find((one) => one.type === type);
    const three = (of: Float32Array) => [0, 1, 2].map((i) => of[3 * type + i] ?? 0);
    return [
      tools.typeName(type),
      ...three(sizes),
      ...three(colors),
      picture.isDead[type] === 1 ? "unused" : (picture.usage[type] ?? 0),
      match ? (data.trueTypes.names[match.trueType] ?? "") : "",
      match ? match.sizeError : null,
      match ? match.colorError : null,
    ];
  });
  return { columns, rows };
}
