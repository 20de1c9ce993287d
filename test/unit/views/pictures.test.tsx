// Did a drawing change? Seeded data -> SVG, compared with the stored file of each chart type.
// To accept a wanted change: npx vitest run test/unit/views/pictures.test.tsx -u, then look at the files.

import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { automata } from "../../../src/domains/automata";
import { clusters } from "../../../src/domains/clusters";
import { Rng } from "../../../src/engine/rng/rng";
import { CurveDrawing } from "../../../src/views/charts/CurveDrawing";
import type { LearningCurveProps } from "../../../src/views/charts/curveTypes";
import { RunLegend } from "../../../src/views/charts/RunLegend";
import { RuleStrip } from "../../../src/views/domains/automata/RuleStrip";
import { ScatterPlot } from "../../../src/views/domains/clusters/ScatterPlot";
import { MemoryTable } from "../../../src/views/memory/MemoryTable";

function fileOf(node: ReactNode): string {
  return `${renderToStaticMarkup(node).replaceAll("><", ">\n<")}\n`;
}

function stored(name: string): string {
  return `../../fixtures/pictures/${name}`;
}

function seededCurves(): LearningCurveProps {
  const rng = new Rng(7).fork("pictures");
  const x = Float64Array.from({ length: 600 }, (_, i) => i);
  const falling = (rate: number) => x.map((step) => 0.02 + 0.23 * Math.exp(-step / rate) * (1 + 0.1 * rng.normal()));
  const mws = falling(90);
  const band = { lo: mws.map((v) => 0.9 * v), hi: mws.map((v) => 1.1 * v) };
  return {
    name: "phi",
    title: "Noise level",
    unit: "share of flipped cells",
    scale: "log",
    series: [
      { id: "mws", label: "MWS", slot: 1, x, y: mws, weight: "mean", band },
      { id: "rws", label: "RWS", slot: 2, x, y: falling(300).fill(Number.NaN, 100, 150) },
      { id: "old", label: "VIMCO", slot: 3, x, y: falling(500), ghost: true },
    ],
    references: [{ label: "true", value: 0.02 }],
    xAxis: { label: "step", domain: [0, 1500] },
    ticks: [10, 20, 400],
    now: 599,
  };
}

describe("stored pictures", () => {
  it("learning curve", async () => {
    const drawing = <CurveDrawing chart={seededCurves()} width={340} height={160} />;
    await expect(fileOf(drawing)).toMatchFileSnapshot(stored("learning-curve.svg"));
  });

  it("key of runs", async () => {
    const runs = [
      { id: "a", slot: 1, name: "MWS", n: 3, lastValue: 0.0204 },
      { id: "b", slot: 2, name: "RWS", hidden: true },
    ];
    await expect(fileOf(<RunLegend runs={runs} onToggle={() => undefined} />)).toMatchFileSnapshot(
      stored("run-legend.html"),
    );
  });

  it("rule strips", async () => {
    const three = <RuleStrip rule={110} neighbours={3} name="rule 110" best={106} probability={Array(8).fill(0.9)} />;
    const five = <RuleStrip rule={0x5a3c96e1 | 0} neighbours={5} name="rule 0x5a3c96e1" best={0x5a3c96e0 | 0} />;
    await expect(fileOf(three)).toMatchFileSnapshot(stored("rule-strip-3.svg"));
    await expect(fileOf(five)).toMatchFileSnapshot(stored("rule-strip-5.svg"));
  });

  it("scatter plot of a data set", async () => {
    const points = Float64Array.of(-1, 0.8, -1.1, 0.9, -0.9, 0.7, 0.5, -0.4, 0.6, -0.5, 0.4, -0.3, 1.4, 1);
    const program = clusters.program.parse("AAABBBC", {});
    if (!program.ok) throw new Error(program.message);
    const sigma = Float64Array.of(0.04, 0.01, 0.01, 0.03);
    const picture = { sigma, topPrograms: program.program, best: program.program[0] };
    const view = { tools: clusters.tools, points, picture, program: program.program[0], row: 0, data: { points } };
    // The drawing reads only these fields of its view.
    const drawing = <ScatterPlot view={view as never} width={520} height={300} cloud="none" showExact={true} />;
    await expect(fileOf(drawing)).toMatchFileSnapshot(stored("scatter.svg"));
  });

  it("memory table", async () => {
    const entry = { program: [110], printed: "rule 110", logPrior: -5.5, logLikelihood: -105, logJoint: -110.5 };
    const low = { program: [106], printed: "rule 106", logPrior: -5.5, logLikelihood: -277, logJoint: -282.5 };
    const table = (
      <MemoryTable
        memory={{
          observation: 1,
          source: "memory",
          entries: [
            { ...low, weight: 1e-75, bornAt: 351, event: "kept" },
            { ...entry, weight: 1, bornAt: 412, event: "newBest" },
          ],
          outside: [{ ...low, program: [238], printed: "rule 238", event: "tooLow" }],
          visitedAt: 412,
        }}
        memorySize={3}
        numOutsideRows={2}
        observationLabel="picture 2"
        spec={automata}
        options={{ neighbours: "3" }}
        ProgramCell={() => <i>bits</i>}
        programColumn="Bits"
        selectedProgram="rule 110"
        onSelectProgram={() => undefined}
      />
    );
    await expect(fileOf(table)).toMatchFileSnapshot(stored("memory-table.html"));
  });
});
