// The stage: a scene of blocks drawn with three through @react-three/fiber. With threeScene.tsx the only file that imports
// them, so that they are one chunk, fetched when a 3D picture is first shown (docs/decisions/0015-3d.md). Colours are the
// model's: shade of the face times colour of the block, linear, no tone mapping.

import { createRoot, extend, flushSync, type RootState } from "@react-three/fiber";
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  PerspectiveCamera,
  Scene,
  WebGLRenderer,
} from "three";
import { eyeOf, type OrbitView, tangents } from "./orbit";
import type { OpenStage, Stage, StageColours, StageScene } from "./stageTypes";
import { SceneContent } from "./threeScene";

extend({ BufferAttribute, BufferGeometry, LineBasicMaterial, LineSegments, Mesh, MeshBasicMaterial });

/** Device pixels per CSS pixel: two are enough. */
const MOST_DENSITY = 2;
const NEAR = 0.1;
const FAR = 40;

/** Opens the stage, or answers null where the browser gives no WebGL 2. */
export const openStage: OpenStage = async (canvas, { onDrawn, colours }) => {
  const context = canvas.getContext("webgl2", { antialias: true, alpha: false, stencil: false });
  if (!context) return null;
  const renderer = new WebGLRenderer({ canvas, context });
  // fiber keeps its hands off the proportions of a camera that is set by hand.
  const camera = Object.assign(new PerspectiveCamera(), { manual: true });
  const scene = Object.assign(new Scene(), { background: new Color(), onAfterRender: onDrawn });
  const root = createRoot(canvas);
  const size = { width: canvas.clientWidth || 1, height: canvas.clientHeight || 1 };
  const configure = () =>
    root.configure({
      gl: () => renderer,
      camera,
      scene,
      frameloop: "demand",
      dpr: [1, MOST_DENSITY],
      linear: true,
      flat: true,
      size: { ...size, top: 0, left: 0 },
    });
  await configure();
  let shown: StageScene | null = null;
  let view: OrbitView | null = null;
  let store: { getState(): RootState } | null = null;
  const redraw = () => store?.getState().invalidate();
  const show = (next: StageScene, theme: StageColours) => {
    scene.background.setRGB(...theme.background);
    store = root.render(<SceneContent scene={next} colours={theme} />);
    redraw();
  };
  const look = () => {
    if (view) place(camera, view, size.width, size.height);
    redraw();
  };
  exportInTheme(canvas, () => {
    if (!shown) return;
    const now = shown;
    flushSync(() => show(now, colours()));
    renderer.render(scene, camera);
    // Back to the theme of the page once the file is read.
    queueMicrotask(() => show(now, colours()));
  });
  const stage: Stage = {
    show(next) {
      shown = next;
      show(next, colours());
    },
    look(next) {
      view = next;
      look();
    },
    resize(width, height) {
      Object.assign(size, { width, height });
      void configure().then(look);
    },
    dispose: () => root.unmount(),
  };
  return stage;
};

/** Puts the camera where a view is seen from. */
function place(camera: PerspectiveCamera, view: OrbitView, width: number, height: number): void {
  const { across, up } = tangents(width, height);
  camera.fov = (Math.atan(up) * 360) / Math.PI;
  camera.aspect = across / up;
  camera.near = NEAR;
  camera.far = FAR;
  camera.updateProjectionMatrix();
  camera.position.set(...eyeOf(view).eye);
  camera.up.set(0, 1, 0);
  camera.lookAt(...view.target);
  camera.updateMatrixWorld();
}

/**
 * A WebGL canvas is empty once the browser has shown it. Whoever reads it as a file gets a drawing of that moment, in the
 * theme in force then: exported figures are light.
 */
function exportInTheme(canvas: HTMLCanvasElement, draw: () => void): void {
  canvas.toDataURL = (...format) => {
    draw();
    return HTMLCanvasElement.prototype.toDataURL.apply(canvas, format);
  };
}
