// A person's own picture through the engine: it is trained on, survives a checkpoint, and is solved.

import { expect, it } from "vitest";
import type { AutomataData } from "../../src/domains/automata/facts";
import { generatePicture } from "../../src/domains/automata/generate";
import { automata } from "../../src/domains/automata/index";
import { Rng } from "../../src/engine/rng/rng";
import { writeCheckpoint } from "../../src/engine/run/checkpoint";
import { createRun } from "../../src/engine/run/createRun";
import { captureState } from "../../src/engine/run/state";
import { automataOptions } from "../helpers/automata";

const readAsset = async () => new Uint8Array();

it("is remembered with its closed-form best rule, and resumes bit for bit", async () => {
  const settings = { height: 16, width: 16, neighbours: 3, boundary: "zero", interestingOnly: true } as const;
  const { grid } = generatePicture({ ...settings, epsilon: 0.02 }, 0, new Rng(77));
  const small = { images: 9, height: 16, width: 16, batch: 5, evaluateEvery: 60, backend: "wasm" };
  const made = automata.tools.userDataOf("mine", grid, "zero", automataOptions(small));
  if (!made.ok) throw new Error("refused");
  const start = (iterations: number, checkpoint: Uint8Array | null = null) => {
    const userData = checkpoint ? null : made.userData;
    return createRun({ spec: automata, options: { ...small, iterations }, userData, checkpoint, readAsset });
  };
  const { run: straight } = await start(120);
  await straight.advance("free");
  const { run: first } = await start(60);
  await first.advance("free");
  const file = writeCheckpoint(await captureState(first.core));
  const { run: second } = await createRun({
    spec: automata,
    options: { iterations: 120 },
    userData: null,
    checkpoint: file,
    readAsset,
  });
  await second.advance("free");
  const [expected, actual] = [await captureState(straight.core), await captureState(second.core)];
  expect(actual.blocks).toEqual(expected.blocks);
  expect(actual.memory).toEqual(expected.memory);

  const { facts } = second.core.parts.instance;
  // Facts of automata always hold this record.
  const data = facts.data as AutomataData;
  expect(facts.userRow).toBe(9);
  const { programs } = second.core.parts.memory!.rows;
  const memorySize = second.core.parts.memory!.memorySize;
  expect((programs[9 * memorySize]! ^ data.majority[9]!) & data.visited[9]!).toBe(0);
});
