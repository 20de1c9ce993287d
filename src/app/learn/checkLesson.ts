// Checks a lesson against everything it names: its shape, parts, glossary terms, formulas, domains, presets, options,
// curves, figures. Run by the tests and by `npm run check`; each problem names lesson and step.

import type { DomainSpec } from "../../engine/domain";
import { type Lesson, type LessonScene, type LessonStep, lessonSchema } from "./lessonSchema";
import { piecesOf } from "./lessonText";

/** What a lesson may name, given from outside so that a test can take something away. */
export type Targets = {
  readonly domains: readonly DomainSpec[];
  readonly parts: ReadonlySet<string>;
  readonly terms: ReadonlySet<string>;
  readonly formulas: ReadonlySet<string>;
  /** Names of data-picture per domain. */
  readonly figures: Readonly<Record<string, readonly string[]>>;
  /** Names of curves of a domain, as the workbench draws them. */
  readonly curvesOf: (domain: DomainSpec) => readonly string[];
  /** What the workbench says about a link; empty if it reads it whole. */
  readonly linkProblems: (domain: DomainSpec, query: string) => readonly string[];
  /** True for an address of this page. */
  readonly isRoute: (href: string) => boolean;
};

/** Sentences, one a problem; empty for a sound lesson. */
export function lessonProblems(given: unknown, targets: Targets): readonly string[] {
  const read = lessonSchema.safeParse(given);
  if (!read.success) {
    return read.error.issues.map((issue) => `lesson: ${issue.path.join(".")}: ${issue.message}`);
  }
  const lesson = read.data;
  const problems = lesson.steps.flatMap((step, index) =>
    stepProblems(step, targets).map((problem) => `lesson ${lesson.id}, step ${index + 1} "${step.title}": ${problem}`),
  );
  return [...problems, ...wholeProblems(lesson).map((problem) => `lesson ${lesson.id}: ${problem}`)];
}

function wholeProblems(lesson: Lesson): readonly string[] {
  const problems: string[] = [];
  const minutes = lesson.steps.reduce((sum, step) => sum + step.minutes, 0);
  if (minutes < 5 || minutes > 10) problems.push(`takes ${minutes} minutes; allowed: 5 to 10`);
  if (!lesson.steps.some((step) => step.predict)) problems.push("has no prediction");
  if (!lesson.steps.some((step) => step.explore)) problems.push("has no exploration");
  const titles = new Set(lesson.steps.map((step) => step.title));
  if (titles.size < lesson.steps.length) problems.push("has two steps of the same title");
  return problems;
}

function stepProblems(step: LessonStep, targets: Targets): readonly string[] {
  const texts = [...step.text, step.sentence, step.task?.text ?? ""];
  return [
    ...texts.flatMap((text) => textProblems(text, targets)),
    ...sceneProblems(step.scene, targets),
    ...aimProblems(step, targets),
    ...(step.links ?? []).filter((link) => !targets.isRoute(link.href)).map((link) => `no page at ${link.href}`),
  ];
}

function textProblems(text: string, targets: Targets): readonly string[] {
  return piecesOf(text).flatMap((piece) => {
    if (piece.kind === "part" && !targets.parts.has(piece.to)) return [`no part "${piece.to}"`];
    if (piece.kind === "term" && !targets.terms.has(piece.to)) return [`no glossary entry "${piece.to}"`];
    if (piece.kind === "formula" && !targets.formulas.has(piece.id)) return [`no formula "${piece.id}"`];
    if (piece.kind === "link" && !targets.isRoute(piece.to)) return [`no page at ${piece.to}`];
    return [];
  });
}

function sceneProblems(scene: LessonScene, targets: Targets): readonly string[] {
  const domain = targets.domains.find((candidate) => candidate.id === scene.domain);
  if (!domain) return [`no domain "${scene.domain}"`];
  const curves = targets.curvesOf(domain);
  const figures = targets.figures[domain.id] ?? [];
  return [
    ...targets.linkProblems(domain, scene.query),
    ...missing("part", scene.lit, [...targets.parts]),
    ...missing("curve", scene.curves, curves),
    ...missing("figure", scene.figures, figures),
    ...(scene.panels.length + (scene.curves?.length ?? 0) === 0 ? ["the scene shows nothing"] : []),
  ];
}

/** Figures that a task watches, metrics that a reveal reads. */
function aimProblems({ task, predict, scene }: LessonStep, targets: Targets): readonly string[] {
  const domain = targets.domains.find((candidate) => candidate.id === scene.domain);
  const problems: string[] = [];
  if (task && "figure" in task.when) {
    const { figure } = task.when;
    if (!(targets.figures[scene.domain] ?? []).includes(figure)) problems.push(`no figure "${figure}"`);
    else if (scene.figures && !scene.figures.includes(figure)) problems.push(`figure "${figure}" is not in the scene`);
  }
  const metrics = new Set([...(domain?.metrics.map((metric) => metric.name) ?? []), ...COMMON_METRICS]);
  for (const [index, measure] of (predict?.measures ?? []).entries()) {
    if (measure.kind === "metric" && !metrics.has(measure.name)) problems.push(`no metric "${measure.name}"`);
    if (!predict?.reveal.includes(`{${index}}`)) problems.push(`the reveal does not use measure ${index}`);
  }
  return problems;
}

function missing(kind: string, names: readonly string[] | undefined, known: readonly string[]): readonly string[] {
  return (names ?? []).filter((name) => !known.includes(name)).map((name) => `no ${kind} "${name}"`);
}

/** Metrics that every run records, whatever its domain. */
const COMMON_METRICS = ["elbo", "ess", "accepted", "novel", "newBest", "phiLoss"];
