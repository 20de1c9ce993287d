// "Add a run": another algorithm or another K, on the same data with the same seed and options.

import { useState } from "react";
import type { OptionSpec, OptionTable } from "../../engine/options";
import { algorithmName, type RunVariant } from "../router/variant";
import { useLab } from "../stores/labStore";
import { useRuns } from "../stores/runStore";
import { Button } from "../ui/Button";
import { Segments } from "../ui/Choose";
import { Modal } from "../ui/Modal";
import { NumberField } from "./options/NumberField";

export type AddRunDialogProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onAdd: (variant: RunVariant) => void;
};

export function AddRunDialog({ open, onClose, onAdd }: AddRunDialogProps) {
  return (
    <Modal
      open={open}
      onClose={onClose}
      title="Add a run"
      text="It gets the same data, the same seed and the other options of the first run, and starts at step 0."
    >
      {open ? <Form onClose={onClose} onAdd={onAdd} /> : null}
    </Modal>
  );
}

function Form({ onClose, onAdd }: Omit<AddRunDialogProps, "open">) {
  const table = useLab((lab) => lab.table);
  const options = useLab((lab) => lab.options);
  const runs = useRuns((state) => state.runs);
  const algorithms = choicesOf(table["algorithm"]);
  const isNew = (id: string) => runs.every((run) => run.options["algorithm"] !== id);
  const [algorithm, setAlgorithm] = useState(algorithms.find(isNew) ?? algorithms[0] ?? "rws");
  const [particles, setParticles] = useState(Number(options["particles"]));
  const counts = numberSpecOf(table);
  const isThere = runs.some(
    (run) => run.options["algorithm"] === algorithm && Number(run.options["particles"]) === particles,
  );
  return (
    <>
      <div className="dialog-rows">
        <div className="option">
          <span className="option-label">Algorithm</span>
          <span className="option-value">
            <Segments
              label="Algorithm"
              value={algorithm}
              choices={algorithms.map((id) => ({ value: id, label: algorithmName(id) }))}
              onChange={setAlgorithm}
            />
          </span>
        </div>
        {counts ? (
          <div className="option">
            <span className="option-label">
              {counts.label} <i className="math">{counts.symbol}</i>
            </span>
            <span className="option-value">
              <NumberField
                name="added-particles"
                spec={counts}
                value={particles}
                derived={null}
                describedBy="added-particles-help"
                onChange={setParticles}
              />
            </span>
          </div>
        ) : null}
        <p id="added-particles-help" className="note">
          Runs share this device, so each is slower than alone. Compare them by step or by proposals.
        </p>
      </div>
      <div className="dialog-buttons">
        <Button kind="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button
          kind="primary"
          disabledReason={isThere ? "This run is there already: choose another algorithm or K." : null}
          onClick={() => {
            onAdd({ algorithm, particles });
            onClose();
          }}
        >
          Add
        </Button>
      </div>
    </>
  );
}

function choicesOf(spec: OptionSpec | undefined): readonly string[] {
  return spec?.kind === "choice" ? spec.choices : [];
}

function numberSpecOf(table: OptionTable) {
  const spec = table["particles"];
  return spec?.kind === "int" ? spec : null;
}
