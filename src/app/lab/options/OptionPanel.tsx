// All options from the one table: the usual ones, the rest under "More options", one help sentence below.

import { type ReactNode, useState } from "react";
import type { OptionTable, OptionValue, OptionValues } from "../../../engine/options";
import { budgetOfValues } from "../../../engine/run/budget";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { CostOfRun } from "./CostOfRun";
import { OptionRow } from "./OptionRow";

export type OptionPanelProps = {
  readonly table: OptionTable;
  readonly options: OptionValues;
  /** Algorithms on the bench: options of others are left out. */
  readonly algorithms: readonly string[];
  readonly waiting: readonly string[];
  readonly datasets: readonly string[];
  /** Stands under the choice of a data set: the way to those of others. */
  readonly dataSetLine: ReactNode;
  readonly moreOpen: boolean;
  /** Values outside the usual ranges are taken, and their cost is shown. */
  readonly isWide: boolean;
  readonly onWide: (isWide: boolean) => void;
  readonly onMore: (open: boolean) => void;
  readonly onChange: (name: string, value: OptionValue) => void;
  readonly onReset: () => void;
  readonly onNewSeed: () => void;
};

/** Names of the options to show, in the table's order. */
export function shownOptions(table: OptionTable, algorithms: readonly string[], advanced: boolean): readonly string[] {
  return Object.entries(table)
    .filter(([, spec]) => (spec.advanced ?? false) === advanced)
    .filter(([, spec]) => !spec.algorithms || spec.algorithms.some((id) => algorithms.includes(id)))
    .map(([name]) => name);
}

export function OptionPanel(props: OptionPanelProps) {
  const { table, options, algorithms, waiting } = props;
  const [helped, setHelped] = useState<string | null>(null);
  const usual = shownOptions(table, algorithms, false);
  const more = shownOptions(table, algorithms, true);
  const numChanged = more.filter((name) => options[name] !== table[name]?.default).length;
  const rows = (names: readonly string[]) =>
    names.map((name) => <Row key={name} name={name} panel={props} onHelp={setHelped} />);
  return (
    <div className="options" data-part="options">
      {rows(usual)}
      {more.length > 0 ? (
        <button
          type="button"
          className="text-button more-options"
          aria-expanded={props.moreOpen}
          onClick={() => props.onMore(!props.moreOpen)}
        >
          {props.moreOpen ? "Fewer options" : `More options${numChanged > 0 ? ` (${numChanged} changed)` : ""}`}
          <Icon name="down" size={12} />
        </button>
      ) : null}
      {props.moreOpen ? rows(more) : null}
      <label className="unusual-switch">
        <input
          type="checkbox"
          className="check"
          checked={props.isWide}
          onChange={(event) => props.onWide(event.target.checked)}
        />
        Allow unusual values
      </label>
      {props.isWide ? <CostOfRun /> : null}
      <div className="option-foot">
        {waiting.length > 0 ? (
          <p className="waiting" role="status">
            {waiting.map((name) => table[name]?.label ?? name).join(", ")} {waiting.length === 1 ? "applies" : "apply"}{" "}
            after Reset.
            <br />
            <Button onClick={props.onReset}>Reset now</Button>
          </p>
        ) : null}
        <p className="option-help">{helped ? table[helped]?.help : "Point at an option to read what it does."}</p>
      </div>
    </div>
  );
}

/** What M and the proposals of 0 stand for. */
export function derivedValue(name: string, options: OptionValues): number | null {
  if (options[name] !== 0 || (name !== "memory" && name !== "proposals")) return null;
  const { memorySize, numProposals } = budgetOfValues(options);
  return name === "memory" ? memorySize : numProposals;
}

type RowProps = {
  readonly name: string;
  readonly panel: OptionPanelProps;
  readonly onHelp: (name: string | null) => void;
};

function Row({ name, panel, onHelp }: RowProps) {
  const spec = panel.table[name];
  const value = panel.options[name];
  if (!spec || value === undefined) return null;
  return (
    <>
      <OptionRow
        name={name}
        spec={spec}
        value={value}
        waits={panel.waiting.includes(name)}
        derived={derivedValue(name, panel.options)}
        isWide={panel.isWide}
        suggestions={name === "dataset" ? ["", ...panel.datasets] : [String(spec.default)]}
        onChange={(next) => panel.onChange(name, next)}
        onHelp={onHelp}
      />
      {name === "dataset" ? panel.dataSetLine : null}
      {name === "seed" ? (
        <button type="button" className="text-button new-seed" onClick={panel.onNewSeed}>
          New seed
        </button>
      ) : null}
    </>
  );
}
