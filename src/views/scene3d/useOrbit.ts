// The view of a 3D picture: which camera, turned and zoomed by hand, the short way from one camera to another. The view
// lives outside React's state: turning draws, and renders nothing.

import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { isStill } from "../frame/useStill";
import { between, type OrbitView, turned, viewOf, zoomed } from "./orbit";
import type { CameraName } from "./sceneTypes";
import type { Stage } from "./stageTypes";

/** Way between two cameras; none where motion is reduced. */
const EASE_MS = 240;

export interface Orbit {
  /** The view now. */
  view(): OrbitView;
  turn(byAzimuth: number, byElevation: number): void;
  /** @returns false where the view is as near or far as it can be */
  zoom(factor: number): boolean;
  go(camera: CameraName): void;
}

export type OrbitState = {
  readonly orbit: Orbit;
  /** The camera on show, null once it is turned by hand. */
  readonly camera: CameraName | null;
};

/** @param picture tells its view in data-view: azimuth, elevation (degrees) and distance; @param first camera at the start */
export function useOrbit(
  picture: RefObject<HTMLElement | null>,
  stage: Stage | null,
  first: CameraName,
  gridSide: number,
): OrbitState {
  const [camera, setCamera] = useState<CameraName | null>(first);
  const view = useRef<OrbitView>(viewOf(first, gridSide));
  const shown = useRef(stage);
  shown.current = stage;
  const { orbit, stop, tell } = useMemo(() => {
    let frame = 0;
    const tell = () => {
      const { azimuth, elevation, distance } = view.current;
      const text = [azimuth, elevation].map((angle) => angle.toFixed(1)).join(" ");
      picture.current?.setAttribute("data-view", `${text} ${distance.toFixed(2)}`);
      shown.current?.look(view.current);
    };
    const set = (next: OrbitView) => {
      view.current = next;
      tell();
    };
    const stop = () => cancelAnimationFrame(frame);
    const byHand = (next: OrbitView) => {
      stop();
      setCamera(null);
      set(next);
    };
    const orbit: Orbit = {
      view: () => view.current,
      turn: (byAzimuth, byElevation) => byHand(turned(view.current, byAzimuth, byElevation)),
      zoom(factor) {
        const next = zoomed(view.current, factor, gridSide);
        if (next === view.current) return false;
        byHand(next);
        return true;
      },
      go(name) {
        stop();
        setCamera(name);
        const [from, to] = [view.current, viewOf(name, gridSide)];
        if (isStill()) return set(to);
        const begun = performance.now();
        const move = () => {
          const share = Math.min(1, (performance.now() - begun) / EASE_MS);
          set(share < 1 ? between(from, to, share * share * (3 - 2 * share)) : to);
          if (share < 1) frame = requestAnimationFrame(move);
        };
        move();
      },
    };
    return { orbit, stop, tell };
  }, [picture, gridSide]);
  useEffect(() => {
    setCamera(first);
    view.current = viewOf(first, gridSide);
    tell();
    return stop;
  }, [first, gridSide, tell, stop]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new stage begins with the view of the old one
  useEffect(tell, [stage, tell]);
  return { orbit, camera };
}
