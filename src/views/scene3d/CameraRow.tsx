// The cameras of a 3D picture by name, and the way back.

import type { ReactNode } from "react";
import { KEYS_SENTENCE } from "./sceneKeyList";
import type { CameraName } from "./sceneTypes";

const CAMERAS: readonly { readonly name: CameraName; readonly text: string }[] = [
  { name: "front", text: "Front" },
  { name: "left", text: "Left" },
  { name: "right", text: "Right" },
];

export type CameraRowProps = {
  /** The camera on show, null once it is turned by hand. */
  readonly camera: CameraName | null;
  /** False while there is nothing to turn: the row keeps its place. */
  readonly isShown: boolean;
  readonly onCamera: (camera: CameraName) => void;
  readonly onReset: () => void;
};

/** A row of buttons. */
export function CameraRow({ camera, isShown, onCamera, onReset }: CameraRowProps): ReactNode {
  return (
    <fieldset className="wsl-scene3d-cameras" aria-label="Camera" hidden={!isShown}>
      {CAMERAS.map(({ name, text }) => (
        <button
          key={name}
          type="button"
          className="wsl-quiet"
          aria-pressed={camera === name}
          aria-label={`${text} camera`}
          onClick={() => onCamera(name)}
        >
          {text}
        </button>
      ))}
      <button type="button" className="wsl-quiet" onClick={onReset}>
        Reset view
      </button>
      <span className="wsl-scene3d-hint" title={KEYS_SENTENCE}>
        Drag or arrow keys turn it
      </span>
    </fieldset>
  );
}
