// The whole-sequence writer in WGSL: one workgroup a lane, all steps of all copies in one dispatch. It draws programs, or
// scores programs that are given; nothing but tokens and log probabilities leaves the workgroup.
// The copies' h are in workgroup memory (where they fit), their c in registers; the draw inverts the cumulative sum with
// word lane * L + step of the stream, the same integers as src/engine/rng/rng.ts.

import type { SequenceSpec } from "../../nn/sequence";
import type { SequencePlan } from "../../nn/sequencePlan";
import { PCG4D } from "../rng/webgpu";
import { type GpuProgram, GROUP_ROW } from "../tfjsWebgpu";
import { define, each, integers, invocationsFor, NONLINEARITIES, offsetOf, sizesOf } from "./webgpuCode";
import { CHOOSE_TOKEN } from "./webgpuDraw";
import { gateSums, type LstmPlace, placeConstants, WEIGHTS_AT } from "./webgpuLstm";
import { CHOICE_SUMS, grammarCode } from "./webgpuReadout";

/** Copies that share one reading of the weights, by the registers of an invocation. */
const MOST_TOGETHER = 6;
/** Numbers of workgroup memory for what grows with the network; 16 KiB in all are on any device. */
const MOST_NUMBERS = 3200;

/** What a program is made for: the most copies of a lane, the longest text of a call (0 without a reader). */
export type WriterSizes = { readonly copies: number; readonly longest: number };

/** How a writer lays out its copies: `together` at a time; h behind the results where workgroup memory is too small. */
export function writerLayout(units: number, { copies, longest }: WriterSizes) {
  const room = Math.max(1, Math.ceil(longest / 8) * 8);
  const most = Math.max(1, Math.min(MOST_TOGETHER, Math.floor(MOST_NUMBERS / (units + room))));
  const together = Math.ceil(copies / Math.ceil(copies / most));
  const isSpilled = copies * units + together * (units + room) > MOST_NUMBERS;
  return { room, together, isSpilled };
}

/**
 * result: [tokens and log probability of every lane, L + 1 | spilled h]. Rows of results follow laneId.
 * Inputs: p, states (trace of the texts) and keys (with a reader), grammar, ints.
 */
export function writerProgram(
  spec: SequenceSpec,
  plan: SequencePlan,
  place: LstmPlace,
  sizes: WriterSizes,
): GpuProgram {
  const { hidden: units, embedding, reader, grammar } = spec;
  const { room, together, isSpilled } = writerLayout(units, sizes);
  const invocations = invocationsFor(units);
  const constants = {
    LANES: invocations,
    TURNS: Math.ceil(units / invocations),
    COPIES: sizes.copies,
    TOGETHER: together,
    ROOM: room,
    E: embedding || units,
    L: grammar.maxLength,
    END: grammar.end,
    MIX: offsetOf(plan, "mix.weights"),
    MIX_BIAS: offsetOf(plan, "mix.bias"),
    OUTPUT: offsetOf(plan, "output.weights"),
    OUTPUT_BIAS: offsetOf(plan, "output.bias"),
    DECODER_STATE: offsetOf(plan, "decoder.state"),
  };
  return {
    key: `sequenceWriter_${sizesOf(spec)}_${sizes.copies}_${room}_${grammar.states}_${grammar.maxLength}`,
    inputs: reader ? ["p", "states", "keys", "grammar", "ints"] : ["p", "grammar", "ints"],
    uniforms: `${integers(UNIFORMS)} floorShare : f32,`,
    isGrouped: true,
    invocations,
    code: `${placeConstants(place)} ${define(constants)}
      ${PCG4D} ${NONLINEARITIES} ${WEIGHTS_AT} ${grammarCode(spec)} ${CHOICE_SUMS}
      ${hiddenCode(units * sizes.copies, isSpilled)}
      var<workgroup> context : array<f32, ${reader ? together * units : 1}>;
      var<workgroup> attention : array<f32, ${together * room}>;
      var<workgroup> pooled : array<f32, ${embedding || units}>;
      var<workgroup> score : array<f32, ${grammar.tokens}>; var<workgroup> weight : array<f32, ${grammar.tokens}>;
      var<workgroup> most : f32; var<workgroup> count : f32; var<workgroup> going : i32;
      var<workgroup> previous : i32; var<workgroup> state : i32;
      var<private> cell : array<f32, ${Math.ceil(units / invocations) * sizes.copies}>;
      var<private> fresh : array<f32, ${Math.ceil(units / invocations) * sizes.copies}>;
      var<private> lane : i32; var<private> program : i32; var<private> firstCopy : i32; var<private> copies : i32;
      ${reader ? textCode() : ""}
      ${startCode(reader !== null)}
      ${advanceCode(together)}
      ${reader ? attendCode() : ""}
      ${valueCode(together, reader !== null, embedding > 0)}
      ${CHOOSE_TOKEN}
      ${mainCode(reader !== null)}`,
  };
}

