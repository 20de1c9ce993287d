// The warning beside unusual values: what the run would cost on this device, before it is started.

import { useEffect, useRef, useState } from "react";
import { clockText, countText, fixedText } from "../../../views/numberText";
import { sizeText } from "../../saved/savedText";
import { useLab } from "../../stores/labStore";
import { useRuns } from "../../stores/runStore";
import { measureCost, type RunCost } from "./measureCost";

/** Time without another change after which measuring begins, ms. */
const SETTLED_MS = 600;

export function CostOfRun() {
  const cost = useCost();
  const steps = useLab((lab) => Number(lab.options["iterations"]));
  const panel = useRef<HTMLDivElement>(null);
  // The switch stands at the end of the options: what it opens would be below the edge. The newest browsers answer the
  // scroll with a promise, which an effect must not return.
  useEffect(() => void panel.current?.scrollIntoView({ block: "center" }), []);
  return (
    <div ref={panel} className="run-cost" role="status">
      <p>Unusual values can make steps slow, take much memory, and learn badly.</p>
      <p data-run-cost={cost === "training" || cost === "measuring" ? cost : cost.kind}>{sentenceOf(cost, steps)}</p>
    </div>
  );
}

function sentenceOf(cost: RunCost | "training" | "measuring", steps: number): string {
  if (cost === "training") return "The cost is measured once training pauses.";
  if (cost === "measuring") return "Measuring what these options cost on this device.";
  if (cost.kind === "refused") return cost.sentence;
  const memory = `About ${sizeText(cost.bytes)} of memory`;
  if (cost.kind === "slow") return `${memory}, and more than ${cost.overMs / 1000} s a step on this device.`;
  const step =
    cost.msPerStep < 1000 ? `${fixedText(cost.msPerStep, 0)} ms` : `${fixedText(cost.msPerStep / 1000, 1)} s`;
  const all = clockText((cost.msPerStep * steps) / 1000);
  return `${memory} and ${step} a step on this device: ${all} for ${countText(steps)} steps.`;
}

/** The cost of the chosen options, measured anew when they settle; never while something trains. */
function useCost(): RunCost | "training" | "measuring" {
  const spec = useLab((lab) => lab.spec);
  const options = useLab((lab) => lab.options);
  const userData = useLab((lab) => lab.userData);
  const isTraining = useRuns((runs) => runs.playing);
  const [cost, setCost] = useState<RunCost | null>(null);
  useEffect(() => {
    setCost(null);
    if (!spec || isTraining) return;
    const ended = new AbortController();
    const timer = setTimeout(() => {
      measureCost({ spec, options, userData, signal: ended.signal }).then(
        (measured) => ended.signal.aborted || setCost(measured),
        () => undefined, // ended early: other options are measured instead
      );
    }, SETTLED_MS);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [spec, options, userData, isTraining]);
  if (isTraining) return "training";
  return cost ?? "measuring";
}
