// An observation that no program explains gets a sentence with advice instead of an empty or weightless list (UX-196).

import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { clusters } from "../../../src/domains/clusters";
import type { MemoryView } from "../../../src/engine/run/records";
import { MemoryTable } from "../../../src/views/memory/MemoryTable";

const entry = (printed: string, logLikelihood: number, weight: number) => ({
  key: printed,
  program: [0],
  printed,
  weight,
  logPrior: -5,
  logLikelihood,
  logJoint: -5 + logLikelihood,
  bornAt: 1,
  event: null,
});

function tableOf(entries: readonly unknown[]): string {
  // The cast: only what the table reads is given.
  const memory = { source: "particles", entries, outside: [], observation: 0, total: 0 } as unknown as MemoryView;
  return renderToStaticMarkup(
    <MemoryTable
      memory={memory}
      memorySize={3}
      observationLabel="set 1"
      spec={clusters}
      options={{}}
      ProgramCell={({ program }) => <>{program.length}</>}
      programColumn="Clustering"
      selectedProgram={null}
      onSelectProgram={() => undefined}
    />,
  );
}

describe("an observation that nothing explains", () => {
  it("is told so, with what may help", () => {
    const html = tableOf([entry("AAB", -Infinity, 0), entry("ABB", -Infinity, 0)]);
    expect(html).toContain("None of the 2 proposals explains this");
    expect(html).toContain("may help");
    expect(html).not.toContain("AAB");
  });

  it("keeps its list as soon as one program explains it", () => {
    const html = tableOf([entry("AAB", -3, 1), entry("ABB", -Infinity, 0)]);
    expect(html).toContain("AAB");
    expect(html).not.toContain("None of");
  });
});
