// From the values of the copies to probabilities in WGSL, for all steps of all lanes at once: the maximum over copies, the
// softmax under the grammar with its floor, and their derivatives. A lane's step s stands at laneStart[lane] + s, the
// value of its copy in slot starts[row] + s + 1.

import type { SequenceSpec } from "../../nn/sequence";
import { type GpuProgram, GROUP_ROW, WORKGROUP } from "../tfjsWebgpu";
import { define, integers } from "./webgpuCode";

/** Tokens [V] and states of the grammar as the programs read them: next [S, V], then need [S]. */
export function grammarWords({ grammar }: SequenceSpec): Int32Array {
  const words = new Int32Array(grammar.next.length + grammar.need.length);
  words.set(grammar.next);
  words.set(grammar.need, grammar.next.length);
  return words;
}

/** `isAllowed(state, token, left)` and `nextState(state, token)` on the input `grammar`. */
export function grammarCode({ grammar }: SequenceSpec): string {
  return `${define({ V: grammar.tokens, NEED: grammar.states * grammar.tokens })}
    fn nextState(state: i32, token: i32) -> i32 { return grammar[state * V + token]; }
    fn isAllowed(state: i32, token: i32, left: i32) -> bool {
      let next = nextState(state, token);
      return next >= 0 && left - 1 >= grammar[NEED + max(next, 0)];
    }`;
}

/** result [steps, E] = the largest value of the lane's copies. Inputs: v [slots, E], ints. */
export function poolProgram(width: number): GpuProgram {
  return {
    key: `sequencePool_${width}`,
    inputs: ["v", "ints"],
    uniforms: integers(["starts", "laneRow", "laneStart", "laneAt"]),
    code: `${define({ E: width })}
      fn main(index: i32) {
        if (index >= uniforms.size) { return; }
        let at = index / E; let lane = ints[uniforms.laneAt + at]; let step = at - ints[uniforms.laneStart + lane];
        let first = ints[uniforms.laneRow + lane]; let end = ints[uniforms.laneRow + lane + 1];
        var most = v[(ints[uniforms.starts + first] + step + 1) * E + index % E];
        for (var row = first + 1; row < end; row++) {
          most = max(most, v[(ints[uniforms.starts + row] + step + 1) * E + index % E]);
        }
        result[index] = most;
      }`,
  };
}

/**
 * result [slots, E]: gradient of every copy's value before tanh; only the first copy with the largest value has one.
 * Inputs: v [slots, E], d [steps, E] gradient of the maximum, ints.
 */
export function unpoolProgram(width: number, isSquashed: boolean): GpuProgram {
  return {
    key: `sequenceUnpool_${width}_${isSquashed}`,
    inputs: ["v", "d", "ints"],
    uniforms: integers(["starts", "laneRow", "laneStart", "rowOf", "laneOf"]),
    code: `${define({ E: width })}
      fn main(index: i32) {
        if (index >= uniforms.size) { return; }
        let e = index % E; let row = ints[uniforms.rowOf + index / E]; let lane = ints[uniforms.laneOf + row];
        let step = index / E - ints[uniforms.starts + row] - 1;
        let value = v[index];
        var slope = 0.0;
        if (step >= 0) {
          slope = d[(ints[uniforms.laneStart + lane] + step) * E + e];
          for (var other = ints[uniforms.laneRow + lane]; other < ints[uniforms.laneRow + lane + 1]; other++) {
            let rival = v[(ints[uniforms.starts + other] + step + 1) * E + e];
            if (rival > value || (rival == value && other < row)) { slope = 0.0; }
          }
        }
        result[index] = slope${isSquashed ? " * (1.0 - value * value)" : ""};
      }`,
  };
}

/**
 * result [steps, V + 1]: gradient of the loss by the logits, then the log probability of the lane's token.
 * Inputs: logits [steps, V], grammar, ints. One workgroup a step.
 */
export function choiceProgram(spec: SequenceSpec): GpuProgram {
  const { grammar } = spec;
  return {
    key: `sequenceChoice_${grammar.tokens}_${grammar.states}`,
    inputs: ["logits", "grammar", "ints"],
    uniforms: `${integers(["token", "state", "left", "coefficient"])} floorShare : f32,`,
    isGrouped: true,
    code: `${grammarCode(spec)} ${CHOICE_SUMS}
      var<workgroup> score : array<f32, ${grammar.tokens}>;
      fn main() {
        let lane = i32(localId.x); let group = i32(workgroupId.y) * ${GROUP_ROW} + i32(workgroupId.x);
        let at = min(group, uniforms.size - 1);
        let token = ints[uniforms.token + at]; let state = ints[uniforms.state + at]; let left = ints[uniforms.left + at];
        for (var v = lane; v < V; v += ${WORKGROUP}) {
          score[v] = select(FORBIDDEN, logits[at * V + v], isAllowed(state, v, left));
        }
        workgroupBarrier();
        var most = FORBIDDEN; var count = 0.0;
        for (var v = 0; v < V; v++) { most = max(most, score[v]); count += select(0.0, 1.0, score[v] > FORBIDDEN); }
        workgroupBarrier();
        for (var v = lane; v < V; v += ${WORKGROUP}) { score[v] = weightOf(score[v], most); }
        workgroupBarrier();
        var total = 0.0;
        for (var v = 0; v < V; v++) { total += score[v]; }
        let share = score[token] / total; let p = withFloor(share, count);
        var scale = -bitcast<f32>(ints[uniforms.coefficient + at]);
        if (uniforms.floorShare > 0.0) { scale *= (1.0 - uniforms.floorShare) * share / p; }
        for (var v = lane; v < V; v += ${WORKGROUP}) {
          result[at * (V + 1) + v] = scale * (select(0.0, 1.0, v == token) - score[v] / total);
        }
        if (lane == 0) {
          result[at * (V + 1) + V] = logOf(p, logits[at * V + token] - most - log(total));
        }
      }`,
  };
}

/** Shared by everything that chooses: weights under the mask, the floor, and a log that keeps its digits without one. */
export const CHOICE_SUMS = `
  const FORBIDDEN = -1e30;
  fn weightOf(score: f32, most: f32) -> f32 { return select(0.0, exp(score - most), score > FORBIDDEN); }
  fn withFloor(share: f32, count: f32) -> f32 {
    return (1.0 - uniforms.floorShare) * share + uniforms.floorShare / count;
  }
  fn logOf(p: f32, exact: f32) -> f32 { return select(exact, log(p), uniforms.floorShare > 0.0); }`;

/** result[begin + i] = x[i, width - 1]: the log probabilities of choiceProgram, on their way to one read-back. */
export function pickProgram(width: number): GpuProgram {
  return {
    key: `sequencePick_${width}`,
    inputs: ["x"],
    uniforms: integers(["begin"]),
    code: `
      fn main(index: i32) {
        if (index >= uniforms.size) { return; }
        result[uniforms.begin + index] = x[index * ${width} + ${width - 1}];
      }`,
  };
}
