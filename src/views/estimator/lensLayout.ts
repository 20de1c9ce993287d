// Sizes, labels and numbers of the estimator lens. Pure functions.

import type { Answers, LensParticle, LensRow } from "../../engine/worker/questions";
import type { FigureTable } from "../frame/figureTable";
import { withMinus } from "../numberText";

/** px of the rows' names and of their scales. */
export const LABEL_WIDTH = 90;
export const SCALE_WIDTH = 32;
/** px of a full bar, up or down. */
export const BAR_HEIGHT = 14;
/** px of both lines of small bars under a row, for draws of a program's numbers. */
export const DRAWS_HEIGHT = 22;

/** px of one column of particles. */
export function columnWidth(width: number, count: number): number {
  return (width - LABEL_WIDTH - SCALE_WIDTH) / Math.max(1, count);
}

/** The largest coefficient of a row, by size: what a full bar means. */
export function rowScale({ theta, phi }: LensRow): number {
  return Math.max(0, ...theta.map(Math.abs), ...phi.map(Math.abs));
}

/** The largest coefficient of a row's draws, by size: what a full small bar means. */
export function innerScale(values: readonly (readonly number[])[]): number {
  return Math.max(0, ...values.flat().map(Math.abs));
}

/** "0.98", "43", two figures. */
export function scaleText(row: LensRow): string {
  const scale = rowScale(row);
  if (scale === 0) return "0";
  return withMinus(scale >= 9.95 ? scale.toFixed(0) : scale.toFixed(scale >= 0.995 ? 1 : 2));
}

/** Printed forms without the program's kind ("110" of "rule 110") where all fit into the columns, else numbers from 1. */
export function columnLabels(particles: readonly LensParticle[], kind: string, column: number): readonly string[] {
  const short = particles.map(({ printed }) =>
    printed.startsWith(`${kind} `) ? printed.slice(kind.length + 1) : printed,
  );
  const fits = short.every((text) => 6.5 * text.length <= column - 2);
  return fits ? short : particles.map((_, k) => String(k + 1));
}

/** One row a particle: its scores and the coefficients of every algorithm. */
export function lensTable(lens: Answers["lens"] | null): FigureTable {
  const rows = lens?.rows ?? [];
  const columns = ["program", "from", "log prior, nats", "log likelihood, nats", "log q, nats"];
  return {
    columns: [
      ...columns,
      ...rows.flatMap(({ title, inner }) => [
        `${title} a`,
        `${title} b`,
        ...(inner ? [`${title} a of each draw`, `${title} b of each draw`] : []),
      ]),
    ],
    rows: (lens?.particles ?? []).map((particle, k) => [
      particle.printed,
      particle.isRemembered ? "memory" : "drawn",
      particle.logPrior,
      particle.logLikelihood,
      particle.logQ,
      ...rows.flatMap(({ theta, phi, inner }) => [
        theta[k] ?? null,
        phi[k] ?? null,
        ...(inner ? [drawsText(inner.theta[k]), drawsText(inner.phi[k])] : []),
      ]),
    ]),
  };
}

/** "0.31 0.02 0", one number a draw. */
function drawsText(values: readonly number[] | undefined): string {
  return withMinus((values ?? []).map((value) => String(Number(value.toPrecision(3)))).join(" "));
}
