// The scene as it was built beside the parse, cell by cell. Learned types have no names of their own: each counts as the true
// type that it is most like.

import type { ReactNode } from "react";
import type { BlocksView } from "../blocksView";
import { cellName, cellsInOrder, towersOf } from "../towers";

export type BuiltTruthProps = {
  readonly view: BlocksView;
  /** Printed, over the true types; "" where nobody knows it. */
  readonly truth: string;
};

/** Nothing where nobody knows what was built. */
export function BuiltTruth({ view, truth }: BuiltTruthProps): ReactNode {
  const { data, tools, picture, shown } = view;
  const { gridSide, trueTypes } = data;
  const built = truth === "" ? null : tools.parseProgram(truth, { grid: gridSide, types: trueTypes.names.length });
  if (!built?.ok || !picture || !shown) return null;
  const like = tools.nearestTypes(picture.types, trueTypes);
  const [known, found] = [towersOf(built.program, gridSide), towersOf(shown.program, gridSide)];
  const rows = cellsInOrder(gridSide).map((cell) => {
    const [wanted, got] = [known[cell] ?? [], (found[cell] ?? []).map((type) => like[type] ?? -1)];
    return { cell, wanted, got, isRight: wanted.join() === got.join() };
  });
  const right = rows.filter(({ isRight }) => isRight).length;
  const names = (tower: readonly number[]) =>
    tower.length === 0 ? "nothing" : tower.map((type) => trueTypes.names[type]).join(", ");
  return (
    <table className="wsl-truth" data-table="try-truth" data-right={right} data-cells={rows.length}>
      <caption>
        {right} of {rows.length} towers are as you built them, bottom to top
      </caption>
      <thead>
        <tr>
          <th scope="col">Cell</th>
          <th scope="col">Built</th>
          <th scope="col">Found</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ cell, wanted, got, isRight }) => (
          <tr key={cell} data-is-right={isRight}>
            <th scope="row">{cellName(cell, gridSide) || "tower"}</th>
            <td>{names(wanted)}</td>
            <td>
              <span aria-hidden="true">{isRight ? "✓" : "✗"}</span> {isRight ? "the same" : names(got)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
