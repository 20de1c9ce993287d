// The part of a comparison's link that says how it is looked at, not what is run: axis, band, charts, observation.

import { AXES, type AxisName } from "../router/labLink";

export const COMPARE_LINK_VERSION = 1;

export const BANDS = ["range", "sd"] as const;
/** What the band around a group's mean is: from the lowest to the highest run, or one standard deviation each way. */
export type BandKind = (typeof BANDS)[number];

export type CompareView = {
  readonly axis: AxisName;
  readonly band: BandKind;
  /** Metrics on the charts, the large one first; empty: the domain's usual ones. */
  readonly charts: readonly string[];
  /** Value of the first chart's metric whose cost the table shows; null: chosen from the data. */
  readonly threshold: number | null;
  /** Training row that the same-observation comparison shows. */
  readonly observation: number;
};

export const DEFAULT_VIEW: CompareView = { axis: "step", band: "range", charts: [], threshold: null, observation: 0 };
export const VIEW_KEYS = ["x", "band", "charts", "reach", "obs"] as const;
export const MAX_CHARTS = 3;

/** Reads the view's part of a link; bad values become the default and a sentence. */
export function readView(params: URLSearchParams, problems: string[]): CompareView {
  const pick = <T extends string>(name: string, allowed: readonly T[], usual: T): T => {
    const text = params.get(name);
    const found = allowed.find((value) => value === (text ?? usual));
    if (found === undefined) problems.push(`${name} is "${text}"; allowed: ${allowed.join(", ")}. Using ${usual}.`);
    return found ?? usual;
  };
  const charts = (params.get("charts") ?? "").split(",").filter((name) => /^[\w-]+$/.test(name));
  return {
    axis: pick("x", AXES, DEFAULT_VIEW.axis),
    band: pick("band", BANDS, DEFAULT_VIEW.band),
    charts: charts.slice(0, MAX_CHARTS),
    threshold: readNumber(params, "reach", problems),
    observation: Math.max(0, Math.floor((readNumber(params, "obs", problems) ?? 1) - 1)),
  };
}

/** Writes what differs from the default. */
export function writeView(params: URLSearchParams, view: CompareView): void {
  if (view.axis !== DEFAULT_VIEW.axis) params.set("x", view.axis);
  if (view.band !== DEFAULT_VIEW.band) params.set("band", view.band);
  if (view.charts.length > 0) params.set("charts", view.charts.join(","));
  if (view.threshold !== null) params.set("reach", String(view.threshold));
  if (view.observation > 0) params.set("obs", String(view.observation + 1));
}

function readNumber(params: URLSearchParams, name: string, problems: string[]): number | null {
  const text = params.get(name);
  if (text === null) return null;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  problems.push(`${name} is "${text.slice(0, 60)}"; allowed: a number.`);
  return null;
}
