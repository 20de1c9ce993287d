// How a picture becomes a square on white: cropped or padded, its background made white or left. Each change can be undone.

import type { ReactNode } from "react";
import type { PictureSettings } from "../../../../domains/blocks/upload/preparePicture";
import { Segmented } from "../../../frame/Segmented";

export type PictureControlsProps = {
  readonly settings: PictureSettings;
  /** The way in force where the settings leave it open. */
  readonly fit: "crop" | "pad";
  /** A square picture needs neither. */
  readonly isSquare: boolean;
  readonly onChange: (settings: PictureSettings) => void;
};

const FITS = [
  { value: "crop", label: "crop to the middle" },
  { value: "pad", label: "add background" },
] as const;

export function PictureControls({ settings, fit, isSquare, onChange }: PictureControlsProps): ReactNode {
  return (
    <div className="wsl-own-controls">
      {isSquare ? null : (
        <Segmented<"crop" | "pad">
          label="How it becomes square"
          options={FITS}
          value={fit}
          onChange={(next) => onChange({ ...settings, fit: next })}
        />
      )}
      <label className="wsl-blocks-check">
        <input
          type="checkbox"
          checked={settings.normalise}
          onChange={(event) => onChange({ ...settings, normalise: event.currentTarget.checked })}
        />
        Make the background white
      </label>
    </div>
  );
}
