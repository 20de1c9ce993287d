// How the picture becomes a grid: growth direction, rows, threshold, invert, majority filter, boundary.

import { type ReactNode, useId } from "react";
import { Icon } from "../../../frame/icons";
import { NumberBox } from "../../../frame/NumberBox";
import { Segmented } from "../../../frame/Segmented";
import type { OwnSettings } from "./ownPicture";

export type PictureControlsProps = {
  readonly settings: OwnSettings;
  /** The threshold in force, Otsu's where none is chosen. */
  readonly threshold: number;
  readonly onChange: (part: Partial<OwnSettings>) => void;
};

const directions = [
  { value: "right", label: "right" },
  { value: "down", label: "down" },
  { value: "left", label: "left" },
  { value: "up", label: "up" },
] as const;

const boundaries = [
  { value: "zero", label: "light outside" },
  { value: "wrap", label: "wraps round" },
] as const;

/** Controls in the order in which they act. */
export function PictureControls(props: PictureControlsProps): ReactNode {
  const { settings, onChange } = props;
  const id = useId();
  return (
    <div className="wsl-controls">
      <div className="wsl-control">
        <span>Grows towards</span>
        <Segmented
          label="Grows towards"
          options={directions}
          value={settings.direction}
          onChange={(direction) => onChange({ direction })}
        />
      </div>
      <div className="wsl-control">
        <label htmlFor={`${id}h`}>Rows of the grid</label>
        <NumberBox
          id={`${id}h`}
          value={settings.height}
          min={8}
          max={256}
          onChange={(height) => onChange({ height })}
        />
      </div>
      <div className="wsl-control">
        <label htmlFor={`${id}t`}>Dark up to grey</label>
        <input
          id={`${id}t`}
          type="range"
          min={0}
          max={254}
          value={props.threshold}
          onChange={(event) => onChange({ threshold: event.currentTarget.valueAsNumber })}
        />
        <output className="wsl-number">{props.threshold}</output>
        <button
          type="button"
          className="wsl-quiet"
          disabled={settings.threshold === null}
          onClick={() => onChange({ threshold: null })}
        >
          <Icon name="undo" size={12} /> Otsu
        </button>
      </div>
      <div className="wsl-control">
        <Check label="Exchange dark and light" checked={settings.invert} onChange={(invert) => onChange({ invert })} />
        <Check
          label="Clean up specks, 3 by 3"
          checked={settings.majorityFilter}
          onChange={(majorityFilter) => onChange({ majorityFilter })}
        />
      </div>
      <div className="wsl-control">
        <span>Above and below</span>
        <Segmented
          label="Cells above and below the picture"
          options={boundaries}
          value={settings.boundary}
          onChange={(boundary) => onChange({ boundary })}
        />
      </div>
    </div>
  );
}

/** A labelled check box. */
export function Check(props: {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}): ReactNode {
  return (
    <label className="wsl-check">
      <input
        type="checkbox"
        checked={props.checked}
        disabled={props.disabled ?? false}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}
