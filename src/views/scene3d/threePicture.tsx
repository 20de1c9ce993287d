// The part of Scene3D that is fetched with three when a 3D picture is first in view: the picture that can be turned, its
// cameras and its list of blocks. Where the browser gives no context the flat picture stays in its place.

import { type HTMLAttributes, type ReactNode, type RefObject, useEffect, useId, useMemo, useRef } from "react";
import { useCalm } from "../frame/useCalm";
import { useTheme } from "../frame/useColours";
import { BlockLines } from "./BlockLines";
import { CameraRow } from "./CameraRow";
import type { Scene3DProps } from "./Scene3D";
import { SceneMessage } from "./SceneMessage";
import { isSamePreview, isSameScene, useSame } from "./sameScene";
import { KEYS_SENTENCE } from "./sceneKeyList";
import { pressKey } from "./sceneKeys";
import type { FaceShades } from "./sceneTypes";
import type { Stage, StageScene } from "./stageTypes";
import { themeColours } from "./themeColours";
import { useEdit } from "./useEdit";
import { useOrbit } from "./useOrbit";
import { useStage } from "./useStage";

/** Shades of -x, +x, -y, +y, -z, +z: ambient half, diffuse light from the front, above (scenes specification, 5.1). */
const LAB_SHADES: FaceShades = [0.5, 0.63, 0.5, 0.93, 0.73, 0.5];
/** Least time between two drawings of new blocks, ms: training sends up to ten a second. */
const CALM_MS = 200;

/** The 3D picture with its cameras and its list of blocks. */
export function ThreePicture(props: Scene3DProps): ReactNode {
  const { label, gridSide, selectedId, onSelect, camera: first = "free", edit = null } = props;
  const host = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const keysId = useId();
  const { state, stage, takeTurn } = useStage(host, themeColours);
  const { orbit, camera } = useOrbit(picture, stage, first, gridSide);
  const blocks = useSame(useCalm(props.blocks, edit ? 0 : CALM_MS), isSameScene);
  const hover = useEdit(picture, { orbit, blocks, gridSide, edit, selectedId, onSelect });
  const { shades = LAB_SHADES, hasGround = true, hasEdges = true, highlightCell = null } = props;
  const { removeId } = hover;
  const preview = useSame(hover.preview, isSamePreview);
  const scene = useMemo<StageScene>(
    () => ({
      ...{ blocks, gridSide, shades, hasGround, hasEdges, selectedId, removeId, preview },
      highlightCell: highlightCell ?? hover.cell,
    }),
    [blocks, gridSide, shades, hasGround, hasEdges, selectedId, removeId, preview, highlightCell, hover.cell],
  );
  const theme = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a restored context and another theme are drawn anew
  useEffect(() => stage?.show(scene), [stage, scene, theme, state]);
  useSize(picture, stage);
  useKeys(picture, (event) => pressKey(event, orbit, first));
  const isLive = state === "ready" || state === "lost";
  return (
    <div className="wsl-scene3d" data-scene3d={state}>
      <div className="wsl-scene3d-main">
        <div
          ref={picture}
          className="wsl-scene3d-picture"
          data-live={state === "ready" ? "" : undefined}
          {...spoken(isLive, label, keysId)}
        >
          {state === "ready" ? null : <div className="wsl-scene3d-flat">{props.fallback}</div>}
          <div ref={host} className="wsl-scene3d-canvas" />
          <SceneMessage state={state} hasFlat={Boolean(props.fallback)} onPress={takeTurn} />
        </div>
        <p id={keysId} className="wsl-hidden">
          {KEYS_SENTENCE}
        </p>
        <CameraRow camera={camera} isShown={isLive} onCamera={orbit.go} onReset={() => orbit.go(first)} />
      </div>
      {props.lines ? <BlockLines lines={props.lines} selectedId={selectedId} onSelect={onSelect} /> : null}
    </div>
  );
}

/** A live picture takes keys of its own; any other is a part of the page that has a name. */
function spoken(isLive: boolean, label: string, keysId: string): HTMLAttributes<HTMLElement> {
  const name = { "aria-label": label };
  if (!isLive) return { role: "group", ...name };
  return {
    role: "application",
    "aria-roledescription": "3D picture",
    "aria-describedby": keysId,
    tabIndex: 0,
    ...name,
  };
}

/** Keys while the picture itself has the focus. @param press false for keys that are not the picture's */
function useKeys(picture: RefObject<HTMLElement | null>, press: (event: KeyboardEvent) => boolean): void {
  const latest = useRef(press);
  latest.current = press;
  useEffect(() => {
    const element = picture.current;
    if (!element) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.target !== element || !element.hasAttribute("data-live") || !latest.current(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    element.addEventListener("keydown", onKeyDown);
    return () => element.removeEventListener("keydown", onKeyDown);
  }, [picture]);
}

/** Tells the stage the picture's size, whenever it changes. */
function useSize(picture: RefObject<HTMLElement | null>, stage: Stage | null): void {
  useEffect(() => {
    const element = picture.current;
    if (!element || !stage) return;
    const observer = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = element;
      if (clientWidth > 0 && clientHeight > 0) stage.resize(clientWidth, clientHeight);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [picture, stage]);
}
