// The domains of the lab as a row of small pictures: whatever the catalogue of domains holds, with the picture of its first
// preset from the domain's own folder.

import { type ComponentType, useEffect, useState } from "react";
import { catalogue } from "../../domains/catalogue";

type PresetPicture = ComponentType<{ readonly presetId: string }>;

// One small chunk a domain, fetched after the first paint; the rest of a domain's pictures stays where it is.
const loaders = import.meta.glob<{ PresetPicture: PresetPicture }>("../../views/domains/*/PresetPicture.tsx");

/** Links to the workbenches. */
export function DomainRow() {
  return (
    <nav className="domain-row" aria-label="What can be learnt here">
      {catalogue.map((domain) => (
        <a key={domain.id} href={`#/lab/${domain.id}`}>
          <span className="domain-picture">
            <DomainPicture domainId={domain.id} presetId={domain.firstPreset} />
          </span>
          <b>{domain.title}</b>
          <small>
            {domain.programName.many} behind {domain.observationName.many}
          </small>
        </a>
      ))}
    </nav>
  );
}

/** Empty, with its room kept, until the picture is there; a domain without one shows only its name. */
function DomainPicture({ domainId, presetId }: { readonly domainId: string; readonly presetId: string }) {
  const [Picture, setPicture] = useState<PresetPicture | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const load = loaders[`../../views/domains/${domainId}/PresetPicture.tsx`];
    load?.().then(
      (module) => isCurrent && setPicture(() => module.PresetPicture),
      (error: unknown) => console.info(`No picture of ${domainId}:`, error),
    );
    return () => {
      isCurrent = false;
    };
  }, [domainId]);
  return Picture ? <Picture presetId={presetId} /> : null;
}
