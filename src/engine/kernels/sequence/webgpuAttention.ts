// Attention in WGSL for all steps of all rows at once, and the way back to the texts. keys = states A, so that
// score(i) = H_i^T A h = keys_i . h. A glance is [h | context, 2H of every slot | weights of the text's symbols, `longest`].
// A row's first slot has written nothing yet: zeros there.

import { type GpuProgram, GROUP_ROW, WORKGROUP } from "../tfjsWebgpu";
import { define, integers } from "./webgpuCode";

const SECTIONS = ["slots", "longest", "starts", "rowOf", "rowText", "rowLength"];

/** Most symbols of a text that a program holds at a time, by the memory of a workgroup. */
function roomFor(longest: number): number {
  return Math.ceil(longest / 16) * 16;
}

const WHERE = `
  fn main() {
    let lane = i32(localId.x); let group = i32(workgroupId.y) * ${GROUP_ROW} + i32(workgroupId.x);
    let slot = min(group, uniforms.size - 1); let row = ints[uniforms.rowOf + slot];
    let text = ints[uniforms.rowText + row] + 1;
    var length = ints[uniforms.rowLength + row];
    if (slot == ints[uniforms.starts + row]) { length = 0; }`;

/** Inputs: trace (of the rows that write), states (trace of the texts), keys, ints. One workgroup a slot. */
export function attentionProgram(units: number, longest: number): GpuProgram {
  const room = roomFor(longest);
  return {
    key: `sequenceAttention_${units}_${room}`,
    inputs: ["trace", "states", "keys", "ints"],
    uniforms: integers(SECTIONS),
    isGrouped: true,
    code: `${define({ H: units })}
      var<workgroup> score : array<f32, ${room}>;
      ${WHERE}
        for (var i = lane; i < length; i += ${WORKGROUP}) {
          var sum = 0.0;
          for (var k = 0; k < H; k++) { sum += keys[(text + i) * H + k] * trace[slot * H + k]; }
          score[i] = sum;
        }
        workgroupBarrier();
        var most = -1e30; var total = 0.0;
        for (var i = 0; i < length; i++) { most = max(most, score[i]); }
        for (var i = 0; i < length; i++) { total += exp(score[i] - most); }
        let weights = uniforms.slots * 2 * H + slot * uniforms.longest;
        for (var i = lane; i < uniforms.longest; i += ${WORKGROUP}) {
          var weight = 0.0;
          if (i < length) { weight = exp(score[i] - most) / total; }
          result[weights + i] = weight;
        }
        for (var k = lane; k < H; k += ${WORKGROUP}) {
          var context = 0.0;
          for (var i = 0; i < length; i++) { context += exp(score[i] - most) / total * states[(text + i) * H + k]; }
          result[slot * 2 * H + k] = select(0.0, trace[slot * H + k], length > 0);
          result[slot * 2 * H + H + k] = context;
        }
      }`,
  };
}

/**
 * result: [gradient of every slot's h, H | gradient of its scores, `longest`].
 * Inputs: glance, d [slots, 2H] gradient of h and context, states, keys, ints. One workgroup a slot.
 */
export function attentionBackProgram(units: number, longest: number): GpuProgram {
  const room = roomFor(longest);
  return {
    key: `sequenceAttentionBack_${units}_${room}`,
    inputs: ["glance", "d", "states", "keys", "ints"],
    uniforms: integers(SECTIONS),
    isGrouped: true,
    code: `${define({ H: units })}
      var<workgroup> slope : array<f32, ${room}>;
      ${WHERE}
        let weights = uniforms.slots * 2 * H + slot * uniforms.longest;
        for (var i = lane; i < length; i += ${WORKGROUP}) {
          var sum = 0.0;
          for (var k = 0; k < H; k++) { sum += states[(text + i) * H + k] * d[slot * 2 * H + H + k]; }
          slope[i] = sum;
        }
        workgroupBarrier();
        var mean = 0.0;
        for (var i = 0; i < length; i++) { mean += glance[weights + i] * slope[i]; }
        let scores = uniforms.slots * H + slot * uniforms.longest;
        for (var i = lane; i < uniforms.longest; i += ${WORKGROUP}) {
          var toScore = 0.0;
          if (i < length) { toScore = glance[weights + i] * (slope[i] - mean); }
          result[scores + i] = toScore;
        }
        for (var k = lane; k < H; k += ${WORKGROUP}) {
          var sum = 0.0;
          for (var i = 0; i < length; i++) {
            sum += glance[weights + i] * (slope[i] - mean) * keys[(text + i) * H + k];
          }
          result[slot * H + k] = select(0.0, d[slot * 2 * H + k] + sum, length > 0);
        }
      }`,
  };
}

