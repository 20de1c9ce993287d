// A scene of blocks that can be turned. What draws it is fetched when it is first in view (threePicture.tsx): until then,
// and where it does not arrive, the flat picture stands in its place and the blocks are a list.

import { type ComponentType, type ReactNode, useEffect, useRef, useState } from "react";
import { BlockLines } from "./BlockLines";
import { SceneMessage } from "./SceneMessage";
import type { CameraName, FaceShades, SceneBlock, SceneCell, SceneEdit, SceneLine } from "./sceneTypes";
import { useSeen } from "./useSeen";
import "../frame/frame.css";
import "./scene3d.css";

export type Scene3DProps = {
  /** Accessible name of the picture: "The best parse in 3D". */
  readonly label: string;
  readonly blocks: readonly SceneBlock[];
  /** N cells of a side on the ground. */
  readonly gridSide: number;
  /** The blocks as text; null where the caller shows them itself. */
  readonly lines: readonly SceneLine[] | null;
  readonly selectedId: string | null;
  readonly onSelect: (id: string | null) => void;
  /** Camera at the start and of "Reset view"; default "free". */
  readonly camera?: CameraName;
  /** Default: the lab's shading. */
  readonly shades?: FaceShades;
  /** The cells on the ground, default true. */
  readonly hasGround?: boolean;
  /** Thin lines along the edges of blocks, default true. */
  readonly hasEdges?: boolean;
  /** A cell that stands out, when it has the focus elsewhere. */
  readonly highlightCell?: SceneCell | null;
  /** Building by hand; without it a click selects a block. */
  readonly edit?: SceneEdit | null;
  /** The same scene as a flat picture. */
  readonly fallback?: ReactNode;
};

/** What was fetched: it stays for the next picture. */
let fetched: ComponentType<Scene3DProps> | null = null;

/** The 3D picture with its cameras and its list of blocks. */
export function Scene3D(props: Scene3DProps): ReactNode {
  const picture = useRef<HTMLDivElement>(null);
  const isSeen = useSeen(picture);
  const [Picture, setPicture] = useState(() => fetched);
  const [fetching, setFetching] = useState({ attempt: 0, hasFailed: false });
  const { attempt, hasFailed } = fetching;
  useEffect(() => {
    if (!isSeen || Picture) return;
    let isCurrent = true;
    import("./threePicture").then(
      ({ ThreePicture }) => {
        fetched = ThreePicture;
        if (isCurrent) setPicture(() => ThreePicture);
      },
      (error: unknown) => {
        console.info("3D picture:", error);
        if (isCurrent) setFetching({ attempt, hasFailed: true });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [isSeen, Picture, attempt]);
  if (Picture) return <Picture {...props} />;
  const state = hasFailed ? "missing" : isSeen ? "loading" : "waiting";
  const retry = () => setFetching({ attempt: attempt + 1, hasFailed: false });
  return (
    <div className="wsl-scene3d" data-scene3d={state}>
      <div className="wsl-scene3d-main">
        <section ref={picture} className="wsl-scene3d-picture" aria-label={props.label}>
          <div className="wsl-scene3d-flat">{props.fallback}</div>
          <SceneMessage state={state} onPress={retry} />
        </section>
        <div className="wsl-scene3d-cameras" />
      </div>
      {props.lines ? <BlockLines lines={props.lines} selectedId={props.selectedId} onSelect={props.onSelect} /> : null}
    </div>
  );
}
