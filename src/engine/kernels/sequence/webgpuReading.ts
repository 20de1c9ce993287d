// The texts of some groups as the encoder has read them, on the GPU, and how many lanes one pass takes.

import type { SequenceSpec, Texts } from "../../nn/sequence";
import type { SequencePlan } from "../../nn/sequencePlan";
import type { GpuArray, WebgpuSession } from "../tfjsWebgpu";
import { offsetOf } from "./webgpuCode";
import { type LstmPlace, type LstmRows, runLstm } from "./webgpuLstm";
import { matrix, runProduct } from "./webgpuMatrix";
import { type ReadingTables, readingTables } from "./webgpuTables";

export type Reading = LstmRows & {
  readonly tables: ReadingTables;
  /** Trace of the encoder. */
  readonly states: GpuArray;
  /** [slots, H] states A: score(i) = keys_i . h */
  readonly keys: GpuArray;
};

export function placeOf(spec: SequenceSpec, plan: SequencePlan, kind: "encoder" | "decoder"): LstmPlace {
  return {
    units: spec.hidden,
    input: offsetOf(plan, `${kind}.input`),
    recurrent: offsetOf(plan, `${kind}.recurrent`),
    bias: offsetOf(plan, `${kind}.bias`),
    cell: offsetOf(plan, `${kind}.cell`),
  };
}

/** Reads the texts of `groups`. The caller frees what comes back. @param block the parameters */
export function readTexts(
  session: WebgpuSession,
  spec: SequenceSpec,
  plan: SequencePlan,
  block: GpuArray,
  texts: Texts,
  groups: Iterable<number>,
): Reading {
  const { hidden } = spec;
  const initAt = offsetOf(plan, "encoder.state");
  const tables = readingTables(texts, groups, spec.reader?.symbols ?? 0, initAt);
  const { packed, numRows, numSlots } = tables;
  const rows = { packed, numRows, numSlots, ints: session.upload(packed.words) };
  const states = runLstm(session, placeOf(spec, plan, "encoder"), block, block, rows);
  const keys = session.allocate(numSlots * hidden);
  const sizes = { rows: numSlots, columns: hidden, depth: hidden };
  const attention = matrix(block, offsetOf(plan, "attention"), hidden);
  runProduct(session, sizes, matrix(states, 0, hidden), attention, matrix(keys, 0, hidden));
  return { ...rows, tables, states, keys };
}

export function freeReading(session: WebgpuSession, { ints, states, keys }: Reading): void {
  for (const array of [ints, states, keys]) session.free(array);
}

/** Slots of a group's texts; 0 where nothing is read. */
export function slotsOfGroup(texts: Texts | null, group: number): number {
  if (texts === null) return 0;
  const [from, to] = [texts.groupOffsets[group]!, texts.groupOffsets[group + 1]!];
  return texts.textOffsets[to]! - texts.textOffsets[from]! + to - from;
}

/**
 * Cuts lanes into runs whose arrays stay within a device's limits.
 *
 * @param groups [N] sorted
 * @param slotsOf slots that a lane writes
 * @param mostSlots of all lanes of a run together, and of all their groups' texts; a single lane may have more
 * @returns [from, to) of each run
 */
export function cutLanes(
  groups: Int32Array,
  texts: Texts | null,
  slotsOf: (lane: number) => number,
  mostSlots: number,
): [number, number][] {
  const runs: [number, number][] = [];
  let from = 0;
  let written = 0;
  let read = 0;
  for (const [lane, group] of groups.entries()) {
    const isNew = lane === from || groups[lane - 1] !== group;
    const toRead = isNew ? slotsOfGroup(texts, group) : 0;
    if (lane > from && Math.max(written + slotsOf(lane), read + toRead) > mostSlots) {
      runs.push([from, lane]);
      from = lane;
      written = 0;
      read = slotsOfGroup(texts, group);
    } else read += toRead;
    written += slotsOf(lane);
  }
  if (groups.length > from) runs.push([from, groups.length]);
  return runs;
}
