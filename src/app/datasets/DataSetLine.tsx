// Beside the choice of a data set: whether the chosen one is on this device, and the way to those of others.

import { useEffect, useState } from "react";
import { DataSetsDialog } from "./DataSetsDialog";
import { useDataSets } from "./dataSetStore";
import { keptDataSet } from "./keptDataSets";

export type DataSetLineProps = {
  readonly domain: string;
  /** The chosen data set; "" for the domain's own. */
  readonly chosen: string;
  /** Names of sets that the lab does not make itself. */
  readonly imported: readonly string[];
  readonly onUse: (name: string) => void;
};

export function DataSetLine({ domain, chosen, imported, onUse }: DataSetLineProps) {
  const [isOpen, setOpen] = useState(false);
  const isMissing = useIsMissing(imported.includes(chosen) ? chosen : null);
  return (
    <div className="data-set-choice">
      {isMissing ? (
        <small className="option-note" role="status">
          not on this device yet
        </small>
      ) : null}
      <button type="button" className="text-button" onClick={() => setOpen(true)}>
        Data sets of others
      </button>
      <DataSetsDialog
        domain={domain}
        open={isOpen}
        onClose={() => setOpen(false)}
        onUse={(name) => {
          setOpen(false);
          onUse(name);
        }}
      />
    </div>
  );
}

/** True once it is known that the set is not kept here. Looks again when sets come or go. */
function useIsMissing(name: string | null): boolean {
  const sources = useDataSets((sets) => sets.sources);
  const [isMissing, setMissing] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept changes with the sources on show
  useEffect(() => {
    let isCurrent = true;
    if (name === null) setMissing(false);
    else {
      void keptDataSet(new URL(`datasets/${name}.images`, document.baseURI).href).then((kept) => {
        if (isCurrent) setMissing(kept === null);
      });
    }
    return () => {
      isCurrent = false;
    };
  }, [name, sources]);
  return isMissing;
}
