// How the status bar's numbers are counted, with those of the run on view.

import type { TipLines } from "../../../views/frame/Tip";
import { countText, fixedText } from "../../../views/numberText";
import type { LabRun } from "../../stores/runStore";

/** Steps per second of training time. */
export function rateTip(run: LabRun | undefined): TipLines {
  const seconds = (run?.wallMs ?? 0) / 1000;
  const rate = seconds > 0 ? (run?.step ?? 0) / seconds : 0;
  return {
    symbols: "rate = steps / training time",
    numbers: `${countText(run?.step ?? 0)} / ${fixedText(seconds, 1)} s = ${fixedText(rate, 1)} steps/s on average`,
    meaning: "The number shown is that of the last half second; evaluation and waiting do not count.",
  };
}

/** Evaluations of the joint. */
export function proposalsTip(run: LabRun | undefined): TipLines {
  const batch = Number(run?.options["batch"] ?? 0);
  const steps = run?.step ?? 0;
  const each = steps > 0 && batch > 0 ? (run?.evaluations ?? 0) / steps / batch : 0;
  return {
    symbols: "proposals = steps × B × programs scored per observation",
    numbers: `${countText(steps)} × ${countText(batch)} × ${fixedText(each, 1)} = ${countText(run?.evaluations ?? 0)}`,
    meaning: "Programs scored so far: remembered and fresh ones with a memory, K samples without.",
  };
}
