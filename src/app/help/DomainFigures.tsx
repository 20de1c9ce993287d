// Figures that a domain adds to its help page, from its own folder; fetched, with the tools that they call, when the
// page is opened.

import { type ComponentType, useEffect, useState } from "react";
import type { DomainSpec } from "../../engine/domain";

type HelpFigures = ComponentType<{ readonly spec: DomainSpec }>;

const loaders = import.meta.glob<{ HelpFigures: HelpFigures }>("../../views/domains/*/HelpFigures.tsx");

/** Nothing for a domain without such figures. */
export function DomainFigures({ spec }: { readonly spec: DomainSpec }) {
  const [Figures, setFigures] = useState<HelpFigures | null>(null);
  useEffect(() => {
    let isCurrent = true;
    setFigures(null);
    const load = loaders[`../../views/domains/${spec.id}/HelpFigures.tsx`];
    if (!load) return;
    Promise.all([load(), spec.loadTools?.()]).then(
      ([module]) => isCurrent && setFigures(() => module.HelpFigures),
      (error: unknown) => console.info(`No figures for the help of ${spec.id}:`, error),
    );
    return () => {
      isCurrent = false;
    };
  }, [spec]);
  return Figures ? <Figures spec={spec} /> : null;
}
