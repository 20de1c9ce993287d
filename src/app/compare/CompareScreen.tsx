// Compare: several runs on the same data. Without a plan in the address, the builder; with one, its charts and table.

import { useEffect } from "react";
import type { Fault } from "../../engine/worker/protocol";
import { monitorFrames } from "../runs/frameMonitor";
import "../styles/options.css";
import "./compare.css";
import { ComparisonPage } from "./ComparisonPage";
import { useCompare } from "./compareStore";
import { closeComparison, injectRunFault, openComparison, paceRuns } from "./comparison";
import { lookUnseen } from "./look";
import { readPlan, writePlan } from "./plan";
import { StartPage } from "./StartPage";

export type CompareScreenProps = { readonly query: string };

/** `query` is the part of the address after "?". */
export function CompareScreen({ query }: CompareScreenProps) {
  useCompareAddress(query);
  useCompareEffects();
  const hasPlan = useCompare((state) => state.plan !== null);
  return hasPlan ? <ComparisonPage /> : <StartPage />;
}

/** The address leads: another plan opens another comparison, another view of the same plan only changes the view. */
function useCompareAddress(query: string): void {
  useEffect(() => {
    const link = readPlan(query);
    const { plan } = useCompare.getState();
    const isSame = plan !== null && link.plan !== null && writePlan(plan) === writePlan(link.plan);
    if (isSame && !link.start) useCompare.setState({ view: link.view });
    else if (!isSame) void openComparison(link).then(() => lookUnseen(link.view.observation));
  }, [query]);
  useEffect(() => closeComparison, []);
}

/** The device on <html>, frames counted while something trains, test faults. */
function useCompareEffects(): void {
  const backend = useCompare((state) => state.runs.find((run) => run.description)?.description?.backend.name ?? "none");
  const isTraining = useCompare((state) => state.runs.some((run) => run.status === "running"));
  const faults = useCompare((state) => state.faults);
  useEffect(() => {
    document.documentElement.dataset["backend"] = backend;
    return () => {
      document.documentElement.dataset["backend"] = "none";
    };
  }, [backend]);
  useEffect(() => (isTraining ? monitorFrames(paceRuns) : undefined), [isTraining]);
  useEffect(() => {
    if (!faults) return;
    const hook = { inject: (fault: Fault, runIndex?: number) => injectRunFault(fault, runIndex) };
    // The cast: only faults can be asked for here, not the workbench's other hooks.
    window.lab = hook as unknown as NonNullable<Window["lab"]>;
    return () => {
      delete window.lab;
    };
  }, [faults]);
}
