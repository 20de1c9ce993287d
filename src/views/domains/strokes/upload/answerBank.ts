// The stroke bank of the model that answered, from the parameters that come with every report.

import type { DomainSpec } from "../../../../engine/domain";
import type { StrokeBank } from "../../../../engine/kernels/strokes/renderer";
import type { OptionValues } from "../../../../engine/options";
import type { Theta } from "../../../try/tryOwn";
import { toolsOf } from "./ownTools";

let latest: { readonly raw: readonly number[]; readonly bank: StrokeBank } | null = null;

/** The same object while the parameters are equal; null for a report without them. */
export function bankOfAnswer(spec: DomainSpec, options: OptionValues, theta: Theta): StrokeBank | null {
  const raw = theta["theta.strokes"];
  if (!raw) return null;
  if (latest && (latest.raw === raw || isEqual(latest.raw, raw))) return latest.bank;
  const strokes = Number(options["strokes"] ?? spec.options["strokes"]?.default);
  // Per stroke five numbers, two for all, six for each transform.
  const transforms = (raw.length - 2 - 5 * strokes) / 6;
  latest = { raw, bank: toolsOf(spec).bankFromRaw({ strokes, transforms }, raw) };
  return latest.bank;
}

function isEqual(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
