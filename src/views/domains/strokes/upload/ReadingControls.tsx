// How a picture becomes 28 by 28 cells: centre, size, threshold, ink and paper. Each change can be undone.

import { type ReactNode, useId } from "react";
import type { PictureSettings } from "./ownPicture";

export type ReadingControlsProps = {
  readonly settings: PictureSettings;
  /** The settings that pictures start with, for "as at first". */
  readonly first: PictureSettings;
  /** The threshold in force, share of ink; decided by the lab where the settings leave it open. */
  readonly threshold: number;
  readonly isInverted: boolean;
  readonly onChange: (settings: PictureSettings) => void;
};

export function ReadingControls(props: ReadingControlsProps): ReactNode {
  const { settings, first, onChange } = props;
  const id = useId();
  const change = (part: Partial<PictureSettings>) => onChange({ ...settings, ...part });
  const isFirst = Object.entries(first).every(([name, value]) => settings[name as keyof PictureSettings] === value);
  return (
    <div className="wsl-reading">
      <label className="wsl-reading-check">
        <input
          type="checkbox"
          checked={settings.centre}
          onChange={(event) => change({ centre: event.currentTarget.checked })}
        />
        Centre
      </label>
      <Range
        id={`${id}size`}
        label="Size"
        text={settings.size === 0 ? "as drawn" : `${settings.size} cells`}
        min={0}
        max={26}
        step={1}
        value={settings.size}
        onChange={(size) => change({ size: size < 8 ? (settings.size === 0 && size > 0 ? 8 : 0) : size })}
      />
      <Range
        id={`${id}threshold`}
        label="Ink from"
        text={props.threshold.toFixed(2)}
        min={0.05}
        max={0.95}
        step={0.05}
        value={props.threshold}
        onChange={(threshold) => change({ threshold })}
      />
      <label className="wsl-reading-check">
        <input
          type="checkbox"
          checked={props.isInverted}
          onChange={(event) => change({ invert: event.currentTarget.checked })}
        />
        Light ink on dark
      </label>
      <button type="button" className="text-button" disabled={isFirst} onClick={() => onChange(first)}>
        As at first
      </button>
    </div>
  );
}

type RangeProps = {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
};

function Range({ id, label, text, onChange, ...range }: RangeProps): ReactNode {
  return (
    <div className="wsl-reading-range">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        {...range}
        aria-valuetext={text}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
      <output htmlFor={id}>{text}</output>
    </div>
  );
}
