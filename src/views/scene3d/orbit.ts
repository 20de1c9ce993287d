// Where the picture is seen from: a point on a sphere around a target. Presets, turning, zooming, and the way from one
// view to another. Angles and cameras as in the scenes specification, sections 2 and 9.

import type { CameraName, Vector3 } from "./sceneTypes";

/** Degrees, and world units from the target. Azimuth 0 looks along +z, at world +x on the left. */
export type OrbitView = {
  readonly azimuth: number;
  readonly elevation: number;
  readonly distance: number;
  readonly target: Vector3;
};

/** Degrees that a square picture shows from side to side. */
export const FIELD_OF_VIEW = 60;
const DISTANCE = 3.7;
/** What training pictures and the figure's three cameras look at. */
const REFERENCE_TARGET: Vector3 = [-0.15, 0, 0.1];
/** From the ground to straight above, where "up" would lose its meaning. */
const ELEVATIONS = { least: 0, most: 85 };
/** Shares of the free view's distance. */
const ZOOMS = { least: 0.4, most: 2.2 };

/** The view of a camera by name. The named cameras are the model's, whatever the grid; the free one shows all of it. */
export function viewOf(camera: CameraName, gridSide: number): OrbitView {
  const named = { distance: DISTANCE, target: REFERENCE_TARGET };
  if (camera === "front") return { azimuth: 0, elevation: 0.1, ...named };
  if (camera === "left") return { azimuth: -40, elevation: 30, ...named };
  if (camera === "right") return { azimuth: 40, elevation: 30, ...named };
  return { azimuth: -24, elevation: 24, distance: freeDistance(gridSide), target: [-0.5, -0.9, (gridSide - 1) / 2] };
}

/** Far enough for a grid of N by N cells; the display distance at N = 2. */
const freeDistance = (gridSide: number): number => DISTANCE * (0.45 + 0.275 * gridSide);

/** The view from elsewhere on the sphere; the elevation stays above ground. Degrees. */
export function turned(view: OrbitView, byAzimuth: number, byElevation: number): OrbitView {
  const azimuth = wrapped(view.azimuth + byAzimuth);
  const elevation = Math.min(ELEVATIONS.most, Math.max(ELEVATIONS.least, view.elevation + byElevation));
  return { ...view, azimuth, elevation };
}

/** The view from `factor` times as far, within limits; the same object where the limit is reached already. */
export function zoomed(view: OrbitView, factor: number, gridSide: number): OrbitView {
  const free = freeDistance(gridSide);
  const distance = Math.min(ZOOMS.most * free, Math.max(ZOOMS.least * free, view.distance * factor));
  return distance === view.distance ? view : { ...view, distance };
}

/** A view `share` of the way from one to another, the short way round. */
export function between(from: OrbitView, to: OrbitView, share: number): OrbitView {
  const mix = (a: number, b: number) => a + (b - a) * share;
  return {
    azimuth: wrapped(from.azimuth + wrapped(to.azimuth - from.azimuth) * share),
    elevation: mix(from.elevation, to.elevation),
    distance: mix(from.distance, to.distance),
    target: [0, 1, 2].map((i) => mix(from.target[i]!, to.target[i]!)) as unknown as Vector3, // three entries
  };
}

/** Degrees within -180 to 180. */
const wrapped = (angle: number): number => angle - 360 * Math.round(angle / 360);

/** Eye and orthonormal basis of a view, world axes. */
export type Eye = {
  readonly eye: Vector3;
  readonly forward: Vector3;
  readonly right: Vector3;
  readonly up: Vector3;
};

/** Where a view's eye stands and how it is turned. */
export function eyeOf({ azimuth, elevation, distance, target }: OrbitView): Eye {
  const [e, a] = [(elevation * Math.PI) / 180, ((azimuth + 180) * Math.PI) / 180];
  const away: Vector3 = [Math.cos(e) * Math.sin(a), Math.sin(e), Math.cos(e) * Math.cos(a)];
  const eye: Vector3 = [target[0] + distance * away[0], target[1] + distance * away[1], target[2] + distance * away[2]];
  const forward: Vector3 = [-away[0], -away[1], -away[2]];
  const right: Vector3 = [Math.cos(a), 0, -Math.sin(a)];
  const up: Vector3 = [-Math.sin(e) * Math.sin(a), Math.cos(e), -Math.sin(e) * Math.cos(a)];
  return { eye, forward, right, up };
}

/** Tangents of half the angles that a picture shows, across and up: 60 degrees along its shorter side. */
export function tangents(width: number, height: number): { readonly across: number; readonly up: number } {
  const tau = Math.tan((FIELD_OF_VIEW * Math.PI) / 360);
  const aspect = width / Math.max(1, height);
  return aspect >= 1 ? { across: tau * aspect, up: tau } : { across: tau, up: tau / Math.max(aspect, 0.01) };
}