/** Numbers of the run, in the order of the uniforms; floorShare follows. */
const UNIFORMS = [
  "firstLane",
  "lanes",
  "laneRow",
  "laneId",
  "rowText",
  "rowLength",
  "given",
  "spilled",
  "seed",
  "streamA",
  "streamB",
];

/** h of copy c, unit k, at c * H + k: in workgroup memory, or behind the results. */
function hiddenCode(count: number, isSpilled: boolean): string {
  if (!isSpilled) {
    return `var<workgroup> held : array<f32, ${count}>;
      fn hiddenAt(i: i32) -> f32 { return held[i]; }
      fn keepHidden(i: i32, h: f32) { held[i] = h; }
      fn settle() { workgroupBarrier(); }`;
  }
  return `
    fn hiddenAt(i: i32) -> f32 { return result[uniforms.spilled + program * COPIES * H + i]; }
    fn keepHidden(i: i32, h: f32) { result[uniforms.spilled + program * COPIES * H + i] = h; }
    fn settle() { storageBarrier(); workgroupBarrier(); }`;
}

function textCode(): string {
  return `
    fn textOf(copy: i32) -> i32 { return ints[uniforms.rowText + firstCopy + copy] + 1; }
    fn lengthOf(copy: i32) -> i32 { return ints[uniforms.rowLength + firstCopy + copy]; }`;
}

function startCode(hasReader: boolean): string {
  const first = hasReader ? "states[(textOf(copy) + lengthOf(copy) - 1) * H + u]" : "p[DECODER_STATE + u]";
  return `
    fn begin() {
      for (var turn = 0; turn < TURNS; turn++) {
        let u = turn * LANES + lane;
        if (u >= H) { continue; }
        for (var copy = 0; copy < copies; copy++) {
          keepHidden(copy * H + u, ${first});
          cell[turn * COPIES + copy] = p[CELL + u];
        }
      }
    }`;
}

/** The next h of every copy, to \`fresh\`; \`together\` copies at a time, those past the last repeat it. */
function advanceCode(together: number): string {
  return `
    fn advance(at: i32, sums: vec4<f32>) {
      let g = gatesOf(sums);
      cell[at] = g.y * cell[at] + g.x * g.z;
      fresh[at] = g.w * squash(cell[at]);
    }
    fn step() {
      for (var turn = 0; turn < TURNS; turn++) {
        let u = turn * LANES + lane;
        if (u >= H) { continue; }
        for (var first = 0; first < copies; first += TOGETHER) {
          ${each(together, (c) => `let row${c} = min(first + ${c}, copies - 1) * H; let symbol${c} = previous;`)}
          ${gateSums(together, (c) => `hiddenAt(row${c} + k)`)}
          ${each(together, (c) => `if (first + ${c} < copies) { advance(turn * COPIES + first + ${c}, s${c}); }`)}
        }
      }
    }
    fn keepStep() {
      for (var turn = 0; turn < TURNS; turn++) {
        let u = turn * LANES + lane;
        if (u >= H) { continue; }
        for (var copy = 0; copy < copies; copy++) { keepHidden(copy * H + u, fresh[turn * COPIES + copy]); }
      }
    }`;
}

