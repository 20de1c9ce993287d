// The chosen concept as one run explains it: its strings with the tints of the best program.

import type { ReactNode } from "react";
import type { RunPictureProps } from "../../domainViews";
import { natsText } from "../../numberText";
import { totalLogProb } from "./alignment";
import { CharacterRow } from "./CharacterRow";
import { bestEntry, stringsView } from "./stringsView";
import { useAlignedConcept } from "./useAlignedConcept";

/** Five strings; those that the best program cannot make say so. */
export function RunPicture(props: RunPictureProps): ReactNode {
  const view = stringsView(props);
  return view ? <Strings {...props} view={view} /> : null;
}

type StringsProps = RunPictureProps & { readonly view: NonNullable<ReturnType<typeof stringsView>> };

function Strings({ view, memory, size }: StringsProps): ReactNode {
  const { tools, logits, concept, row } = view;
  const shown = bestEntry(memory?.entries ?? []);
  const { layout, given } = useAlignedConcept({ tools, logits, concept, row, draw: 0, shown });
  const words = layout ? `log likelihood ${natsText(totalLogProb(given))} nats` : "no program yet";
  return (
    <div className="wsl-run-picture">
      <div
        className="wsl-run-strings"
        role="img"
        aria-label={`Concept ${row + 1}: ${concept.strings.join(", ")}; ${words}`}
        style={{ width: size }}
      >
        {given.map((one) => (
          <CharacterRow key={one.text} string={one} layout={layout} />
        ))}
      </div>
      <span className="wsl-run-picture-note">{words}</span>
    </div>
  );
}
