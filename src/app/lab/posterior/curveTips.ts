// What the last value of a curve is: its formula, and the numbers of the observation on show where there are any.

import type { DomainSpec } from "../../../engine/domain";
import { budgetOfValues } from "../../../engine/run/budget";
import type { MemoryEntry } from "../../../engine/run/records";
import type { TipLines } from "../../../views/frame/Tip";
import { countText, fixedText, natsText, valueText, weightText } from "../../../views/numberText";
import { useLab } from "../../stores/labStore";
import { type LabRun, runById, useRuns } from "../../stores/runStore";
import type { CurveSpec } from "../curveSpecs";

type Explained = { readonly curve: CurveSpec; readonly metric: string; readonly value: number; readonly run: LabRun };

/** The last value of a series: a single run's series are its metrics; beside others each series is a run. */
export function explainEnd(curve: CurveSpec, runs: readonly LabRun[], id: string, value: number): TipLines {
  const run = runs.find((candidate) => id.startsWith(`${candidate.runId} `)) ?? runs[0];
  const metric = curve.metrics.find(({ name }) => name === id)?.name ?? curve.metrics[0]?.name ?? curve.name;
  const { spec } = useLab.getState();
  if (!run || !spec) return { symbols: curve.title, numbers: valueText(value), meaning: curve.help };
  // The run of the drawing may be a few steps old: the numbers are those of now.
  return curveTip(spec, { curve, metric, value, run: runById(run.runId) ?? run });
}

/** The lines of one metric's last value. */
function curveTip(spec: DomainSpec, { curve, metric, value, run }: Explained): TipLines {
  const one = `${spec.observationName.one} ${useRuns.getState().selected + 1}`;
  const hasMemory = run.memory?.source === "memory";
  const entries = run.memory?.entries ?? [];
  const mean = `${valueText(value)}, the mean since the record before`;
  switch (metric) {
    case "elbo":
      return {
        symbols: hasMemory ? "L = log Σ p(z, x),   over the remembered z" : "L = log (1/K) Σ p(z, x) / q(z | x)",
        numbers: hasMemory
          ? `${boundOf(entries)} for ${one}; all of the batches: ${mean}`
          : `K = ${budgetOfValues(run.options).numSamples}; ${mean}`,
        meaning: `A lower bound on log p(x) in nats: how well the model explains each ${spec.observationName.one}.`,
      };
    case "ess":
      return {
        symbols: "ESS = 1 / Σ w²",
        numbers: `${essOf(entries)} for ${one}; all of the batches: ${mean}`,
        meaning: "How many equally good programs the weights are worth: 1 means that one program has all the weight.",
      };
    case "phiLoss":
      return {
        symbols: "loss = −Σ b log q(z | x)",
        numbers: `${mean} nats, batch of ${Number(run.options["batch"])}`,
        meaning: "How surprised the recognition model is by the programs that it learns from.",
      };
    case "accepted":
    case "novel":
    case "newBest":
      return {
        symbols: "rate = (1/B) Σ n,   n proposals of one observation",
        numbers: `B = ${Number(run.options["batch"])}; ${mean}`,
        meaning: curve.help,
      };
    default:
      return declared(spec, { curve, metric, value, run });
  }
}

/** A metric of the domain: its own formula where it has one, else what it is and where it stands. */
function declared(spec: DomainSpec, { curve, metric, value, run }: Explained): TipLines {
  const info = spec.metrics.find(({ name }) => name === metric);
  const formula = info?.formula?.(value);
  return {
    symbols: formula?.symbols ?? info?.title ?? curve.title,
    numbers: formula?.numbers ?? `${valueText(value)} ${info?.unit ?? curve.unit} at step ${countText(run.step)}`,
    meaning: info?.help ?? curve.help,
  };
}

function boundOf(entries: readonly MemoryEntry[]): string {
  if (entries.length === 0) return "no programs yet";
  const best = Math.max(...entries.map((entry) => entry.logJoint));
  const bound = best + Math.log(entries.reduce((sum, entry) => sum + Math.exp(entry.logJoint - best), 0));
  const terms = entries.slice(0, 2).map((entry) => `exp(${natsText(entry.logJoint)})`);
  return `log(${terms.join(" + ")}${entries.length > 2 ? " + …" : ""}) = ${natsText(bound)}`;
}

function essOf(entries: readonly MemoryEntry[]): string {
  if (entries.length === 0) return "no programs yet";
  const squares = entries.reduce((sum, entry) => sum + entry.weight ** 2, 0);
  const terms = entries.slice(0, 3).map((entry) => `${weightText(entry.weight)}²`);
  return `1 / (${terms.join(" + ")}${entries.length > 3 ? " + …" : ""}) = ${fixedText(1 / squares, 2)}`;
}
