// "Grow the first column by rule N, with noise": makes an example on the grid that is being drawn.

import { type ReactNode, useId, useState } from "react";
import type { AutomataTools, Grid } from "../../../../domains/automata";
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
  const take = (set: (value: number) => void, most: number) => (value: number) => {
    if (Number.isFinite(value) && value >= 0 && value <= most) set(value);
  };
  return (
    <div className="wsl-control">
      <label htmlFor={`${id}r`}>Rule</label>
      <NumberBox id={`${id}r`} value={rule} most={255} onChange={take((value) => setRule(Math.round(value)), 255)} />
      <label htmlFor={`${id}n`}>Noise, %</label>
      <NumberBox id={`${id}n`} value={noise} most={20} onChange={take(setNoise, 20)} />
      <button type="button" className="wsl-button" onClick={grow}>
        Grow the first column
      </button>
    </div>
  );
}

function NumberBox(props: {
  readonly id: string;
  readonly value: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}): ReactNode {
  return (
    <input
      id={props.id}
      type="number"
      min={0}
      max={props.most}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.valueAsNumber)}
    />
  );
}
