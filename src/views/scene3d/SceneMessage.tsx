// What a 3D picture says while it is not there: one sentence over the flat picture, and a button where one helps.

import type { ReactNode } from "react";
import type { StageState } from "./useStage";

export type SceneMessageProps = {
  readonly state: StageState | "waiting" | "missing";
  /** A flat picture of the same scene stands behind it. */
  readonly hasFlat?: boolean;
  /** What the sentence's button does, where it has one. */
  readonly onPress: () => void;
};

/** The sentence of a state; nothing while the picture is there. */
export function SceneMessage({ state, hasFlat, onPress }: SceneMessageProps): ReactNode {
  const flat = hasFlat ? " Here is the flat picture." : "";
  switch (state) {
    case "ready":
    case "waiting":
      return null;
    case "loading":
      return <Message>Loading the 3D picture.</Message>;
    case "lost":
      return <Message role="status">Restoring the 3D picture.</Message>;
    case "unsupported":
      return <Message role="status">{`This browser draws no 3D: it gives no WebGL 2.${flat}`}</Message>;
    case "crowded":
      return (
        <Message button="Show in 3D" onPress={onPress}>
          Two other pictures are shown in 3D.
        </Message>
      );
    case "missing":
      return (
        <Message role="alert" button="Retry" onPress={onPress}>
          The 3D part needs to be downloaded once, and the download did not arrive.
        </Message>
      );
  }
}

type MessageProps = {
  readonly role?: "status" | "alert";
  readonly button?: string;
  readonly onPress?: () => void;
  readonly children: ReactNode;
};

function Message({ role, button, onPress, children }: MessageProps): ReactNode {
  return (
    <div className="wsl-scene3d-message">
      <p role={role}>{children}</p>
      {button ? (
        <button type="button" className="wsl-quiet" onClick={onPress}>
          {button}
        </button>
      ) : null}
    </div>
  );
}
