// "E": the runs of the bench as files, and where the other exports are.

import { readRunHead } from "../../engine/run/runFile";
import { countText } from "../../views/numberText";
import { CopyEmbed } from "../embed/CopyEmbed";
import { copyLink } from "../lab/copyLink";
import { ExportRows } from "../lab/ExportRows";
import { checkpointOf } from "../lab/workbench";
import { runName } from "../router/variant";
import { say } from "../stores/noticeStore";
import { type LabRun, useRuns } from "../stores/runStore";
import { Button } from "../ui/Button";
import { Modal } from "../ui/Modal";
import { downloadFile } from "./downloadFile";
import { runFileOf } from "./runFiles";
import { describeRun, heldCheckpoint } from "./saver";

export type ExportDialogProps = { readonly open: boolean; readonly onClose: () => void };

export function ExportDialog({ open, onClose }: ExportDialogProps) {
  const runs = useRuns((state) => (open ? state.runs : NONE));
  return (
    <Modal
      open={open}
      onClose={onClose}
      title="Export"
      text="A run file holds options, seed, your own data, parameters, memory and the curves. Drop it on this page, or give it to the command line, and the run goes on with the same numbers."
    >
      <ul className="room-list">
        {runs.map((run) => (
          <li key={run.runId} className="export-row">
            <span>
              {runName(run.options)}, seed {String(run.options["seed"])}
            </span>
            <small className="number">step {countText(run.step)}</small>
            <Button
              disabledReason={run.description ? null : "The engine is starting."}
              onClick={() => void exportRun(run)}
            >
              Export run file
            </Button>
          </li>
        ))}
      </ul>
      <ExportRows />
      <p className="note">
        Every chart, picture and table has an export menu of its own: CSV, JSON, SVG and PNG. A link holds the options
        and the seed, and starts at step 0.
      </p>
      <div className="dialog-buttons">
        <CopyEmbed />
        <Button kind="quiet" icon="link" onClick={() => void copyLink()}>
          Copy link
        </Button>
        <Button onClick={onClose}>Close</Button>
      </div>
    </Modal>
  );
}

const NONE: readonly LabRun[] = [];

async function exportRun(run: LabRun): Promise<void> {
  const checkpoint = (await checkpointOf(run.runId)) ?? heldCheckpoint(run.runId);
  if (!checkpoint) return say("There is no state of this run to export. Press Reset to begin again.", true);
  const file = runFileOf({ run: { ...describeRun(run), step: readRunHead(checkpoint).step }, checkpoint });
  downloadFile(file.name, file.bytes);
  say(`Exported as ${file.name}.`, true);
}
