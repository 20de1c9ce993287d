// The types that a scene is built from: a radio group, one of them in hand.

import { type ReactNode, useId } from "react";
import type { TrueTypes } from "../../../../domains/blocks/datasets";
import { Block } from "./TowerGrid";

export type PaletteProps = {
  readonly types: TrueTypes;
  readonly type: number;
  readonly onType: (type: number) => void;
};

export function Palette({ types, type, onType }: PaletteProps): ReactNode {
  const name = useId();
  return (
    <fieldset className="wsl-palette">
      <legend className="wsl-hidden">Block to put down</legend>
      {types.names.map((title, i) => (
        <label key={title} data-on={i === type ? "" : undefined} title={title}>
          <input type="radio" className="wsl-hidden" name={name} checked={i === type} onChange={() => onType(i)} />
          <span className="wsl-palette-block" aria-hidden="true">
            <Block types={types} type={i} />
          </span>
          <span>
            <b>{String.fromCharCode(65 + i)}</b> <span className="wsl-palette-name">{title}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