const TEXT_SECTIONS = ["slots", "longest", "starts", "textOf", "textStarts", "textRows", "textRowStarts"];

/** The sum over all steps of all rows that write about the text of slot `index / H`, in `body`: d is the step's slot. */
function overWriters(body: string, rowBody = ""): string {
  return `
    fn main(index: i32) {
      if (index >= uniforms.size) { return; }
      let k = index % H; let slot = index / H; let text = ints[uniforms.textOf + slot];
      let i = slot - ints[uniforms.textStarts + text] - 1;
      let isLast = slot == ints[uniforms.textStarts + text + 1] - 1;
      let firstAt = ints[uniforms.textRowStarts + text]; let endAt = ints[uniforms.textRowStarts + text + 1];
      var sum = 0.0;
      if (i >= 0) {
        for (var at = firstAt; at < endAt; at++) {
          let row = ints[uniforms.textRows + at];
          for (var d = ints[uniforms.starts + row] + 1; d < ints[uniforms.starts + row + 1]; d++) { ${body} }
          ${rowBody}
        }
      }`;
}

/** result [text slots, H]: gradient of the keys. Inputs: back (attentionBackProgram's), trace (of the writers), ints. */
export function keyGradientProgram(units: number): GpuProgram {
  return {
    key: `sequenceKeyGradient_${units}`,
    inputs: ["back", "trace", "ints"],
    uniforms: integers(TEXT_SECTIONS),
    code: `${define({ H: units })}
      ${overWriters("sum += back[uniforms.slots * H + d * uniforms.longest + i] * trace[d * H + k];")}
        result[index] = sum;
      }`,
  };
}

/**
 * result [text slots, H] += gradient of the states through contexts and summaries.
 * Inputs: glance, d [slots, 2H], back (runLstmBackward's of the writers), ints.
 */
export function stateGradientProgram(units: number): GpuProgram {
  const body = "sum += glance[uniforms.slots * 2 * H + d * uniforms.longest + i] * dSeen[d * 2 * H + H + k];";
  // The summary of a text, its last state, is what each of its writers starts from.
  const rowBody = "if (isLast) { sum += back[(4 * uniforms.slots + row) * H + k]; }";
  return {
    key: `sequenceStateGradient_${units}`,
    inputs: ["glance", "dSeen", "back", "ints"],
    uniforms: integers(TEXT_SECTIONS),
    code: `${define({ H: units })}
      ${overWriters(body, rowBody)}
        result[index] += sum;
      }`,
  };
}

/** Numbers for the uniforms of attentionProgram and attentionBackProgram, or of the gradients, in their order. */
export function attentionNumbers(
  slots: number,
  longest: number,
  at: Readonly<Record<"starts" | "rowOf" | "rowText" | "rowLength", number>>,
): number[] {
  return [slots, longest, at.starts, at.rowOf, at.rowText, at.rowLength];
}

export function textNumbers(
  slots: number,
  longest: number,
  at: Readonly<Record<"starts" | "textOf" | "textStarts" | "textRows" | "textRowStarts", number>>,
): number[] {
  return [slots, longest, at.starts, at.textOf, at.textStarts, at.textRows, at.textRowStarts];
}
