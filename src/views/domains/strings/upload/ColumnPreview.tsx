// What the model will see of a column: the strings to learn from and those held out, how the text was read and cleaned,
// which columns are taken, and what became of every cell. Typed strings have an editor instead of the reading.

import type { ReactNode } from "react";
import { countText } from "../../../numberText";
import type { PreviewProps } from "../../../try/tryOwn";
import { toolsOf } from "../stringsView";
import { CellReport } from "./CellReport";
import { ColumnChoice } from "./ColumnChoice";
import { CleaningSwitches, ReadingControls } from "./ReadingControls";
import { SeenStrings } from "./SeenStrings";
import { TypedStrings } from "./TypedStrings";
import { type ColumnInput, columnOf, columnsOf, sourceOf, withColumn, withInput } from "./tryColumns";

/** The editor shows exactly what is sent. */
function isAsTyped(input: ColumnInput, strings: readonly string[]): boolean {
  return input.isTyped && input.text.trimEnd() === strings.join("\n");
}

/** Everything here can be undone; the strings in ink are sent as they stand. */
export function ColumnPreview({ spec, item, items, onItems }: PreviewProps): ReactNode {
  const tools = toolsOf(spec).reading();
  const { input, column } = sourceOf(item);
  const read = columnsOf(tools, input);
  const prepared = columnOf(tools, { input, column });
  const change = (part: Partial<ColumnInput>) => onItems(withInput(tools, items, input, { ...input, ...part }));
  const set = (settings: Partial<ColumnInput["settings"]>) => change({ settings: { ...input.settings, ...settings } });
  const chosen = items.filter((each) => sourceOf(each).input === input).map((each) => sourceOf(each).column);
  const spare = (prepared?.column.usable.length ?? 0) > 10;
  return (
    <div className="try-strings" data-picture="try-preview">
      {input.isTyped ? (
        <TypedStrings key={item.id} text={input.text} onChange={(text) => change({ text })} />
      ) : read.ok ? (
        <p className="try-cursor-text">
          {input.name === "" ? "Pasted text" : input.name}: {countText(read.table.columns[0]?.cells.length ?? 0)} rows,{" "}
          {countText(read.table.columns.length)} {read.table.columns.length === 1 ? "column" : "columns"}.
        </p>
      ) : null}
      {read.ok && read.columns.length > 1 ? (
        <ColumnChoice
          columns={read.columns}
          chosen={chosen}
          onToggle={(number) => onItems(withColumn(tools, items, input, number))}
        />
      ) : null}
      {prepared?.concept && !isAsTyped(input, prepared.concept.strings) ? (
        <SeenStrings
          concept={prepared.concept}
          usable={prepared.column.usable.length}
          onDraw={spare ? () => set({ seed: input.settings.seed + 1 }) : null}
        />
      ) : null}
      {prepared && read.ok ? (
        <CellReport tools={tools} column={prepared.column} firstRow={read.table.firstRow} settings={input.settings} />
      ) : null}
      <CleaningSwitches settings={input.settings} onChange={set} />
      {input.isTyped || !read.ok ? null : (
        <ReadingControls table={read.table} settings={input.settings} onChange={set} />
      )}
    </div>
  );
}
