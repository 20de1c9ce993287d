// The status bar: device, speed, proposals scored, training time, frame rate, and the promise.

import type { BackendName, BackendReport } from "../../engine/backend";
import { FormulaTip } from "../../views/frame/FormulaTip";
import { clockText, countText, fixedText } from "../../views/numberText";
import { useFrames } from "../runs/frameMonitor";
import { SavedAt } from "../saved/SavedAt";
import { type LabRun, useRuns, useViewed } from "../stores/runStore";
import { proposalsTip, rateTip } from "./posterior/costTips";

const DEVICES: Readonly<Record<BackendName, string>> = {
  webgpu: "WebGPU",
  wasm: "CPU, WebAssembly",
  cpu: "CPU, plain TypeScript",
};

const SLOWED = "slowed to keep the page smooth";

/** Numbers of all runs together; everything is measured here, nothing is claimed. */
export function StatusBar() {
  const viewed = useViewed();
  const rate = useRuns((runs) => sum(runs.runs, (run) => (run.status === "running" ? run.stepsPerSecond : 0)));
  const evaluations = useRuns((runs) => sum(runs.runs, (run) => run.evaluations));
  const slowed = useRuns((runs) => runs.runs.some((run) => run.slowed));
  const fps = useFrames((frames) => frames.fps);
  const isPaced = useFrames((frames) => frames.slowed);
  const shownRate = rate || viewed?.stepsPerSecond || 0;
  return (
    <footer
      className="status-bar"
      data-fps={fps === null ? "" : Math.round(fps)}
      data-steps-per-second={Math.round(shownRate * 10) / 10}
    >
      <Device report={viewed?.description?.backend ?? null} />
      <FormulaTip className="rate" lines={() => rateTip(viewed)}>
        {fixedText(shownRate, shownRate > 0 && shownRate < 10 ? 1 : 0)} steps/s{sizeText(viewed)}
      </FormulaTip>
      <FormulaTip className="evaluations" lines={() => proposalsTip(viewed)}>
        {countText(evaluations)} proposals
      </FormulaTip>
      <span>
        <span className="visually-hidden">training time </span>
        {clockText((viewed?.wallMs ?? 0) / 1000)}
      </span>
      <span>{fps === null ? "– fps" : `${Math.round(fps)} fps`}</span>
      {slowed || isPaced ? (
        <span className="slowed" title={SLOWED}>
          {SLOWED}
        </span>
      ) : null}
      <SavedAt />
      <a className="promise-line" href="#/help/privacy">
        Runs on your device. Nothing is uploaded.
      </a>
    </footer>
  );
}

/** A rate means little without its K; runs beside each other may differ in it. */
function sizeText(viewed: LabRun | undefined): string {
  return viewed ? `, K = ${viewed.options["particles"]}` : "";
}

function Device({ report }: { readonly report: BackendReport | null }) {
  if (!report) return <span className="device">device: starting</span>;
  const detail = report.detail ? ` (${report.detail})` : "";
  return (
    <a className="device" href="#/help/device" title={`${report.reason}${detail}`}>
      {DEVICES[report.name]}
    </a>
  );
}

function sum(runs: readonly LabRun[], value: (run: LabRun) => number): number {
  return runs.reduce((total, run) => total + value(run), 0);
}
