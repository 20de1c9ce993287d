// Which shipped model reads the input, or none: the same search without training.

import { Segments } from "../ui/Choose";
import type { TryInputProps } from "./TryInput";
import { dropWork, find, modelsOf } from "./trySearch";
import { entryOf, patchTry, tryOf, useTry } from "./tryStore";

export function ModelChoice({ spec, tryOwn }: TryInputProps) {
  const state = useTry(spec.id);
  const models = modelsOf(spec, tryOwn);
  if (models.length === 0) return null;
  const again = (patch: Parameters<typeof patchTry>[1]) => {
    const hadAnswer = entryOf(tryOf(spec.id)).before !== null;
    dropWork(spec.id);
    patchTry(spec.id, patch);
    if (hadAnswer) void find(spec, tryOwn);
  };
  return (
    <div className="try-model">
      {models.length > 1 ? (
        <>
          <span>{tryOwn.modelsLabel}</span>
          <Segments
            label={tryOwn.modelsLabel}
            value={state.model || (models[0]?.name ?? "")}
            choices={models.map(({ name, label }) => ({ value: name, label }))}
            onChange={(model) => again({ model })}
          />
        </>
      ) : null}
      <label className="try-check">
        <input
          type="checkbox"
          checked={state.isTrained}
          onChange={(event) => again({ isTrained: event.currentTarget.checked })}
        />
        Use the trained model
      </label>
    </div>
  );
}