/** Contexts of the copies from `first` on; barriers are the caller's. */
function attendCode(): string {
  return `
    fn scoreTexts(first: i32) {
      for (var i = lane; i < TOGETHER * ROOM; i += LANES) {
        let copy = first + i / ROOM; let at = i % ROOM;
        if (copy >= copies) { continue; }
        if (at >= lengthOf(copy)) { continue; }
        let key = (textOf(copy) + at) * H;
        var sum = 0.0;
        for (var k = 0; k < H; k++) { sum += keys[key + k] * hiddenAt(copy * H + k); }
        attention[i] = sum;
      }
    }
    fn weighTexts(first: i32) {
      let copy = first + lane;
      if (lane >= TOGETHER || copy >= copies) { return; }
      let begins = lane * ROOM; let end = begins + lengthOf(copy);
      var best = FORBIDDEN; var total = 0.0;
      for (var i = begins; i < end; i++) { best = max(best, attention[i]); }
      for (var i = begins; i < end; i++) { attention[i] = exp(attention[i] - best); total += attention[i]; }
      for (var i = begins; i < end; i++) { attention[i] /= total; }
    }
    fn lookAtTexts(first: i32) {
      for (var i = lane; i < TOGETHER * H; i += LANES) {
        let copy = first + i / H; let k = i % H;
        if (copy >= copies) { continue; }
        let text = textOf(copy); let length = lengthOf(copy);
        var sum = 0.0;
        for (var at = 0; at < length; at++) { sum += attention[i / H * ROOM + at] * states[(text + at) * H + k]; }
        context[i] = sum;
      }
    }`;
}

/** Adds the copies from `first` on to the maximum. */
function valueCode(together: number, hasReader: boolean, hasMix: boolean): string {
  const index = (c: number) => `hiddenAt(row${c} + k)`;
  const seen = hasReader ? (c: number) => `s${c} += context[${c} * H + k] * other;` : () => "";
  const other = hasReader ? "let other = p[MIX + (H + k) * E + e];" : "";
  const sums = hasMix
    ? `${each(together, (c) => `var s${c} = p[MIX_BIAS + e];`)}
       for (var k = 0; k < H; k++) {
         let own = p[MIX + k * E + e]; ${other}
         ${each(together, (c) => `s${c} += ${index(c)} * own; ${seen(c)}`)}
       }
       ${each(together, (c) => `s${c} = squash(s${c});`)}`
    : each(together, (c) => `let s${c} = hiddenAt(row${c} + e);`);
  return `
    fn pool(first: i32) {
      for (var e = lane; e < E; e += LANES) {
        ${each(together, (c) => `let row${c} = min(first + ${c}, copies - 1) * H;`)}
        ${sums}
        var best = s0;
        if (first > 0) { best = max(best, pooled[e]); }
        ${each(together, (c) => `if (first + ${c} < copies) { best = max(best, s${c}); }`)}
        pooled[e] = best;
      }
    }`;
}

/** The steps of a lane; every part stands above. */
function mainCode(hasReader: boolean): string {
  const attend = `scoreTexts(first); settle(); weighTexts(first); settle(); lookAtTexts(first); settle();`;
  return `
    fn main() {
      lane = i32(localId.x);
      let group = i32(workgroupId.y) * ${GROUP_ROW} + i32(workgroupId.x);
      program = min(uniforms.firstLane + group, uniforms.lanes - 1);
      firstCopy = ints[uniforms.laneRow + program]; copies = ints[uniforms.laneRow + program + 1] - firstCopy;
      let id = ints[uniforms.laneId + program];
      if (lane == 0) {
        previous = V; state = 0; going = 1;
        result[id * (L + 1) + L] = 0.0;
        for (var at = 0; at < L; at++) { result[id * (L + 1) + at] = f32(END); }
      }
      begin();
      settle();
      for (var at = 0; at < L; at++) {
        if (workgroupUniformLoad(&going) == 0) { break; }
        step();
        settle();
        keepStep();
        settle();
        for (var first = 0; first < COPIES; first += TOGETHER) {
          ${hasReader ? attend : ""}
          pool(first);
          settle();
        }
        scoreTokens(L - at);
        settle();
        findMost();
        settle();
        weigh();
        settle();
        choose(at, id);
        settle();
      }
    }`;
}
