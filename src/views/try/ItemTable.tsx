// Many inputs at once: one row each with its best program and how sure that is; a click shows the details.

import type { ReactNode } from "react";
import type { DomainSpec } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";
import { weightText } from "../numberText";
import type { ReportItem, Theta, TryOwn } from "./tryOwn";

export type ItemTableProps = {
  readonly spec: DomainSpec;
  readonly tryOwn: TryOwn;
  readonly options: OptionValues;
  readonly names: readonly string[];
  readonly items: readonly ReportItem[];
  readonly theta: Theta;
  readonly chosen: number;
  readonly onChoose: (item: number) => void;
};

const WORDS = { clear: "one clear winner", several: "several possible", none: "none fits well" } as const;

/** The list scrolls inside itself; the chosen row is the item on show. */
export function ItemTable(props: ItemTableProps): ReactNode {
  const { spec, tryOwn, options, names, items, chosen, theta } = props;
  return (
    <section className="try-items" aria-label={`All ${items.length} ${tryOwn.many}`}>
      <table data-table="try-items">
        <thead>
          <tr>
            <th scope="col">{tryOwn.one}</th>
            <th scope="col">best {spec.programName.one}</th>
            <th scope="col" className="try-number">
              weight
            </th>
            <th scope="col">how sure</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items keep their places
            <tr key={i} className={i === chosen ? "try-on" : undefined}>
              <td>
                <button
                  type="button"
                  className="try-pick"
                  aria-pressed={i === chosen}
                  onClick={() => props.onChoose(i)}
                >
                  {names[i] ?? `${tryOwn.one} ${i + 1}`}
                </button>
              </td>
              <td className="code">{item.programs[0]?.printed ?? "none yet"}</td>
              <td className="try-number">{item.programs[0] ? weightText(item.programs[0].weight) : ""}</td>
              <td>{WORDS[tryOwn.verdict({ spec, options, item, theta }).kind]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
