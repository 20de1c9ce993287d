// The stroke bank of the model that answered, from the parameters that come with every report.

import type { StrokesPicture } from "../../../../domains/strokes";
import type { DomainSpec } from "../../../../engine/domain";
import type { OptionValues } from "../../../../engine/options";
import type { Theta } from "../../../try/tryOwn";
import { type StrokeBank, toolsOf } from "../strokesView";

export type AnswerBank = {
  readonly bank: StrokeBank;
  /** The same as a snapshot's picture without a run: what small pictures of programs are drawn with. */
  readonly picture: StrokesPicture;
};

let latest: (AnswerBank & { readonly raw: readonly number[] }) | null = null;

/** The same object while the parameters are equal; null for a report without them. */
export function bankOfAnswer(spec: DomainSpec, options: OptionValues, theta: Theta): AnswerBank | null {
  const raw = theta["theta.strokes"];
  if (!raw) return null;
  if (latest && (latest.raw === raw || isEqual(latest.raw, raw))) return latest;
  const strokes = Number(options["strokes"] ?? spec.options["strokes"]?.default);
  // Per stroke five numbers, two for all, six for each transform.
  const transforms = (raw.length - 2 - 5 * strokes) / 6;
  const bank = toolsOf(spec).bankFromRaw({ strokes, transforms }, raw);
  latest = { raw, bank, picture: pictureOf(bank) };
  return latest;
}

function pictureOf(bank: StrokeBank): StrokesPicture {
  const columns = [bank.dx, bank.dy, bank.theta, bank.sharpness, bank.width];
  return {
    kind: "strokes",
    step: 0,
    selected: 0,
    bank: Float32Array.from({ length: 5 * bank.dx.length }, (_, i) => columns[i % 5]![Math.floor(i / 5)]!),
    scale: bank.scale,
    bias: bank.bias,
    affine: Float32Array.from(bank.transforms),
    usage: new Float32Array(bank.dx.length),
    source: "memory",
    programs: new Int16Array(0),
    hasProgram: new Uint8Array(0),
    samples: new Int16Array(0),
  };
}

function isEqual(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
