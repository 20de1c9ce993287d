// A page with nothing but 3D pictures, for tests that need scenes of their own: what is shown and what was chosen are
// properties of the window.

import { StrictMode, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { Scene3D, type Scene3DProps } from "../../../src/views/scene3d/Scene3D";
import type { SceneBlock, SceneCell } from "../../../src/views/scene3d/sceneTypes";
import "../../../src/app/styles/tokens.css";
import "../../../src/app/styles/fonts.css";
import "../../../src/app/styles/base.css";
import "../../../src/app/styles/controls.css";

/** What the page shows: as many pictures as given, one above the other. */
export type Shown = readonly {
  readonly props: Partial<Scene3DProps> & Pick<Scene3DProps, "blocks">;
  /** Side px of the picture, free where it is left out. */
  readonly side?: number;
  readonly tool?: "add" | "remove";
  readonly hasFallback?: boolean;
}[];

export type Scene3DPage = {
  show(shown: Shown): void;
  readonly selected: (string | null)[];
  readonly placed: SceneCell[];
  readonly picked: string[];
};

let shown: Shown = [];
const listeners = new Set<() => void>();
const page: Scene3DPage = {
  show(next) {
    shown = next;
    for (const listener of listeners) listener();
  },
  selected: [],
  placed: [],
  picked: [],
};
Object.assign(window, { scene3d: page });

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

function Pictures() {
  const pictures = useSyncExternalStore(subscribe, () => shown);
  return (
    <main style={{ padding: 16 }}>
      <h1 className="visually-hidden">3D pictures</h1>
      {pictures.map((picture, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pictures are their places
        <div key={i} data-picture={`scene${i}`} style={{ width: picture.side, marginBottom: 24 }}>
          <Picture {...picture} />
        </div>
      ))}
      <div style={{ height: 1500 }} />
    </main>
  );
}

function Picture({ props, tool, hasFallback }: Shown[number]) {
  const preview = (cell: SceneCell): SceneBlock | null => ({
    id: "new",
    centre: [cell.column === 0 ? -1.5667 : 0.5667, -1.25, cell.row],
    size: [0.5, 0.5, 0.5],
    color: [0.2, 0.6, 0.3],
  });
  return (
    <Scene3D
      label="The scene in 3D"
      gridSide={2}
      lines={null}
      selectedId={null}
      onSelect={(id) => page.selected.push(id)}
      fallback={hasFallback ? <div data-flat="" style={{ background: "var(--surface-2)" }} /> : undefined}
      edit={
        tool
          ? {
              tool,
              preview,
              onPlace: (cell) => page.placed.push(cell),
              onPick: (block) => page.picked.push(block.id),
            }
          : null
      }
      {...props}
    />
  );
}

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Pictures />
    </StrictMode>,
  );
}
