// The message over the last good picture: what happened, why, what can be done, and the details to copy.

import { useState } from "react";
import type { LabErrorData } from "../../engine/errors";
import { runName } from "../router/variant";
import { useLab } from "../stores/labStore";
import { say } from "../stores/noticeStore";
import type { LabRun } from "../stores/runStore";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { adviceFor, type FailureAction } from "./failureAdvice";
import { goBack, startOver } from "./workbench";

export type FailurePanelProps = { readonly run: LabRun; readonly isOnly: boolean };

/** Announced at once; the picture behind it stays. */
export function FailurePanel({ run, isOnly }: FailurePanelProps) {
  const table = useLab((lab) => lab.table);
  const [isOpen, setOpen] = useState(false);
  if (!run.failure) return null;
  const advice = adviceFor(run.failure, table, run.options);
  const act = (action: FailureAction) =>
    void (action.kind === "goBack" ? goBack(run.runId, action.changes, action.thenPlay) : startOver(action.changes));
  return (
    <div className="failure" role="alert">
      <span className="failure-icon">
        <Icon name="warn" size={20} />
      </span>
      <div className="failure-text">
        <h2>
          {isOnly ? "" : `${runName(run.options)}: `}
          {advice.title}
        </h2>
        <p>{advice.why}</p>
        <div className="button-row">
          {advice.actions.map((action, index) => (
            <Button key={action.label} kind={index === 0 ? "primary" : "plain"} onClick={() => act(action)}>
              {action.label}
            </Button>
          ))}
          <Button kind="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            Details
          </Button>
        </div>
        {isOpen ? <Details error={run.failure.error} run={run} /> : null}
      </div>
    </div>
  );
}

function Details({ error, run }: { readonly error: LabErrorData; readonly run: LabRun }) {
  const fields = Object.entries(error.fields).map(([name, value]) => `${name}: ${value}`);
  const options = Object.entries(run.options).map(([name, value]) => `${name}=${value}`);
  const text = [
    `code: ${error.code}`,
    `message: ${error.message}`,
    ...fields,
    `backend: ${run.description?.backend.name ?? "not chosen"}`,
    `options: ${options.join(" ")}`,
    `link: ${window.location.href}`,
    `browser: ${navigator.userAgent}`,
    ...(error.stack ? [error.stack] : []),
  ].join("\n");
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    say("Details copied.", true);
  };
  return (
    <div className="failure-details">
      <textarea readOnly rows={8} aria-label="Details of the failure" value={text} />
      <Button onClick={() => void copy().catch(() => say("The clipboard is closed to this page.", true))}>
        Copy details
      </Button>
    </div>
  );
}
