// Presets as picture buttons: named starting points come before parameters.

import type { DomainSpec } from "../../engine/domain";
import type { DomainViews } from "../../views/domainViews";
import { presetsFor, useSmallTouch } from "./lightPreset";

export type PresetListProps = {
  readonly spec: DomainSpec;
  readonly views: DomainViews | null;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
};

export function PresetList({ spec, views, chosen, onChoose }: PresetListProps) {
  const isSmall = useSmallTouch();
  return (
    <fieldset className="presets" aria-label="Presets" data-help="presets">
      {presetsFor(spec, isSmall, chosen).map((preset) => (
        <button
          key={preset.id}
          type="button"
          className="preset"
          aria-pressed={preset.id === chosen}
          onClick={() => onChoose(preset.id)}
        >
          <span className="preset-picture">{views ? <views.PresetPicture presetId={preset.id} /> : null}</span>
          <span>
            <b>{preset.title}</b>
            <small>{preset.summary}</small>
          </span>
        </button>
      ))}
    </fieldset>
  );
}
