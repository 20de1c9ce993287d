// "Grow the first column by rule N, with noise": makes an example on the grid that is being drawn.

import { type ReactNode, useId, useState } from "react";
import type { AutomataTools, Grid } from "../../../../domains/automata";
import { NumberBox } from "../../../frame/NumberBox";
import type { GridSource } from "./tryItems";

export type GrowFormProps = {
  readonly tools: AutomataTools;
  readonly source: GridSource;
  readonly onGrown: (grid: Grid) => void;
};

/** Rule number of three neighbours and noise in per cent; an empty first column gets one dark cell in the middle. */
export function GrowForm({ tools, source, onGrown }: GrowFormProps): ReactNode {
  const id = useId();
  const [rule, setRule] = useState(110);
  const [noise, setNoise] = useState(2);
  const grow = () => {
    const { grid, boundary } = source;
    const first = Uint8Array.from({ length: grid.height }, (_, y) => grid.pixels[y * grid.width] ?? 0);
    if (!first.includes(1)) first[grid.height >> 1] = 1;
    onGrown(tools.growFrom(first, grid.width, { rule, neighbours: 3, boundary }, noise / 100, tools.rng(rule)));
  };
  return (
    <div className="wsl-control">
      <label htmlFor={`${id}r`}>Rule</label>
      <NumberBox id={`${id}r`} value={rule} min={0} max={255} onChange={setRule} />
      <label htmlFor={`${id}n`}>Noise, %</label>
      <NumberBox id={`${id}n`} value={noise} min={0} max={20} step={0.5} onChange={setNoise} />
      <button type="button" className="wsl-button" onClick={grow}>
        Grow the first column
      </button>
    </div>
  );
}
