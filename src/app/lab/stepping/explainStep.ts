// "Explain this step": one paragraph from the stages so far (UX-59).

import type { StageMember, StageReport } from "../../../engine/run/records";
import { countText, natsText, weightText } from "../../../views/numberText";

export type StepNames = {
  /** "picture 7". */
  readonly observation: string;
  readonly program: { readonly one: string; readonly many: string };
};

/** What the step on show has done so far with its observation. `log`: the reports of its stages, in order. */
export function explainStep(log: readonly StageReport[], names: StepNames): string {
  const latest = log.at(-1);
  if (!latest) return "No stage has been computed yet.";
  return [
    `Step ${countText(latest.step)} works on ${latest.batch.length} observations, ${names.observation} among them.`,
    proposed(latest, names),
    latest.memory ? remembered(log, latest, names) : sampled(latest, names),
    latest.memory ? boundChange(latest, names) : particleBound(latest, names),
    learned(log),
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function proposed({ proposals }: StageReport, names: StepNames): string {
  if (proposals.length === 0) return "";
  const different = new Set(proposals.map((proposal) => proposal.printed)).size;
  const many = proposals.length === 1 ? names.program.one : names.program.many;
  return `The recognition model proposed ${proposals.length} ${many}, ${different} of them different.`;
}

function remembered(log: readonly StageReport[], latest: StageReport, names: StepNames): string {
  const { memory } = latest;
  if (!memory?.isUpdated) return "";
  const best = bestOf(memory.members);
  if (!best) return `None of them explains ${names.observation}.`;
  const before = bestOf(
    log.find((report) => report.memory && !report.memory.isUpdated && report.bound.before !== null)?.memory?.members,
  );
  const entered = memory.members.filter((member) => member.isNew).length;
  const was = before && before.printed !== best.printed ? `; before it was ${before.printed}` : "";
  const came = entered === 0 ? "None entered the memory" : `${entered} entered the memory`;
  return `${came}. The best ${names.program.one} is ${best.printed} with weight ${weightText(best.weight ?? 0)}${was}.`;
}

function bestOf(members: readonly StageMember[] | undefined): StageMember | null {
  const known = (members ?? []).filter((member) => member.weight !== null);
  return known.reduce<StageMember | null>((best, one) => (!best || one.weight! > best.weight! ? one : best), null);
}

function sampled({ proposals }: StageReport, names: StepNames): string {
  const known = proposals.filter((proposal) => proposal.weight !== null);
  if (known.length === 0) return "";
  const best = known.reduce((top, one) => (one.weight! > top.weight! ? one : top));
  return `The best ${names.program.one} is ${best.printed} with weight ${weightText(best.weight ?? 0)}.`;
}

function boundChange({ bound }: StageReport, names: StepNames): string {
  const { before, after } = bound;
  if (after === null) return "";
  if (before === null) return `The bound of ${names.observation} is ${natsText(after)} nats.`;
  const change = after - before;
  if (Math.abs(change) < 0.05) return `The bound of ${names.observation} stays at ${natsText(after)} nats.`;
  return `The bound of ${names.observation} rose by ${natsText(change)} nats, from ${natsText(before)} to ${natsText(after)}.`;
}

function particleBound({ bound, proposals }: StageReport, names: StepNames): string {
  if (bound.after === null) return "";
  return `The bound of ${names.observation} with K = ${proposals.length} samples is ${natsText(bound.after)} nats.`;
}

function learned(log: readonly StageReport[]): string {
  const said = log.flatMap(({ learns, dream }) => {
    if (!learns) return [];
    const model = learns.target === "theta" ? "generative model" : "recognition model";
    const [first] = learns.programs;
    if (!first) return [];
    if (learns.from === "dream") return [`The recognition model learned to recognise the dream of ${dream?.printed}.`];
    return learns.programs.length === 1
      ? [`The ${model} learned from ${first.printed}.`]
      : [`The ${model} learned from ${learns.programs.length} programs, most from ${first.printed}.`];
  });
  return said.join(" ");
}
